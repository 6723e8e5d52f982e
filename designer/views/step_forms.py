"""The small forms of the list of steps: a new step and where it goes, a new way, another target."""

from typing import get_args

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, ValidationError
from wtforms.validators import Length

from common.identity.forms import tidy
from common.text import Text
from procedure_library.definition import StepKind

LONG = _("Viết gọn lại, không quá %(max)d chữ")
# What stands for itself in a drawing: nobody has to call it anything.
QUIET = ("branch", "split", "join", "inclusive")
ADDED = tuple(kind for kind in get_args(StepKind) if kind != "start")


class NamedForm(FlaskForm):
    """What a step is called."""

    name_vi = StringField(_("Tên bước"), [Length(max=500, message=LONG)], filters=[tidy])
    name_en = StringField(_("Tên tiếng Anh"), [Length(max=500, message=LONG)], filters=[tidy])

    @property
    def name(self) -> Text:
        """One line each: neither a drawing nor a button has more."""
        said = (" ".join((field.data or "").split()) for field in (self.name_vi, self.name_en))
        return Text(*said)


class StartForm(NamedForm):
    """Where everything begins."""

    def validate_name_vi(self, field: StringField) -> None:
        if not self.name.vi:
            raise ValidationError(_("Ghi tên bước"))


class NewStepForm(NamedForm):
    """A step and where it goes: `place` is "on:WAY", "from:" or "from:INTERRUPTION"."""

    kind = SelectField(_("Loại bước"), validate_choice=False)
    place = SelectField(_("Đặt ở đâu"), validate_choice=False)

    def validate_name_vi(self, field: StringField) -> None:
        if not self.name.vi and self.kind.data not in QUIET:
            raise ValidationError(_("Ghi tên bước"))


class NewWayForm(FlaskForm):
    """A way to a step that is there; `on` is what interrupts the step, "" when nothing does."""

    target = SelectField(_("Đến bước"), validate_choice=False)
    on = SelectField(_("Khi nào"), validate_choice=False)
