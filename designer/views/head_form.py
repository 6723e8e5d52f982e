"""The forms of the head of a procedure: what it is, for whom, on which law, and its case types."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, get_args

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from common.identity.administration.forms import day_field
from common.identity.forms import tidy
from designer.head_text import Head, spoken, text_body
from designer.views.field_form import LONG, line
from designer.views.interface_form import InterfaceFields
from form_builder.editing import key_from
from procedure_library.definition import Applicant, Channel, Level, RefundPolicy

PARTIAL_REASONS = ("presence", "field_verification", "incident", "technical")
SPARE = 2
# What the procedure has and the system has not, told to everyone and to officials.
SENTENCES = ("left_out", "by_hand")


def several(label: Any, keys: Sequence[str] = ()) -> SelectMultipleField:
    """Boxes to tick; their words stand in templates."""
    return SelectMultipleField(label, [Optional()], choices=list(keys))


def paragraph(label: Any, most: int, required: Any = None) -> TextAreaField:
    """One line too long to be read in a box of one line; breaks in it are blanks."""
    first = InputRequired(message=required) if required else Optional()
    return TextAreaField(label, [first, Length(max=most, message=LONG)], filters=[_one_line])


def _one_line(typed: str | None) -> str:
    return " ".join(tidy(typed).split())


class LawRow(Form):
    number = line(_("Số, ký hiệu"), 100)
    vi = paragraph(_("Trích yếu"), 500)
    en = paragraph(_("Trích yếu, tiếng Anh"), 500)
    signed_on = day_field(_("Ngày ký"))


class ResultRow(Form):
    key = HiddenField()
    vi = line(_("Tên giấy tờ, kết quả"), 300)
    en = line(_("Tiếng Anh"), 300)
    code = line(_("Mã kết quả"), 40)


class SentenceRow(Form):
    vi = paragraph(_("Nội dung"), 500)
    en = paragraph(_("Tiếng Anh"), 500)


class HeadForm(InterfaceFields):
    name_vi = paragraph(_("Tên thủ tục"), 1000, _("Ghi tên thủ tục"))
    name_en = paragraph(_("Tên tiếng Anh"), 1000)
    code = line(_("Mã thủ tục"), 40, _("Ghi mã thủ tục trên Cổng dịch vụ công"))
    domain_vi = line(_("Lĩnh vực"), 200, _("Ghi lĩnh vực"))
    domain_en = line(_("Lĩnh vực, tiếng Anh"), 200)
    summary_vi = TextAreaField(_("Tóm tắt"), [Optional(), Length(max=2000, message=LONG)], filters=[tidy])
    summary_en = TextAreaField(
        _("Tóm tắt, tiếng Anh"), [Optional(), Length(max=2000, message=LONG)], filters=[tidy]
    )
    announced_by = line(_("Quyết định công bố"), 200)
    levels = several(_("Cấp thực hiện"), get_args(Level))
    applicants = several(_("Đối tượng thực hiện"), get_args(Applicant))
    channels = several(_("Cách nộp"), get_args(Channel))
    online_level = SelectField(_("Mức độ trực tuyến"), choices=["full", "partial"])
    partial_reason = SelectField(_("Vì sao chỉ một phần"), [Optional()], choices=["", *PARTIAL_REASONS])
    dossier_sets = IntegerField(
        _("Số bộ hồ sơ"),
        [InputRequired(message=_("Ghi số bộ hồ sơ")), NumberRange(1, 20, _("Từ 1 đến 20 bộ"))],
    )
    refund = SelectField(_("Hoàn phí, lệ phí"), choices=list(get_args(RefundPolicy)))
    slip = BooleanField(_("Luôn cấp giấy tiếp nhận và hẹn trả kết quả"))
    legal_basis = FieldList(FormField(LawRow))
    results = FieldList(FormField(ResultRow))
    left_out = FieldList(FormField(SentenceRow))
    by_hand = FieldList(FormField(SentenceRow))

    def fill(self, head: Head) -> None:
        """Puts what the file says into the boxes."""
        for name, key in (("name", "name"), ("domain", "domain_area"), ("summary", "summary")):
            self[f"{name}_vi"].data, self[f"{name}_en"].data = spoken(head.get(key, ""))
        for key in ("code", "announced_by", "online_level", "partial_reason"):
            self[key].data = str(head.get(key, ""))
        self.refund.data = head.get("refund", "unserved")
        for key in ("levels", "applicants", "channels"):
            self[key].data = list(head.get(key, ()))
        self.dossier_sets.data, self.slip.data = head.get("dossier_sets", 1), head.get("slip", True)
        for law in head.get("legal_basis", ()):
            vi, en = spoken(law.get("title", ""))
            self.legal_basis.append_entry(
                {"number": law.get("number", ""), "vi": vi, "en": en, **_signed(law)}
            )
        for result in head.get("results", ()):
            vi, en = spoken(result.get("name", ""))
            self.results.append_entry(
                {"key": result.get("key", ""), "vi": vi, "en": en, "code": result.get("code", "")}
            )

        for name in SENTENCES:
            for vi, en in map(spoken, head.get(name, ())):
                self[name].append_entry({"vi": vi, "en": en})
        self.fill_interface(head)

    def make_room(self) -> None:
        """Empty rows at the end of every list."""
        sentences = ((self[name], "vi") for name in SENTENCES)
        for rows, name in ((self.legal_basis, "number"), (self.results, "vi"), *sentences):
            for _row in range(SPARE - sum(1 for row in rows if not row[name].data)):
                rows.append_entry()

    def said(self, head: Head) -> dict[str, Any]:
        """The head as the boxes say it; of what they do not speak, as it was."""
        return {
            **head,
            "name": text_body(self.name_vi.data, self.name_en.data),
            "domain_area": text_body(self.domain_vi.data, self.domain_en.data),
            "summary": text_body(self.summary_vi.data, self.summary_en.data),
            "code": self.code.data,
            "announced_by": self.announced_by.data,
            "levels": self.levels.data,
            "applicants": self.applicants.data,
            "channels": self.channels.data,
            "online_level": self.online_level.data,
            "partial_reason": self.partial_reason.data if self.online_level.data == "partial" else "",
            "dossier_sets": self.dossier_sets.data,
            "slip": self.slip.data,
            "refund": self.refund.data,
            "legal_basis": list(self._laws()),
            "results": list(self._results()),
            **{name: list(self._sentences(name)) for name in SENTENCES},
            "interface": self.said_interface(),
        }

    def _sentences(self, name: str) -> Iterator[dict[str, str]]:
        yield from (text_body(row.vi.data, row.en.data) for row in self[name] if row.vi.data)

    def _laws(self) -> Iterator[dict[str, Any]]:
        for row in self.legal_basis:
            if row.number.data:
                signed = {"signed_on": row.signed_on.data.isoformat()} if row.signed_on.data else {}
                yield {"number": row.number.data, "title": text_body(row.vi.data, row.en.data), **signed}

    def _results(self) -> Iterator[dict[str, Any]]:
        taken = {row.key.data for row in self.results if row.key.data}
        for row in self.results:
            if row.vi.data:
                key = row.key.data or key_from(row.vi.data, taken)
                taken.add(key)
                code = {"code": row.code.data} if row.code.data else {}
                yield {"key": key, "name": text_body(row.vi.data, row.en.data), **code}


class CaseTypeForm(FlaskForm):
    """A case type: which rules and pages are its own. `parts` are the lists it may pick from."""

    name_vi = line(_("Tên trường hợp"), 300, _("Ghi tên trường hợp"))
    name_en = line(_("Tên tiếng Anh"), 300)
    pages = several(_("Các trang của tờ khai"))
    term = SelectField(_("Thời hạn"), [Optional()], choices=[])
    amounts = several(_("Phí, lệ phí"))
    components = several(_("Thành phần hồ sơ"))
    conditions = several(_("Điều kiện"))

    def said(self, key: str, before: Head) -> dict[str, Any]:
        """The case type as files have it; lists without members are left out."""
        lists = {name: self[name].data for name in ("pages", "amounts", "components", "conditions")}
        body = {
            **before,
            "key": key,
            "name": text_body(self.name_vi.data, self.name_en.data),
            "term": self.term.data,
            **lists,
        }
        return {name: part for name, part in body.items() if part not in ("", [], None)}


def _signed(law: Head) -> dict[str, Any]:
    """The day the law was signed; a file may have it as a day or as its text."""
    signed = law.get("signed_on")
    if isinstance(signed, str):
        try:
            signed = date.fromisoformat(signed)
        except ValueError:
            signed = None
    return {"signed_on": signed}
