"""The small forms of the designer's pages."""

import re

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, Length, Optional, Regexp

from common.identity.forms import tidy
from common.text import folded
from procedure_library.definition import KEY

LONG = _("Viết gọn lại, không quá %(max)d chữ")
LONGEST_KEY = 40


class NewDraftForm(FlaskForm):
    """A procedure that does not exist yet: what it is called."""

    name_vi = StringField(
        _("Tên thủ tục"),
        [DataRequired(message=_("Ghi tên thủ tục")), Length(max=500, message=LONG)],
        filters=[tidy],
    )
    name_en = StringField(_("Tên tiếng Anh"), [Optional(), Length(max=500, message=LONG)], filters=[tidy])
    key = StringField(
        _("Khóa"),
        [
            Optional(),
            Regexp(KEY.pattern + r"\Z", message=_("Chỉ dùng chữ thường không dấu, chữ số và dấu gạch dưới")),
        ],
        filters=[tidy],
    )

    def key_typed(self) -> str:
        """The key as typed; else one made from the name."""
        return self.key.data or key_from(self.name_vi.data or "")


def key_from(name: str) -> str:
    """A key that says the name: "Cấp giấy phép" → "cap_giay_phep"; "" when the name has no letters."""
    words = re.findall(r"[a-z0-9]+", folded(name))
    key = "_".join(words)[: LONGEST_KEY + 1]
    whole = key.rpartition("_")[0] if len(key) > LONGEST_KEY else key
    return re.sub(r"^[0-9_]+", "", whole or key[:LONGEST_KEY])
