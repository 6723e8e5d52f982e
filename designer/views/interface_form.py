"""What a procedure offers to callers, as part of the form of its head."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectMultipleField, TextAreaField
from wtforms.validators import Length, Optional

from common.identity.forms import tidy
from common.text import Text
from designer.head_text import CASES, Head, spoken
from designer.views.field_form import LONG

# The lists of keys that people type, one to a line.
LISTS = {"callable_questions": "questions", "callable_papers": "papers", "callable_answers": "answers"}


def keys(label: Any) -> TextAreaField:
    """Keys with blanks or line breaks between."""
    return TextAreaField(label, [Optional(), Length(max=4000, message=LONG)], filters=[tidy])


class InterfaceFields(FlaskForm):
    """No case type ticked: nobody calls the procedure."""

    callable_kinds = SelectMultipleField(_("Trường hợp được gọi"), [Optional()], choices=[])
    callable_questions = keys(_("Câu hỏi mà thủ tục gọi được điền"))
    callable_papers = keys(_("Thành phần hồ sơ mà thủ tục gọi được nộp"))
    callable_answers = keys(_("Thông tin trả về cho thủ tục gọi"))
    only_called = BooleanField(_("Không ai nộp riêng: chỉ mở từ thủ tục khác"))

    def offer(self, head: Head) -> None:
        """The case types that may be ticked; their words stand in the page."""
        self.callable_kinds.choices = [each.get("key", "") for each in head.get(CASES, ())]

    def fill_interface(self, head: Head) -> None:
        said = head.get("interface", {})
        self.callable_kinds.data = list(said.get("case_types", ()))
        for name, part in LISTS.items():
            self[name].data = "\n".join(said.get(part, ()))
        self.only_called.data = bool(said.get("only_called", False))

    def said_interface(self) -> dict[str, Any] | None:
        """As files have it; parts without members are left out."""
        if not self.callable_kinds.data:
            return None
        lists = {part: self[name].data.split() for name, part in LISTS.items()}
        only = {"only_called": True} if self.only_called.data else {}
        return {"case_types": self.callable_kinds.data, **{k: v for k, v in lists.items() if v}, **only}


def named_kinds(head: Head) -> dict[str, Text]:
    """What the case types are called."""
    return {each.get("key", ""): Text(*spoken(each.get("name", ""))) for each in head.get(CASES, ())}
