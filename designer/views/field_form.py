"""The form in which an author decides about one field: only what its kind needs is asked."""

from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from common.i18n import language
from common.identity.forms import tidy
from common.messages import message
from common.money import EXPONENTS
from form_builder.editing.question import LIMITS
from form_builder.exemplified import EXEMPLIFIED, read_example
from form_builder.form import Field
from form_builder.kinds import KINDS
from form_builder.kinds.kind import Unreadable
from form_builder.numerals import read_number
from form_builder.prefill import SOURCES
from form_builder.presets import PRESETS
from form_builder.schema import read_form

LONG = _("Viết gọn lại, không quá %(max)d chữ")
PERSONAL = ("identity", "contact", "sensitive")
FILE_KINDS = [
    SelectChoice("pdf", "PDF"),
    SelectChoice("picture", _("Ảnh (JPEG, PNG)")),
    SelectChoice("word", _("Word (.docx)")),
]


def line(label: Any, most: int, required: Any = None) -> StringField:
    """One line of at most that many letters; `required` is what is said when it is empty."""
    first = DataRequired(message=required) if required else Optional()
    return StringField(label, [first, Length(max=most, message=LONG)], filters=[tidy])


def is_number(_form: Form, field: StringField) -> None:
    """A number as people write it, or nothing."""
    if field.data and read_number(field.data) is None:
        raise ValidationError(_("Nhập số, ví dụ 5 hoặc 1.000"))


class ChoiceRow(Form):
    """One answer that may be picked; empty rows are passed over, `value` is given once."""

    value = HiddenField()
    vi = line(_("Tiếng Việt"), 300)
    en = line(_("Tiếng Anh"), 300)


class CaseRow(Form):
    """One case in which the field is asked: what must be answered, and the number it is compared with."""

    case = SelectField(_("Khi"), [Optional()], choices=[])
    number = StringField(_("Số"), [Optional(), Length(max=30, message=LONG), is_number], filters=[tidy])


class Ticks(SelectMultipleField):
    """Several of a few, each with a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class PageForm(FlaskForm):
    """The head of a page."""

    title_vi = line(_("Tên trang"), 200, _("Ghi tên trang"))
    title_en = line(_("Tên tiếng Anh"), 200)
    help_vi = line(_("Lời dẫn"), 1000)
    help_en = line(_("Lời dẫn tiếng Anh"), 1000)


class FieldForm(FlaskForm):
    """Everything that can be decided about a field; `takes` tells what its kind has."""

    title_vi = line(_("Câu hỏi"), 300, _("Ghi câu hỏi bằng tiếng Việt"))
    title_en = line(_("Câu hỏi bằng tiếng Anh"), 300)
    help_vi = line(_("Hướng dẫn trả lời"), 1000)
    help_en = line(_("Hướng dẫn bằng tiếng Anh"), 1000)
    example = line(_("Ví dụ một câu trả lời"), 300)
    kind = SelectField(_("Loại câu trả lời"), choices=[])
    page = SelectField(_("Ở trang"), [Optional()], choices=[])
    required = BooleanField(_("Bắt buộc trả lời"))
    row_vi = line(_("Tên gọi của một dòng"), 200)
    row_en = line(_("Tên gọi của một dòng, tiếng Anh"), 200)
    choices = FieldList(FormField(ChoiceRow))
    least = StringField(_("Ít nhất"), [Optional(), is_number], filters=[tidy])
    most = StringField(_("Nhiều nhất"), [Optional(), is_number], filters=[tidy])
    currency = SelectField(_("Loại tiền"), [Optional()], choices=list(EXPONENTS))
    prefill = SelectField(_("Điền sẵn từ tài khoản"), [Optional()], choices=[])
    personal = SelectField(_("Dữ liệu cá nhân"), [Optional()], choices=[])
    files = Ticks(_("Loại tệp nhận"), choices=FILE_KINDS)
    megabytes = StringField(_("Mỗi tệp nhiều nhất (MB)"), [Optional(), is_number], filters=[tidy])
    component = SelectField(_("Tính cho thành phần hồ sơ"), [Optional()], choices=[])
    cases = FieldList(FormField(CaseRow))
    fills = SelectMultipleField(_("Bước điền"), choices=[])
    shows = SelectMultipleField(_("Bước được xem"), choices=[])

    def validate_example(self, field: StringField) -> None:
        read = self.example_read()
        if isinstance(read, Unreadable):
            told = message(read.code, {**read.parameters, "field": field.label.text}, language())
            raise ValidationError(told.whole)

    def example_read(self) -> Any:
        """The example as an answer of the chosen kind; None: none, Unreadable: it cannot be one."""
        if "example" not in self.takes or not self.example.data:
            return None
        return read_example(self.tried, self.example.data)

    @property
    def tried(self) -> Field:
        """A field of the chosen kind, of which nothing else is decided yet."""
        shape = {"x-motcua-kind": self.kind.data, **KINDS[self.kind.data].shape}
        shape |= {"x-motcua-currency": self.currency.data or "VND"} if self.kind.data == "money" else {}
        return read_form({"type": "object", "properties": {"tried": shape}}).fields[0]

    @property
    def takes(self) -> frozenset[str]:
        """The parts that a field of the chosen kind has besides those of every field."""
        kind = self.kind.data
        parts = {"limits": kind in LIMITS, "choices": kind in ("choice", "choices")}
        parts |= {"currency": kind == "money", "row": kind == "rows", "files": kind == "document"}
        blocks = ("group", "rows", "document", *PRESETS)
        parts |= {"example": kind in EXEMPLIFIED}
        parts |= {"prefill": kind not in (*blocks, "choices", "declaration", "boolean")}
        parts |= {"personal": kind not in (*blocks, "declaration")}
        return frozenset(name for name, has in parts.items() if has)

    def number(self, name: str) -> Decimal | None:
        """A limit in the currency's smallest unit where the field is an amount; None: no limit."""
        typed = self[name].data
        number = read_number(typed) if typed and "limits" in self.takes else None
        if number is None:
            return None
        exponent = EXPONENTS.get(self.currency.data or "VND", 0) if self.kind.data == "money" else 0
        return number.scaleb(exponent)

    def validate_kind(self, field: SelectField) -> None:
        if field.data not in {value for value, *_ in field.iter_choices()}:
            raise ValidationError(_("Chọn loại câu trả lời"))


def offered_sources() -> list[str]:
    """Where an answer may be filled in from, as fields name it."""
    return [f"profile.{source}" for source in SOURCES]
