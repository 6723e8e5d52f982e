"""The page on which a unit's days of reminding are decided."""

from typing import Any, cast

from flask import Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from sqlalchemy import select
from wtforms import IntegerField
from wtforms.validators import InputRequired

from common.clock import local_date
from common.identity.administration.blueprint import again
from common.identity.administration.forms import day_field, text_field
from common.identity.models import Unit
from common.web import current_actor, now, session
from runtime.engine.thresholds import Thresholds
from runtime.models.reminders import ReminderSetting
from runtime.views.administering.blueprint import administering, administrators, unit_of
from runtime.watch.settings import Decided, decide, in_force, thresholds_of

PAGE = "administering/reminders.html"


def _days(label: Any) -> IntegerField:
    return IntegerField(label, [InputRequired(message=lazy_gettext("Nhập số ngày làm việc, ví dụ 1"))])


class RemindersForm(FlaskForm):
    """Fields are asked in this order; their names are those of `Thresholds`."""

    due_soon = _days(lazy_gettext("Nhắc trước khi đến hạn"))
    apology = _days(lazy_gettext("Đề xuất xin lỗi trước ngày cuối cùng được phép"))
    delay = _days(lazy_gettext("Ngày hẹn mới đề xuất, sau ngày đã hẹn"))
    collect = _days(lazy_gettext("Nhắc người nộp đến nhận kết quả, sau ngày hẹn"))
    valid_from = day_field(lazy_gettext("Áp dụng từ ngày"), lazy_gettext("Nhập ngày bắt đầu áp dụng"))
    basis = text_field(lazy_gettext("Căn cứ"), 500, lazy_gettext("Nhập văn bản làm căn cứ"))


@administering.get("/units/<key>/reminders")
@administrators
def reminders(key: str) -> str:
    unit = unit_of(key)
    today = local_date(now())
    form = RemindersForm(obj=thresholds_of(session(), unit, today), data={"valid_from": today})
    return render_template(PAGE, form=form, **_surroundings(unit))


@administering.post("/units/<key>/reminders")
@administrators
def decide_reminders(key: str) -> Response:
    unit, form = unit_of(key), RemindersForm()
    if not form.validate():
        return again(PAGE, form, **_surroundings(unit))
    decided = Decided(
        Thresholds(**{name: form[name].data for name in Thresholds.__dataclass_fields__}),
        form.valid_from.data,
        str(form.basis.data),
    )
    made = decide(session(), unit, decided, by=current_actor(), at=now())
    if isinstance(made, tuple):
        return again(PAGE, form, made, **_surroundings(unit))
    flash(_("Đã ghi thời điểm nhắc việc của đơn vị."), "success")
    return cast(Response, redirect(url_for("administering.reminders", key=key), 303))


def _surroundings(unit: Unit) -> dict[str, Any]:
    """The unit with all that it has decided, the latest first, and whether that holds today."""
    own = select(ReminderSetting).where(ReminderSetting.unit_id == unit.id)
    history = session().scalars(own.order_by(ReminderSetting.valid_from.desc(), ReminderSetting.id.desc()))
    holds = in_force(session(), unit, local_date(now()))
    return {"unit": unit, "history": history.all(), "holds": holds}
