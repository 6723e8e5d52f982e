"""The forms of reviews: what an author says of the version to be, and what the others say to it."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional

from common.identity.administration.forms import day_field
from common.identity.forms import tidy
from designer.reviews.submitting import LONGEST_NOTE
from designer.views.field_form import LONG, line
from procedure_library.publishing import LONGEST_NUMBER


class SubmissionForm(FlaskForm):
    basis_number = line(_("Số, ký hiệu văn bản công bố"), LONGEST_NUMBER, _("Ghi số, ký hiệu văn bản"))
    basis_signed_on = day_field(_("Ngày ký"), _("Ghi ngày ký văn bản"))
    basis_file = FileField(
        _("Bản quét văn bản (PDF)"), [DataRequired(message=_("Chọn tệp PDF của văn bản đã ký"))]
    )
    effective_from = day_field(_("Áp dụng từ ngày"))
    transition = SelectField(
        _("Điều khoản chuyển tiếp"),
        choices=[
            SelectChoice("", _("Văn bản không quy định")),
            SelectChoice("stay_received", _("Hồ sơ đã tiếp nhận giữ phiên bản cũ")),
            SelectChoice("stay_before", _("Hồ sơ tiếp nhận trước ngày ghi dưới đây giữ phiên bản cũ")),
            SelectChoice("move_all", _("Mọi hồ sơ chưa giải quyết xong phải chuyển sang phiên bản mới")),
        ],
        default="",
    )
    transition_before = day_field(_("Giữ phiên bản cũ nếu tiếp nhận trước ngày"))
    note = TextAreaField(
        _("Lưu ý cho cán bộ"), [Optional(), Length(max=LONGEST_NOTE, message=LONG)], filters=[tidy]
    )


class CommentForm(FlaskForm):
    comment = TextAreaField(_("Ý kiến"), [Optional(), Length(max=LONGEST_NOTE, message=LONG)], filters=[tidy])
