"""Rates of exchange as files give them, CSV or JSON, and as people type them: rows to be judged."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import StringIO
from itertools import islice
from typing import Any

from common import exact_json
from common.problems import Finding, Parameter
from procedure_library.rates import LONGEST_SOURCE, DayRate

MOST_ROWS = 5000
# As docs/formats.md names the columns, and as a Vietnamese spreadsheet may.
COLUMNS = {
    "day": ("day", "ngày"),
    "rate": ("rate", "tỷ giá", "tỉ giá"),
    "source": ("source", "nguồn"),
}
_DIGITS, _DECIMALS = 12, 10
_NUMBER = re.compile(rf"\d{{1,{_DIGITS}}}(\.\d{{1,{_DECIMALS}}})?", re.ASCII)
# 26.105 is twenty-six thousand to one reader and twenty-six to another.
_AMBIGUOUS = re.compile(r"\d{1,3}\.\d{3}", re.ASCII)
_DAYS = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)", re.ASCII),
    re.compile(r"(?P<day>\d\d?)/(?P<month>\d\d?)/(?P<year>\d{4})", re.ASCII),
)
EARLIEST = date(1990, 1, 1)


@dataclass(frozen=True, slots=True)
class Row:
    """One entry as it is written. `where` is its place in a JSON file, `line` that in a CSV file."""

    day: Any
    rate: Any
    source: Any
    where: str = ""
    line: int | None = None

    def finding(self, code: str, column: str, parameters: Mapping[str, Parameter]) -> Finding:
        where = f"{self.where}.{column}" if self.where else column
        return Finding(code, where, parameters, line=self.line)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry that can be read, and the row it was read from."""

    rate: DayRate
    row: Row


@dataclass(frozen=True, slots=True)
class Sheet:
    """Entries that can all be read; never none."""

    entries: tuple[Entry, ...]


def read_rates(text: str) -> Sheet | tuple[Finding, ...]:
    """What the file says; findings when anything in it is no rate."""
    rows = _rows(text.removeprefix("\ufeff"))
    if isinstance(rows, Finding):
        return (rows,)
    if len(rows) > MOST_ROWS:
        return (Finding("reference.rates_too_many", "rates", {"most": MOST_ROWS}),)
    read = [read_row(row) for row in rows]
    findings = tuple(finding for each in read if isinstance(each, tuple) for finding in each)
    return findings or Sheet(tuple(each for each in read if isinstance(each, Entry)))


def read_row(row: Row) -> Entry | tuple[Finding, ...]:
    """The entry that the row writes, or what is wrong with each of its parts."""
    day, value, source = _day(row), _value(row), _source(row)
    wrong = tuple(part for part in (day, value, source) if isinstance(part, Finding))
    if isinstance(day, Finding) or isinstance(value, Finding) or isinstance(source, Finding):
        return wrong
    return Entry(DayRate(day, value, source), row)


def _day(row: Row) -> date | Finding:
    written = str(row.day).strip()
    found = next((match for spelling in _DAYS if (match := spelling.fullmatch(written))), None)
    wrong = row.finding("reference.rate_day", "day", {"text": _told(row.day)})
    if found is None:
        return wrong
    try:
        day = date(**{part: int(digits) for part, digits in found.groupdict().items()})
    except ValueError:
        return wrong
    return day if day >= EARLIEST else wrong


def _value(row: Row) -> Decimal | Finding:
    """In a file thousands are not grouped; a number that groups could be read into is refused."""
    written = str(row.rate).strip()
    if not _NUMBER.fullmatch(written) or not Decimal(written):
        return row.finding("reference.rate_number", "rate", {"text": _told(row.rate)})
    if isinstance(row.rate, str) and _AMBIGUOUS.fullmatch(written):
        return row.finding("reference.rate_ambiguous", "rate", {"text": written})
    return Decimal(written)


def _source(row: Row) -> str | Finding:
    text = row.source.strip() if isinstance(row.source, str) else ""
    if not text or "\0" in text or len(text) > LONGEST_SOURCE:
        return row.finding("reference.rate_source", "source", {"most": LONGEST_SOURCE})
    return text


def _told(written: Any) -> str:
    return str(written if written is not None else "")[:40]


def _rows(text: str) -> tuple[Row, ...] | Finding:
    try:
        rows = _of_json(text) if text.lstrip()[:1] in ("{", "[") else _of_csv(text)
    except (ValueError, RecursionError, csv.Error) as wrong:
        return Finding("reference.rates_unreadable", "rates", {"reason": str(wrong)})
    if isinstance(rows, tuple) and not rows:
        return Finding("reference.rates_none", "rates")
    return rows


def _of_json(text: str) -> tuple[Row, ...] | Finding:
    body = exact_json.read(text)
    entries = body.get("rates") if isinstance(body, dict) else body
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        return Finding("reference.rates_shape", "rates")
    return tuple(
        Row(entry.get("day"), entry.get("rate"), entry.get("source"), f"rates.{number}")
        for number, entry in enumerate(entries)
    )


def _of_csv(text: str) -> tuple[Row, ...] | Finding:
    """The rows below the head, which says what each column holds and with which sign they are parted."""
    head = text.lstrip().partition("\n")[0]
    cells = _cells(csv.reader(StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), strict=True))
    places = _places(next(cells, (0, []))[1])
    missing = [name for name in COLUMNS if name not in places]
    if missing:
        return Finding("reference.rates_columns", "rates", {"missing": ", ".join(missing)})
    return tuple(
        Row(**{name: row[place] if place < len(row) else "" for name, place in places.items()}, line=number)
        for number, row in islice(cells, MOST_ROWS + 1)
    )


def _cells(reader: Any) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not blank, each with its line."""
    for row in reader:
        if any(cell.strip() for cell in row):
            yield reader.line_num, row


def _places(head: list[str]) -> dict[str, int]:
    titles = [title.strip().lower() for title in head]
    return {
        name: titles.index(title)
        for name, spellings in COLUMNS.items()
        for title in spellings
        if title in titles
    }
