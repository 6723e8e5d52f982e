"""Days on which a unit cannot work, by decision: recorded by an administrator, and taken back."""

from typing import cast

from flask import Response, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from common.i18n import message_in_language
from common.identity.administration.directory import open_units, unit_called
from common.identity.administration.forms import blame, named, offer
from common.problems import Refusal
from common.web import current_actor, now, problems_page, session
from designer.views.blueprint import designer
from designer.views.calendar import administrators
from designer.views.calendar_forms import InterruptionForm, RevocationForm
from procedure_library.interruptions import CAUSES, Interruption, NewInterruption, record_interruption, revoke

NEW, REVOCATION = "designer/calendar_interruption.html", "designer/calendar_revocation.html"


@designer.get("/reference/interruptions/new")
@administrators
def new_interruption() -> str:
    return render_template(NEW, form=_form())


@designer.post("/reference/interruptions")
@administrators
def make_interruption() -> Response:
    form = _form()
    if not form.validate():
        return problems_page(NEW, form=form)
    made = record_interruption(session(), _typed(form), by=current_actor(), at=now())
    if isinstance(made, tuple):
        blame(form, made, message_in_language)
        return problems_page(NEW, form=form)
    flash(
        _("Đã ghi. Ngày hẹn của hồ sơ đang giải quyết sẽ được tính lại và báo cho người nộp.")
        if made.stops_terms
        else _("Đã ghi. Thời hạn giải quyết hồ sơ vẫn chạy trong những ngày này."),
        "success",
    )
    return cast(Response, redirect(url_for("designer.calendar"), 303))


@designer.get("/reference/interruptions/<int:number>/revocation")
@administrators
def revocation(number: int) -> str:
    return render_template(REVOCATION, row=_row(number), form=RevocationForm())


@designer.post("/reference/interruptions/<int:number>/revocation")
@administrators
def revoke_interruption(number: int) -> Response:
    row, form = _row(number), RevocationForm()
    if not form.validate():
        return problems_page(REVOCATION, row=row, form=form)
    back = revoke(session(), row, reason=str(form.reason.data), by=current_actor(), at=now())
    if isinstance(back, Refusal):
        return problems_page(REVOCATION, [back], row=row, form=form)
    flash(_("Đã thu hồi. Ngày đã hẹn với người nộp được giữ nguyên."), "success")
    return cast(Response, redirect(url_for("designer.calendar"), 303))


def _row(number: int) -> Interruption:
    return session().get(Interruption, number) or abort(404)


def _form() -> InterruptionForm:
    form = InterruptionForm()
    offer(form.unit, [(unit.key, named(unit)) for unit in open_units(session())], _("Chọn đơn vị"))
    words = {
        "force_majeure": _("Bất khả kháng (thiên tai, dịch bệnh, hỏa hoạn)"),
        "incident": _("Sự cố hệ thống thông tin"),
        "other": _("Nguyên nhân khác (chuyển trụ sở, sửa chữa, tập huấn)"),
    }
    offer(form.cause, [(cause, words[cause]) for cause in CAUSES], _("Chọn nguyên nhân"))
    return form


def _typed(form: InterruptionForm) -> NewInterruption:
    return NewInterruption(
        unit=unit_called(session(), form.unit.data) or abort(404),
        with_below=form.with_below.data,
        since=form.since.data,
        until=form.until.data,
        cause=form.cause.data,
        reason=str(form.reason.data),
        basis=form.basis,
    )
