"""The small forms of trials: how one begins, to when its clock is set, under which name it is recorded."""

from datetime import datetime, time

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, Optional

from common.clock import ZONE
from common.identity.administration.forms import day_field
from common.identity.forms import tidy
from designer.views.field_form import line
from designer.views.situation_form import hour_typed


class MomentForm(FlaskForm):
    """A day and an hour, as on the papers."""

    on = day_field(lazy_gettext("Ngày"), lazy_gettext("Ghi ngày"))
    hour = StringField(
        lazy_gettext("Giờ"), [DataRequired(message=lazy_gettext("Ghi giờ, ví dụ 9:15"))], filters=[tidy]
    )

    def validate_hour(self, field: StringField) -> None:
        if hour_typed(field.data) is None:
            raise ValidationError(_("Ghi giờ, ví dụ 9:15"))

    @property
    def at(self) -> datetime:
        return datetime.combine(self.on.data, hour_typed(self.hour.data) or time(), ZONE)

    def show(self, at: datetime) -> None:
        self.on.data, self.hour.data = at.astimezone(ZONE).date(), f"{at.astimezone(ZONE):%H:%M}"


class TrialForm(MomentForm):
    """Its names begin otherwise than those of any form's fields: local amounts are asked beside it."""

    case_type = SelectField(lazy_gettext("Trường hợp"))
    channel = SelectField(lazy_gettext("Cách nộp"))


class ActForm(FlaskForm):
    """What an act says besides the answers to a form's questions; no question has a hyphen in its key."""

    outcome = StringField()
    reason = TextAreaField(filters=[tidy])
    amount = IntegerField(validators=[Optional()])
    day = day_field("")

    @classmethod
    def sent(cls) -> "ActForm":
        return cls(prefix="trial-")


class RealForm(FlaskForm):
    """The dossier that is told anew."""

    code = line(lazy_gettext("Mã hồ sơ"), 60, lazy_gettext("Ghi mã hồ sơ hoặc số nộp"))


class RecordForm(FlaskForm):
    name_vi = line(lazy_gettext("Tên tình huống"), 300, lazy_gettext("Ghi tên tình huống"))
    name_en = line(lazy_gettext("Tên tiếng Anh"), 300)
