"""A table of the rules as a sheet: one row each, cells spelled as in the rules, the law in columns of its own."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from common.messages import word
from rules_dsl import nodes as n
from rules_dsl.fact_types import FactType
from rules_dsl.keywords import spelled
from rules_dsl.line_printing import LinePrinter
from rules_dsl.spreadsheets.columns import BEFORE, BESIDE, LAW, VALUE
from rules_dsl.spreadsheets.sheet import CellValue, Share, Sheet

# The digits that programs for sheets keep of a number.
KEPT_DIGITS = 15


def sheet_of(
    table: n.Table, language: n.Language, facts: Mapping[str, FactType], *, plain: bool = False
) -> Sheet:
    """The table with its keys under their titles. `plain`: every cell a text, for files that know nothing else."""
    writing = _Writing(table, language, facts, plain)
    return Sheet(table.name, (tuple(writing.head()), *(tuple(writing.row(row)) for row in table.rows)))


class _Writing:
    def __init__(
        self, table: n.Table, language: n.Language, facts: Mapping[str, FactType], plain: bool
    ) -> None:
        self.table, self.language, self.facts, self.plain = table, language, facts, plain
        self.printer = LinePrinter(language)
        self.unit = "" if plain else _common_unit(table.rows)
        self.with_before = any(row.comments.before for row in table.rows)
        self.with_beside = any(row.comments.beside for row in table.rows)

    def head(self) -> Iterator[str]:
        for key in self.table.keys:
            title = self.facts[key.path].title.in_(self.language) if key.path in self.facts else ""
            name = self.printer.name(key.path)
            yield f"{title} ({name})" if title else name
        yield f"{self._word(VALUE)} ({VALUE} {self.unit}".rstrip() + ")"
        for mark in LAW:
            yield f"{self._word(mark)} ({spelled(mark, self.language)})"
        for mark, there in ((BEFORE, self.with_before), (BESIDE, self.with_beside)):
            if there:
                yield f"{self._word(BESIDE)} ({mark})"

    def row(self, row: n.TableRow) -> Iterator[CellValue]:
        yield from (self.printer.cell(cell) for cell in row.cells)
        yield self._value(row.value)
        yield from (self._day(day) for day in (row.law.from_on, row.law.until_on))
        yield self._lines(row.law.cites)
        if self.with_before:
            yield self._lines(row.comments.before)
        if self.with_beside:
            yield row.comments.beside or None

    def _lines(self, texts: Sequence[str]) -> CellValue:
        """A line each; between quotes what would not come back as it is."""
        return "\n".join(text if _comes_back(text) else self.printer.text(text) for text in texts) or None

    def _value(self, value: n.Constant) -> CellValue:
        """A figure where it is written as one and keeps its digits; else as in the rules."""
        number = value if isinstance(value, n.Number) else value.number
        if self.plain or number.scale != "one" or not _is_kept(number.digits):
            return self.printer.atom(value)
        match value:
            case n.Percentage():
                return Share(number.digits) if _is_kept(number.digits / 100) else self.printer.atom(value)
            case n.Amount() if not self.unit:
                return self.printer.atom(value)
        return number.digits

    def _day(self, day: date | None) -> CellValue:
        return day.isoformat() if day and self.plain else day

    def _word(self, mark: str) -> str:
        return word(f"@rules.sheet.{WORDS[mark]}", self.language) or mark


WORDS = {VALUE: "value", BESIDE: "note", "from_on": "from_on", "until_on": "until_on", "cites": "cites"}


def _comes_back(text: str) -> bool:
    return text == text.strip() and text[:1] not in ("", '"')


def _common_unit(rows: Sequence[n.TableRow]) -> str:
    """The currency of all values but percentages; "" when they have several, or some have none."""
    plain = (row.value for row in rows if not isinstance(row.value, n.Percentage))
    units = {value.currency if isinstance(value, n.Amount) else "" for value in plain}
    return units.pop() if len(units) == 1 else ""


def _is_kept(number: Decimal) -> bool:
    """Whether a program for sheets shows this very number again."""
    return len(number.normalize().as_tuple().digits) <= KEPT_DIGITS and Decimal(repr(float(number))) == number
