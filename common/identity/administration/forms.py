"""The forms of administration pages. What only the database knows is judged by the verbs."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, SelectField, StringField, TelField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional, Regexp
from wtforms.widgets import HiddenInput, TextInput

from common.identity.forms import tidy
from common.identity.passwords import LONGEST, SHORTEST
from common.problems import Problem
from common.web import language

LONG = _("Viết gọn lại, không quá %(max)d chữ")


def text_field(label: Any, most: int, required: Any = None, **more: Any) -> StringField:
    """One line of at most that many letters; `required` is what is said when it is empty."""
    first = DataRequired(message=required) if required else Optional()
    return StringField(label, [first, Length(max=most, message=LONG)], filters=[tidy], **more)


def day_field(label: Any, required: Any = None) -> DateField:
    """A day typed as on the papers: a browser's date picker would follow the browser's language."""
    return DateField(
        label,
        # Not DataRequired: it would forget that what was typed is no day.
        [InputRequired(message=required) if required else Optional()],
        format=["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d"],
        invalid_value_message=_("Ngày có dạng 21/11/2026"),
        widget=TextInput(),
    )


def choice_field(label: Any, required: Any = None) -> SelectField:
    """One of what the view offers; not required: the first choice is none."""
    return SelectField(label, [DataRequired(message=required) if required else Optional()], choices=[])


def offer(field: SelectField, choices: Sequence[tuple[str, str]], none: str) -> None:
    """Gives a field its choices, each with its words, the first being none of them."""
    field.choices = [SelectChoice("", none), *(SelectChoice(*choice) for choice in choices)]


def blame(form: FlaskForm, problems: Sequence[Problem], said: Any) -> None:
    """Puts each problem beside the field it is about, in the words that `said` gives it."""
    for problem in problems:
        field = form[problem.where]
        words = said(problem)
        field.errors = [*field.errors, words.whole]


def named(unit: Any) -> str:
    """The unit in a list of choices: code and name."""
    name = (unit.name_en or unit.name_vi) if language() == "en" else unit.name_vi
    return f"{unit.code} · {name}"


class UnitPlace(FlaskForm):
    """Fields are asked, and errors listed, in the order in which the classes define them."""

    name_vi = text_field(_("Tên tiếng Việt"), 200, _("Nhập tên đơn vị"))
    level = choice_field(_("Cấp"), _("Chọn cấp của đơn vị"))
    parent = choice_field(_("Trực thuộc"), _("Chọn đơn vị cấp trên"))
    area_code = text_field(_("Mã địa bàn"), 20)


class ProvinceForm(FlaskForm):
    """Asked only where no unit above could say it."""

    province_code = text_field(_("Mã tỉnh"), 20)


class UnitNature(FlaskForm):
    """What stays for good."""

    valid_from = day_field(_("Hoạt động từ ngày"), _("Nhập ngày bắt đầu hoạt động"))
    code = text_field(_("Mã định danh"), 40, _("Nhập mã định danh của đơn vị"))
    key = text_field(_("Khóa"), 80, _("Nhập khóa của đơn vị"))


class UnitContactForm(FlaskForm):
    name_en = text_field(_("Tên tiếng Anh"), 200)
    address = text_field(_("Địa chỉ"), 300)
    phone = TelField(
        _("Số điện thoại"),
        [
            Optional(),
            Regexp(
                r"\+?[0-9][0-9 .\-]{2,38}$", message=_("Số điện thoại chỉ gồm chữ số, ví dụ 0235 3811 811")
            ),
        ],
        filters=[tidy],
    )


class UnitFunctionsForm(FlaskForm):
    functions = text_field(_("Chức năng với đơn vị khác"), 200)


class UnitForm(UnitPlace, UnitNature, UnitContactForm):
    """A unit to be added."""


class UnitDataForm(UnitPlace, ProvinceForm, UnitFunctionsForm, UnitContactForm):
    """A unit to be changed; `revision` is the one that filled the form."""

    revision = IntegerField(widget=HiddenInput())


class ClosureForm(FlaskForm):
    valid_until = day_field(_("Ngày hoạt động cuối cùng"), _("Nhập ngày hoạt động cuối cùng"))
    successor = choice_field(_("Đơn vị kế thừa"))


class RenamingForm(FlaskForm):
    name_vi = text_field(_("Tên mới"), 200, _("Nhập tên mới của đơn vị"))
    name_en = text_field(_("Tên tiếng Anh"), 200)
    since = day_field(_("Mang tên mới từ ngày"), _("Nhập ngày mang tên mới"))
    basis = text_field(_("Căn cứ"), 300, _("Nhập văn bản đổi tên"))


class NameForm(FlaskForm):
    full_name = text_field(_("Họ và tên"), 200, _("Nhập họ và tên"))


class LoginForm(NameForm):
    login = text_field(_("Tên đăng nhập"), 60, _("Nhập tên đăng nhập"))


class FirstPassword(FlaskForm):
    """Chosen by the administrator and told to the official, who must change it; shown, so that it is told rightly."""

    password = StringField(
        _("Mật khẩu mới"),
        [
            DataRequired(message=_("Đặt một mật khẩu")),
            Length(SHORTEST, LONGEST, _("Mật khẩu cần ít nhất %(min)d ký tự")),
        ],
    )


class OfficialForm(LoginForm, FirstPassword):
    """An official to be added."""


class PostForm(FlaskForm):
    unit = choice_field(_("Đơn vị"), _("Chọn đơn vị"))
    role = choice_field(_("Vai trò"), _("Chọn vai trò"))
    since = day_field(_("Từ ngày"), _("Nhập ngày bắt đầu"))
    until = day_field(_("Đến hết ngày"))


class EndForm(FlaskForm):
    ended_on = day_field(_("Ngày cuối cùng giữ vai trò"), _("Nhập ngày cuối cùng"))


class DelegationForm(FlaskForm):
    unit = choice_field(_("Đơn vị"), _("Chọn đơn vị"))
    delegate = choice_field(_("Người làm thay"), _("Chọn người làm thay"))
    since = day_field(_("Từ ngày"), _("Nhập ngày bắt đầu"))
    until = day_field(_("Đến hết ngày"), _("Nhập ngày cuối cùng"))
    reason = text_field(_("Lý do"), 300)
