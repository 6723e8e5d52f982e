"""Reads and writes .xlsx. A file from outside is weighed before it is opened, and nothing in it is run."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.xml import DEFUSEDXML

from common.problems import Finding, MotcuaError
from rules_dsl.spreadsheets.sheet import (
    HEAVIEST_FILE,
    MOST_COLUMNS,
    MOST_ROWS,
    Broken,
    CellValue,
    Formula,
    Share,
    Sheet,
    of_the_file,
)

# A full table of 2,000 rows unpacks to less. What openpyxl makes of a part weighs up to a hundred times as much,
# styles most of all.
HEAVIEST_UNPACKED = 4_000_000
HEAVIEST_PART = 400_000
CONTENT = re.compile(r"xl/(?:worksheets/[^/]+|sharedStrings)\.xml", re.IGNORECASE)
MOST_PARTS = 200
MACROS = "vbaProject.bin"
# What XML has no way to write.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")
LONGEST_TITLE = 31
WIDEST, NARROWEST = 48, 12
HEAD = PatternFill("solid", fgColor="EEF3F8")

if not DEFUSEDXML:
    raise MotcuaError("openpyxl reads XML without defusedxml: a file could swell while it is read")


def read_workbook(content: bytes, name: str) -> Sheet | tuple[Finding, ...]:
    """The sheet called `name`, or the only one; refused are hidden sheets, macros, and what is too heavy."""
    refused = _weighed(content)
    if refused:
        return refused
    try:
        book = load_workbook(BytesIO(content), read_only=True, keep_links=False)
        return _chosen(book, name)
    except Exception:
        return of_the_file("rules.sheet.not_a_workbook")


def write_workbook(sheet: Sheet) -> bytes:
    """The sheet as a file: numbers and days as such, the header in bold and always in sight."""
    book = Workbook()
    page = book.active
    page.title = sheet.name[:LONGEST_TITLE]
    for row, values in enumerate(sheet.rows, 1):
        for column, value in enumerate(values, 1):
            _write(page.cell(row, column), value)
    _lay_out(page, sheet.rows)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _weighed(content: bytes) -> tuple[Finding, ...]:
    """By what the archive says of itself: reading stops at the sizes it states."""
    if len(content) > HEAVIEST_FILE:
        return of_the_file("rules.sheet.too_heavy", most=f"{HEAVIEST_FILE // 1_000_000} MB")
    try:
        parts = ZipFile(BytesIO(content)).infolist()
    except (BadZipFile, ValueError, NotImplementedError):
        return of_the_file("rules.sheet.not_a_workbook")
    trimmings = (part.file_size for part in parts if not CONTENT.fullmatch(part.filename))
    if max(trimmings, default=0) > HEAVIEST_PART or len(parts) > MOST_PARTS:
        return of_the_file("rules.sheet.too_heavy", most=f"{HEAVIEST_PART // 1000} kB")
    if sum(part.file_size for part in parts) > HEAVIEST_UNPACKED:
        return of_the_file("rules.sheet.too_heavy", most=f"{HEAVIEST_UNPACKED // 1_000_000} MB")
    if any(part.filename.endswith(MACROS) for part in parts):
        return of_the_file("rules.sheet.macros")
    return ()


def _chosen(book: Any, name: str) -> Sheet | tuple[Finding, ...]:
    hidden = [page.title for page in book.worksheets if page.sheet_state != "visible"]
    if hidden:
        return of_the_file("rules.sheet.hidden", name=hidden[0])
    named = [page for page in book.worksheets if page.title == name[:LONGEST_TITLE]]
    pages = named or book.worksheets
    if len(pages) != 1:
        return of_the_file("rules.sheet.several", names=", ".join(page.title for page in pages), name=name)
    return _read(pages[0])


def _read(page: Any) -> Sheet | tuple[Finding, ...]:
    # What the file says of its size is not believed: reading goes on to the end, or to the limit.
    page.reset_dimensions()
    rows: list[tuple[CellValue, ...]] = []
    blank = 0
    for cells in page.iter_rows(max_col=MOST_COLUMNS + 1):
        row = _trimmed(tuple(map(_value, cells)))
        blank = 0 if row else blank + 1
        if len(rows) > MOST_ROWS or blank > MOST_ROWS:
            return of_the_file("rules.sheet.too_many_rows", most=MOST_ROWS)
        if len(row) > MOST_COLUMNS:
            return of_the_file("rules.sheet.too_many_columns", most=MOST_COLUMNS)
        rows.append(row)
    while rows and not rows[-1]:
        rows.pop()
    return Sheet(page.title, tuple(rows))


def _trimmed(row: tuple[CellValue, ...]) -> tuple[CellValue, ...]:
    while row and row[-1] is None:
        row = row[:-1]
    return row


def _value(cell: Any) -> CellValue:
    value = cell.value
    match cell.data_type:
        case "f":
            return Formula(str(value))
        case "e":
            return Broken(str(value))
    match value:
        case None | bool():
            return value
        case int() | float():
            # The shortest figure that is this number: what the program shows.
            exact = Decimal(repr(value))
            return Share(exact * 100) if "%" in str(cell.number_format) else exact
        case datetime():
            return value.date() if value.time() == time() else Broken(f"{value:%Y-%m-%d %H:%M}")
        case date():
            return value
    text = str(value).strip()
    return text or None


def _write(cell: Any, value: CellValue) -> None:
    match value:
        case Share():
            cell.value, cell.number_format = value.value / 100, "0.##########%"
        case bool() | date() | None:
            cell.value = value
        case Decimal():
            cell.value, cell.number_format = value, "#,##0.##########" if value % 1 else "#,##0"
        case _:
            # A text that begins with "=" stays a text.
            cell.value, cell.data_type = UNWRITABLE.sub("\ufffd", str(value)), "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")


def _lay_out(page: Any, rows: Sequence[Sequence[CellValue]]) -> None:
    page.freeze_panes = "A2"
    for number, width in enumerate(_widths(rows), 1):
        page.column_dimensions[get_column_letter(number)].width = width
        head = page.cell(1, number)
        head.font, head.fill = Font(bold=True), HEAD
        head.alignment = Alignment(wrap_text=True, vertical="center")


def _widths(rows: Sequence[Sequence[CellValue]]) -> Iterator[int]:
    for number in range(max(map(len, rows), default=0)):
        lengths = (len(str(row[number])) for row in rows[1:] if number < len(row) and row[number] is not None)
        yield min(max(NARROWEST, *lengths, len(str(rows[0][number])) // 2) + 2, WIDEST)
