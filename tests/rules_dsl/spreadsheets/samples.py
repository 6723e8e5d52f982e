"""A table of fees by what is asked and how, the form it goes by, and sheets made of rows."""

from io import BytesIO
from typing import Any

from openpyxl import Workbook

from rules_dsl import nodes as n
from rules_dsl.facts import scope
from rules_dsl.parser import parse

FORM: dict[str, Any] = {
    "type": "object",
    "title": "Tờ khai",
    "properties": {
        "kind": {
            "type": "string",
            "title": "Loại yêu cầu",
            "x-motcua-en": {"title": "Kind of request"},
            "oneOf": [
                {"const": "new", "title": "Cấp mới", "x-motcua-en": {"title": "New card"}},
                {"const": "renewal", "title": "Cấp đổi"},
                {"const": "loss", "title": "Cấp lại do mất"},
            ],
        },
        "copies": {"type": "integer", "title": "Số bản", "minimum": 1, "maximum": 100},
        "urgent": {"type": "boolean", "title": "Làm gấp"},
        "asked_on": {"type": "string", "format": "date", "title": "Ngày yêu cầu"},
    },
    "required": ["kind", "copies", "urgent", "asked_on"],
}
SCOPE = scope(FORM)
TEXT = """ngôn_ngữ vi

# Mức thu theo thông tư mới.
bảng card_fee "Lệ phí cấp thẻ" (kind, dossier.channel) duy_nhất
  căn_cứ "Thông tư 59/2019/TT-BTC, Điều 4"
  dòng new, bất_kỳ thì 30_000 VND
  # Nộp trực tuyến được giảm đến hết năm 2025.
  dòng {renewal, loss}, online thì 25_000 VND đến_ngày 2025-12-31 căn_cứ "Thông tư 63/2023/TT-BTC"
  dòng {renewal, loss}, online thì 50_000 VND từ_ngày 2026-01-01  # trở lại như cũ
  dòng {renewal, loss}, {counter, post} thì 50_000 VND

# Ghi chú của quy tắc sau.
lệ_phí fee "Lệ phí"
  căn_cứ "Thông tư 59/2019/TT-BTC"
  thu card_fee
"""


def table(text: str = TEXT, name: str = "card_fee") -> n.Table:
    parsed = parse(text)
    assert parsed.findings == ()
    return next(rule for rule in parsed.rules.rules if isinstance(rule, n.Table) and rule.name == name)


def keyed(*keys: str) -> n.Table:
    """A table with these keys and no rows yet."""
    return n.Table(name="t", keys=tuple(n.Name(key) for key in keys), rows=())


def workbook(rows: list[list[Any]], title: str = "t", **more: Any) -> bytes:
    """An .xlsx as a person would have typed it; `more` are further sheets by title."""
    book = Workbook()
    page = book.active
    page.title = title
    for row in rows:
        page.append(row)
    for name, other in more.items():
        side = book.create_sheet(name)
        for row in other:
            side.append(row)
    content = BytesIO()
    book.save(content)
    return content.getvalue()
