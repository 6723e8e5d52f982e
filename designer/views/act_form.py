"""The form of an act on a published procedure: from when, why, on which decision."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from common.identity.administration.forms import choice_field, day_field
from common.identity.forms import tidy
from common.text import Text
from designer.views.field_form import LONG, line
from procedure_library.life.announcing import LONGEST_REASON, Announcement
from procedure_library.publishing import LONGEST_NUMBER, Basis


class ActForm(FlaskForm):
    """Fields that an act does not ask for stay empty: the templates leave them out."""

    from_on = day_field(_("Từ ngày"))
    until_on = day_field(_("Đến hết ngày"))
    successor = choice_field(_("Thủ tục thay thế"))
    reason_vi = TextAreaField(
        _("Lý do, bằng tiếng Việt"),
        [DataRequired(message=_("Nêu lý do")), Length(max=LONGEST_REASON, message=LONG)],
        filters=[tidy],
    )
    reason_en = TextAreaField(
        _("Lý do, bằng tiếng Anh"), [Optional(), Length(max=LONGEST_REASON, message=LONG)], filters=[tidy]
    )
    basis_number = line(_("Số, ký hiệu văn bản"), LONGEST_NUMBER, _("Ghi số, ký hiệu văn bản"))
    basis_signed_on = day_field(_("Ngày ký"), _("Ghi ngày ký văn bản"))
    basis_file = FileField(_("Bản quét văn bản (PDF)"))

    def announcement(self, key: str, version: int | None = None, scan: str = "") -> Announcement:
        """What was typed."""
        return Announcement(
            key=key,
            reason=Text(self.reason_vi.data or "", self.reason_en.data or ""),
            basis=Basis(self.basis_number.data or "", self.basis_signed_on.data, scan),
            from_on=self.from_on.data,
            until_on=self.until_on.data,
            version=version,
            successor=self.successor.data or "",
        )
