"""The page on which a unit's data are changed."""

from dataclasses import replace
from typing import cast

from flask import Response, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from common.identity.administration.blueprint import administration, administrators, again, word
from common.identity.administration.directory import open_units, unit_called
from common.identity.administration.forms import UnitDataForm, named, offer
from common.identity.administration.unit_changes import UnitData, change_unit, data_of
from common.identity.administration.units import LEVELS
from common.identity.models import Unit
from common.problems import Problem
from common.web import current_actor, now, session

PAGE = "identity/administration/unit_data.html"


@administration.get("/units/<key>/data")
@administrators
def unit_data(key: str) -> str:
    shown = _unit(key)
    return render_template(PAGE, unit=shown, form=_form(shown, filled=True))


@administration.post("/units/<key>/data")
@administrators
def change_data(key: str) -> Response:
    shown = _unit(key)
    form = _form(shown)
    if not form.validate():
        return again(PAGE, form, unit=shown)
    problems = change_unit(
        session(),
        shown,
        _typed(form),
        parent=_unit(str(form.parent.data)) if "parent" in form else None,
        revision=form.revision.data or 0,
        by=current_actor(),
        at=now(),
    )
    if problems:
        # What others saved has been told now: saving once more is meant.
        form.revision.process_data(shown.revision)
        form.revision.raw_data = None
        return again(PAGE, form, tuple(_in_words(problem) for problem in problems), unit=shown)
    flash(_("Đã lưu thông tin của đơn vị."), "success")
    return cast(Response, redirect(url_for("administration.unit", key=shown.key), 303))


def _unit(key: str) -> Unit:
    return unit_called(session(), key) or abort(404)


def _form(shown: Unit, *, filled: bool = False) -> UnitDataForm:
    """The form with its choices: the agency at the top has no unit above, every other has no province to say."""
    known = data_of(session(), shown) if filled else None
    form = UnitDataForm(obj=known, data={"revision": shown.revision} if filled else None)
    offer(form.level, [(level, word("level", level)) for level in LEVELS], _("Chọn cấp"))
    form.area_code.flags.required = shown.level != "department"
    if shown.parent_id is None:
        del form.parent
        form.province_code.flags.required = shown.level == "commune"
        return form
    del form.province_code
    above = session().get_one(Unit, shown.parent_id)
    units = {each.key: each for each in (*open_units(session()), above) if each.id != shown.id}
    offer(form.parent, [(each.key, named(each)) for each in units.values()], _("Chọn đơn vị"))
    return form


def _typed(form: UnitDataForm) -> UnitData:
    said = {name: field.data or "" for name, field in form._fields.items()}
    typed = UnitData(**{name: str(said.get(name, "")) for name in UnitData.__dataclass_fields__})
    return replace(typed, functions=" ".join(typed.functions.lower().split()))


def _in_words(problem: Problem) -> Problem:
    """A level and a unit by their names, where somebody else has saved another."""
    value = problem.parameters.get("value")
    if value is None or problem.where not in ("level", "parent"):
        return problem
    said = word("level", str(value)) if problem.where == "level" else named(_unit(str(value)))
    return replace(problem, parameters={"value": said})
