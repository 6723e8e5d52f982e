"""The page on which the open work of a unit is sent to another: first what would go, then the order."""

from typing import Any, cast

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm

from common.clock import local_date
from common.identity.administration.blueprint import again
from common.identity.administration.directory import open_units, unit_called
from common.identity.administration.forms import choice_field, named, offer, text_field
from common.identity.models import Unit
from common.problems import Refusal
from common.web import current_actor, now, session
from runtime.transfers import Ordered, order, orders_of, preview
from runtime.views.administering.blueprint import administering, administrators, unit_of

PAGE = "administering/transfer.html"


class TransferForm(FlaskForm):
    """Asked in this order."""

    to = choice_field(lazy_gettext("Đơn vị nhận việc"), lazy_gettext("Chọn đơn vị nhận việc"))
    reason = text_field(lazy_gettext("Lý do"), 1000, lazy_gettext("Nhập lý do; người nộp đọc được"))
    basis = text_field(lazy_gettext("Căn cứ"), 500, lazy_gettext("Nhập văn bản làm căn cứ"))


@administering.get("/units/<key>/work")
@administrators
def work_of_unit(key: str) -> str:
    unit = unit_of(key)
    form = _form(unit)
    # A unit that closes has named its successor already.
    heir = session().get(Unit, unit.successor_id) if unit.successor_id else None
    form.to.data = request.args.get("to", heir.key if heir else "")
    return render_template(PAGE, form=form, **_surroundings(unit, form))


@administering.post("/units/<key>/work")
@administrators
def transfer_work(key: str) -> Response:
    unit = unit_of(key)
    form = _form(unit)
    if not form.validate():
        return again(PAGE, form, **_surroundings(unit, form))
    wanted = Ordered(unit_called(session(), str(form.to.data)), str(form.reason.data), str(form.basis.data))
    made = order(session(), unit, wanted, by=current_actor(), at=now())
    if isinstance(made, Refusal | tuple):
        return again(PAGE, form, made, **_surroundings(unit, form))
    flash(_("Đã ra lệnh chuyển giao; hồ sơ được chuyển lần lượt."), "success")
    return cast(Response, redirect(url_for("administering.work_of_unit", key=key), 303))


def _form(unit: Unit) -> TransferForm:
    form = TransferForm()
    others = [(each.key, named(each)) for each in open_units(session()) if each.id != unit.id]
    offer(form.to, others, _("Chọn đơn vị"))
    return form


def _surroundings(unit: Unit, form: TransferForm) -> dict[str, Any]:
    to = unit_called(session(), str(form.to.data)) if form.to.data else None
    return {
        "unit": unit,
        "to": to,
        "seen": preview(session(), unit, to, local_date(now())),
        "orders": orders_of(session(), unit),
    }
