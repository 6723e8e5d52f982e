"""The columns of the spreadsheet, and which of them a header names."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from common.problems import Finding
from common.text import Text, folded
from rules_dsl.spreadsheets.sheet import CellValue, Sheet, finding_at, of_the_file

# A column for an answer of the form, "Số bản [person.copies]", or for an amount taken, "Đã thu [paid.copies]".
_NAMED = re.compile(r"\[([a-z0-9_.]+)\]\s*$", re.ASCII)
PAID = "paid."


@dataclass(frozen=True, slots=True)
class Column:
    """`needed`: every row says it. `example` is what the template shows."""

    key: str
    title: Text
    needed: bool = False
    example: str = ""


COLUMNS = (
    Column("code", Text("Mã hồ sơ", "Dossier code"), True, "000.21.01.H99-250915-0007"),
    Column("procedure", Text("Mã thủ tục", "Procedure code"), True, "2.000815"),
    Column("case_type", Text("Trường hợp", "Case type")),
    Column("unit", Text("Mã đơn vị", "Unit code"), True, "000.21.01.H99"),
    Column("channel", Text("Cách nộp", "How filed"), False, "Trực tiếp"),
    Column("full_name", Text("Họ và tên", "Full name"), True, "Nguyễn Thị Lan"),
    Column("identity_number", Text("Số định danh", "Identity number"), False, "038190000777"),
    Column("address", Text("Địa chỉ", "Address")),
    Column("phone", Text("Điện thoại", "Telephone")),
    Column("email", Text("Thư điện tử", "E-mail")),
    Column("submitted_at", Text("Ngày nộp", "Filed on"), False, "15/09/2025"),
    Column("received_at", Text("Ngày tiếp nhận", "Received on"), True, "15/09/2025 09:30"),
    Column("appointment", Text("Ngày hẹn trả", "Appointment"), False, "22/09/2025"),
    Column("status", Text("Tình trạng", "Status"), True, "Đang xử lý"),
    Column("step", Text("Bước đang xử lý", "Step")),
    Column("ending", Text("Kết quả", "Outcome")),
    Column("finished_at", Text("Ngày xử lý xong", "Finished on")),
    Column("history", Text("Quá trình xử lý", "History")),
)
_BY_NAME: Mapping[str, str] = {
    folded(name): column.key
    for column in COLUMNS
    for name in (column.key, column.title.vi, column.title.in_("en"))
}

Kind = Literal["known", "answer", "paid"]


@dataclass(frozen=True, slots=True)
class Header:
    """Where each known column stands, and which ones are answers (by their path) and amounts (by their rule).

    Numbers count from 0.
    """

    known: Mapping[str, int]
    answers: Mapping[str, int]
    paid: Mapping[str, int]


def header_of(sheet: Sheet) -> Header | tuple[Finding, ...]:
    """What the first row says; what it names that is no column, twice, or lacks, is told at its place."""
    if len(sheet.rows) < 2:
        return of_the_file("dossiers.import.empty")
    known: dict[str, int] = {}
    answers: dict[str, int] = {}
    paid: dict[str, int] = {}
    findings = []
    for number, cell in enumerate(sheet.rows[0]):
        if cell is None:
            continue
        kind, name = _meant(cell)
        places = {"known": known, "answer": answers, "paid": paid}[kind]
        if not name:
            findings.append(finding_at("dossiers.import.no_such_column", 1, number + 1, found=str(cell)[:80]))
        elif name in places:
            findings.append(finding_at("dossiers.import.column_twice", 1, number + 1, found=str(cell)[:80]))
        places[name] = number
    for column in COLUMNS:
        if column.needed and column.key not in known:
            lacking = {"title": column.title.vi, "title_en": column.title.in_("en")}
            # It stands in no cell: it is the file that lacks it.
            findings += of_the_file("dossiers.import.column_missing", **lacking)
    return tuple(findings) or Header(known, answers, paid)


def title_of(cell: CellValue) -> str:
    """What people call the column: its head without the mark and without the path in brackets."""
    return "" if cell is None else _NAMED.sub("", str(cell)).strip().rstrip("* ")


def _meant(cell: CellValue) -> tuple[Kind, str]:
    """The kind of column and its name; "" when it is none."""
    text = str(cell)
    if named := _NAMED.search(text):
        path = named[1]
        return ("paid", path.removeprefix(PAID)) if path.startswith(PAID) else ("answer", path)
    return "known", _BY_NAME.get(folded(text.strip().rstrip("* ")), "")
