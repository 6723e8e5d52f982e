"""Pages of the unit directory."""

from typing import Any, cast

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from common.clock import local_date
from common.identity.administration.blueprint import administration, administrators, again, searched, word
from common.identity.administration.directory import open_units, unit_called, units
from common.identity.administration.forms import ClosureForm, UnitForm, named, offer
from common.identity.administration.units import LEVELS, NewUnit, UnitContact, add_unit, close_unit
from common.identity.models import Unit
from common.identity.naming import names_of
from common.web import current_actor, now, session


@administration.get("/units")
@administrators
def unit_list() -> str:
    text, after = searched()
    listed = units(session(), text, after=after)
    return render_template(
        "identity/administration/units.html",
        listed=listed,
        text=text,
        names=names_of(session(), listed.rows),
        is_first=not after,
        today=local_date(now()),
    )


@administration.get("/new-unit")
@administrators
def new_unit() -> str:
    form = _unit_form()
    form.valid_from.data = local_date(now())
    return render_template("identity/administration/new_unit.html", form=form)


@administration.post("/units")
@administrators
def make_unit() -> Response:
    form = _unit_form()
    if not form.validate():
        return again("identity/administration/new_unit.html", form)
    made = add_unit(session(), _typed(form), by=current_actor(), at=now())
    if isinstance(made, tuple):
        return again("identity/administration/new_unit.html", form, made)
    flash(_("Đã thêm đơn vị %(name)s.", name=made.name_vi), "success")
    return _to(made)


@administration.get("/units/<key>")
@administrators
def unit(key: str) -> str:
    shown = _unit(key)
    return render_template("identity/administration/unit.html", **_surroundings(shown))


@administration.get("/units/<key>/closure")
@administrators
def closure(key: str) -> str:
    shown = _unit(key)
    return render_template("identity/administration/closure.html", unit=shown, form=_closure_form(shown))


@administration.post("/units/<key>/closure")
@administrators
def close(key: str) -> Response:
    shown = _unit(key)
    form = _closure_form(shown)
    if not form.validate():
        return again("identity/administration/closure.html", form, unit=shown)
    successor = unit_called(session(), form.successor.data) if form.successor.data else None
    no = close_unit(
        session(), shown, until=form.valid_until.data, successor=successor, by=current_actor(), at=now()
    )
    if no:
        return again("identity/administration/closure.html", form, no, unit=shown)
    flash(_("Đã ghi ngày hoạt động cuối cùng của đơn vị."), "success")
    return _to(shown)


def _unit(key: str) -> Unit:
    return unit_called(session(), key) or abort(404)


def _surroundings(shown: Unit) -> dict[str, Any]:
    """The unit with those above it and after it."""
    above, after = (
        session().get(Unit, number) if number else None for number in (shown.parent_id, shown.successor_id)
    )
    return {
        "unit": shown,
        "names": names_of(session(), (shown,)).get(shown.id, ()),
        "above": above,
        "successor": after,
        "today": local_date(now()),
    }


def _unit_form() -> UnitForm:
    form = UnitForm()
    offer(form.level, [(level, word("level", level)) for level in LEVELS], _("Chọn cấp"))
    offer(form.parent, [(each.key, named(each)) for each in open_units(session())], _("Chọn đơn vị"))
    if request.method == "GET":
        form.parent.data = request.args.get("parent", "")
    return form


def _closure_form(shown: Unit) -> ClosureForm:
    form = ClosureForm()
    others = [(each.key, named(each)) for each in open_units(session()) if each.id != shown.id]
    offer(form.successor, others, _("Không có"))
    return form


def _typed(form: UnitForm) -> NewUnit:
    return NewUnit(
        key=str(form.key.data).lower(),
        code=str(form.code.data).upper(),
        name_vi=str(form.name_vi.data),
        level=str(form.level.data),
        parent=_unit(str(form.parent.data)),
        valid_from=form.valid_from.data,
        area_code=str(form.area_code.data),
        contact=UnitContact(str(form.name_en.data), str(form.address.data), str(form.phone.data)),
    )


def _to(shown: Unit) -> Response:
    return cast(Response, redirect(url_for("administration.unit", key=shown.key), 303))
