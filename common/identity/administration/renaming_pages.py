"""The page on which a unit gets another name from a day on."""

from typing import cast

from flask import Response, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from common.identity.administration.blueprint import administration, administrators, again
from common.identity.administration.directory import unit_called
from common.identity.administration.forms import RenamingForm
from common.identity.models import Unit
from common.identity.naming import NewName, rename
from common.web import current_actor, now, session

PAGE = "identity/administration/renaming.html"


@administration.get("/units/<key>/renaming")
@administrators
def renaming(key: str) -> str:
    return render_template(PAGE, unit=_unit(key), form=RenamingForm())


@administration.post("/units/<key>/renaming")
@administrators
def name_unit(key: str) -> Response:
    shown, form = _unit(key), RenamingForm()
    if not form.validate():
        return again(PAGE, form, unit=shown)
    new = NewName(form.name_vi.data or "", form.name_en.data or "", form.since.data, form.basis.data or "")
    no = rename(session(), shown, new, by=current_actor(), at=now())
    if no:
        return again(PAGE, form, no, unit=shown)
    flash(_("Đã ghi tên mới của đơn vị."), "success")
    return cast(Response, redirect(url_for("administration.unit", key=shown.key), 303))


def _unit(key: str) -> Unit:
    return unit_called(session(), key) or abort(404)
