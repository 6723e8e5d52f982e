"""The forms of identity pages: what may be typed, and what is said when it cannot be taken."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, EmailField, PasswordField, SelectField, StringField, TelField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, EqualTo, Length, Optional, Regexp, ValidationError
from wtforms.widgets import TextInput

from common.clock import local_date
from common.identity.numbers import read_identity_number
from common.identity.passwords import LONGEST, SHORTEST, is_weak
from common.text import nfc
from common.web import now

EARLIEST_BIRTH = date(1900, 1, 1)
# Whether an address exists, only a mail can tell: here just its shape.
MAIL = r"[^@\s]+@[^@\s]+\.[^@\s]+$"


def tidy(typed: str | None) -> str:
    """What was typed, letters composed, without blanks at the ends."""
    return nfc(typed or "").strip()


def _required(sentence: Any) -> DataRequired:
    return DataRequired(message=sentence)


class SignInForm(FlaskForm):
    login = StringField(
        _("Số định danh cá nhân hoặc tên đăng nhập"),
        [_required(_("Nhập số định danh cá nhân hoặc tên đăng nhập")), Length(max=120)],
    )
    password = PasswordField(_("Mật khẩu"), [_required(_("Nhập mật khẩu")), Length(max=LONGEST)])


class PersonForm(FlaskForm):
    """Name and number as on the identity card."""

    full_name = StringField(
        _("Họ và tên"),
        [
            _required(_("Nhập họ và tên như trên thẻ căn cước")),
            Length(max=200, message=_("Họ và tên dài quá 200 chữ; viết gọn lại")),
        ],
        filters=[tidy],
    )
    identity_number = StringField(_("Số định danh cá nhân"), [_required(_("Nhập số định danh cá nhân"))])

    def validate_identity_number(self, field: StringField) -> None:
        if read_identity_number(field.data or "") is None:
            raise ValidationError(
                _("Số định danh gồm 12 chữ số, bắt đầu bằng số 0; xem mặt trước thẻ căn cước")
            )


class ContactForm(FlaskForm):
    """Address and mail may be empty; a telephone number is how the one-stop reaches a person."""

    phone = TelField(
        _("Số điện thoại"),
        [
            _required(_("Nhập số điện thoại")),
            Regexp(
                r"\+?[0-9][0-9 .\-]{7,18}$",
                message=_("Số điện thoại chỉ gồm chữ số, ví dụ 0912 345 678"),
            ),
        ],
        filters=[tidy],
    )
    email = EmailField(
        _("Thư điện tử"),
        [Optional(), Length(max=200), Regexp(MAIL, message=_("Thư điện tử có dạng ten@noi.vn"))],
        filters=[tidy],
    )
    address = StringField(
        _("Nơi ở hiện nay"),
        [Optional(), Length(max=300, message=_("Địa chỉ dài quá 300 chữ; viết gọn lại"))],
        filters=[tidy],
    )


class ProfileForm(ContactForm):
    born_on = DateField(
        _("Ngày sinh"),
        [Optional()],
        format=["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d"],
        invalid_value_message=_("Ngày sinh có dạng 21/11/1990"),
        # Typed as on the papers: a browser's date picker would follow the browser's language.
        widget=TextInput(),
    )

    locale = SelectField(
        _("Ngôn ngữ của trang và thư"),
        choices=[SelectChoice("vi", "Tiếng Việt"), SelectChoice("en", "English")],
        default="vi",
    )

    def validate_born_on(self, field: DateField) -> None:
        if field.data is not None and not EARLIEST_BIRTH <= field.data <= local_date(now()):
            raise ValidationError(_("Ngày sinh không thể sau hôm nay hoặc trước năm 1900"))


class NewPassword(FlaskForm):
    """A password chosen now, typed twice."""

    password = PasswordField(
        _("Mật khẩu mới"),
        [
            _required(_("Đặt một mật khẩu")),
            Length(SHORTEST, LONGEST, _("Mật khẩu cần ít nhất %(min)d ký tự")),
        ],
    )
    again = PasswordField(
        _("Nhập lại mật khẩu mới"),
        [
            _required(_("Nhập lại mật khẩu vừa đặt")),
            EqualTo("password", _("Hai lần nhập mật khẩu không giống nhau")),
        ],
    )

    def known(self) -> tuple[str, ...]:
        """What others know of the person, on which a password must not be built."""
        return ()

    def validate_password(self, field: PasswordField) -> None:
        if is_weak(field.data or "", *self.known()):
            raise ValidationError(_("Mật khẩu này dễ đoán; chọn một câu dài mà chỉ mình biết"))


class RegisterForm(PersonForm, ContactForm, NewPassword):
    """Fields are asked, and errors listed, in the order in which the classes above define them."""

    def known(self) -> tuple[str, ...]:
        return (
            read_identity_number(self.identity_number.data or "") or "",
            *tidy(self.full_name.data).split(),
        )


class PasswordForm(NewPassword):
    old = PasswordField(_("Mật khẩu đang dùng"), [_required(_("Nhập mật khẩu đang dùng"))])
