"""Reads and writes .csv as Excel saves it: UTF-8, with `;`, `,` or a tab between cells."""

import csv
from io import StringIO

from common.problems import Finding
from common.text import nfc
from rules_dsl.spreadsheets.sheet import HEAVIEST_FILE, MOST_COLUMNS, MOST_ROWS, CellValue, Sheet, of_the_file

SEPARATORS = (";", ",", "\t")
# Excel set to Vietnamese separates by this, and opens such a file in columns.
OURS = ";"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# A cell that begins so would be worked out by the program that opens it.
RISKY = ("=", "+", "-", "@", "'")


def read_separated(content: bytes, name: str) -> Sheet | tuple[Finding, ...]:
    """The cells, all of them texts."""
    if len(content) > HEAVIEST_FILE:
        return of_the_file("rules.sheet.too_heavy", most=f"{HEAVIEST_FILE // 1_000_000} MB")
    try:
        text = nfc(content.decode("utf-16" if content[:2] in UTF_16 else "utf-8-sig"))
    except UnicodeDecodeError:
        return of_the_file("rules.sheet.not_utf8")
    stated, text = _stated(text)
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=stated or _separator(text), strict=True))
    except csv.Error:
        return of_the_file("rules.sheet.bad_quotes")
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    if len(rows) > MOST_ROWS + 1:
        return of_the_file("rules.sheet.too_many_rows", most=MOST_ROWS)
    if max(map(len, rows), default=0) > MOST_COLUMNS:
        return of_the_file("rules.sheet.too_many_columns", most=MOST_COLUMNS)
    return Sheet(name, tuple(tuple(_value(cell) for cell in row) for row in rows))


def write_separated(sheet: Sheet) -> bytes:
    """With a byte order mark, by which Excel knows UTF-8."""
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=OURS, lineterminator="\r\n")
    writer.writerows([[_told(value) for value in row] for row in sheet.rows])
    return text.getvalue().encode("utf-8-sig")


def _stated(text: str) -> tuple[str, str]:
    """The separator of a first line `sep=;`, as Excel writes it, and the text below; "" when there is none."""
    first, _, rest = text.partition("\n")
    said = first.rstrip("\r").strip('"')
    return (said[4:], rest) if said.lower().startswith("sep=") and said[4:] in SEPARATORS else ("", text)


def _separator(text: str) -> str:
    """What stands most often in the header outside of quotes."""
    head = "".join(text.partition("\n")[0].split('"')[::2])
    return max(SEPARATORS, key=head.count)


def _value(cell: str) -> CellValue:
    text = cell.strip()
    shielded = len(text) > 1 and text[0] == "'" and text[1] in RISKY
    return (text[1:] if shielded else text) or None


def _told(value: CellValue) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(RISKY) else text
