"""The form in which an administrator writes what a province or unit has decided."""

from decimal import Decimal
from hashlib import sha256
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import FieldList, Form, FormField, HiddenField, StringField, ValidationError
from wtforms.validators import DataRequired, Length, Optional

from common.identity.administration.forms import LONG, choice_field, day_field, text_field
from common.identity.forms import tidy
from common.money import EXPONENTS, Money
from designer.local_amounts import ANY, Local
from designer.views.calendar_forms import BasisForm
from form_builder.numerals import read_number
from procedure_library.amount_gate import Decision
from rules_dsl.evaluation import ParameterValue


class KeyRow(Form):
    """The value of one fact, "*" for any."""

    value = StringField(_("Giá trị"), [Optional(), Length(max=80, message=LONG)], filters=[tidy])


class AmountForm(BasisForm):
    """`seen` is the last decision that the page showed, `shown` what its effect was shown of."""

    seen = HiddenField()
    shown = HiddenField()
    area = choice_field(_("Nơi quyết định"), _("Chọn nơi quyết định"))
    keys = FieldList(FormField(KeyRow))
    amount = StringField(_("Mức"), [DataRequired(message=_("Ghi mức"))], filters=[tidy])
    since = day_field(_("Áp dụng từ ngày"), _("Ghi ngày bắt đầu áp dụng"))
    until = day_field(_("Đến hết ngày"))
    # Asked again to be asked last, as errors are listed.
    number = text_field(_("Số, ký hiệu văn bản"), 200, _("Nhập số, ký hiệu của văn bản làm căn cứ"))
    signed_on = day_field(_("Ngày ký"), _("Nhập ngày ký văn bản"))

    def validate_amount(self, field: StringField) -> None:
        number = read_number(field.data or "")
        if number is None:
            raise ValidationError(gettext("Nhập số, ví dụ 8.000"))
        if number < 0:
            raise ValidationError(gettext("Mức không được âm"))

    def fit(self, local: Local) -> None:
        """One row for each fact that tells amounts apart; what is not offered for it is any."""
        while len(self.keys) < len(local.keys):
            self.keys.append_entry({"value": ANY})
        for row, key in zip(self.keys, local.keys, strict=False):
            if not row.value.data or (key.values and row.value.data not in key.values):
                row.value.data = ANY

    def decision(self, local: Local) -> Decision:
        """What was typed, once the form is valid and fits."""
        keys = tuple(row.value.data for row in self.keys)
        value = ParameterValue(
            self._value(local),
            self.since.data,
            self.until.data,
            () if all(key == ANY for key in keys) else keys,
        )
        procedure = local.version.procedure.key
        return Decision("", str(self.area.data), procedure, local.name, value, self.basis)

    def _value(self, local: Local) -> Money | Decimal:
        number = read_number(self.amount.data or "")
        assert number is not None
        if local.unit not in EXPONENTS:
            return number
        minor = number.scaleb(EXPONENTS[local.unit])
        return Money(int(minor), local.unit) if minor == int(minor) else number


def fingerprint(decision: Decision) -> str:
    """Tells whether what is recorded is what was shown."""
    return sha256(repr(decision).encode()).hexdigest()[:16]


def known(form: FlaskForm, name: str) -> int:
    """A number that a hidden field brought back; one that nobody knows when the page was tampered with."""
    typed: Any = form[name].data
    return int(typed) if isinstance(typed, str) and typed.isdecimal() and len(typed) < 10 else -1
