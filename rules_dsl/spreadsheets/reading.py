"""A sheet as rows of a table: everything that is wrong in one pass, each with the address of its cell."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from common.problems import Finding
from rules_dsl import nodes as n
from rules_dsl.fact_types import FactType
from rules_dsl.spreadsheets.cells import Written, understood
from rules_dsl.spreadsheets.columns import BEFORE, BESIDE, LAW, VALUE, Columns, columns_of
from rules_dsl.spreadsheets.placing import at
from rules_dsl.spreadsheets.sheet import (
    LONGEST_CELL,
    Broken,
    CellValue,
    Formula,
    Sheet,
    address,
    finding_at,
    of_the_file,
)
from rules_dsl.spreadsheets.spelling import Spelling

MOST_FINDINGS = 200
_ESCAPED = re.compile(r"\\(.)")
DATES = ("from_on", "until_on")


def read_table(
    sheet: Sheet, table: n.Table, language: n.Language, facts: Mapping[str, FactType]
) -> n.Table | tuple[Finding, ...]:
    """The table with the rows of the sheet, every node at the row and column of its cell.

    Title, law, keys and policy stay as they are. Where the sheet has no column for comments, rows that are
    still there keep theirs.
    """
    if not sheet.rows or not any(sheet.rows):
        return of_the_file("rules.sheet.empty")
    columns = columns_of(sheet.rows[0], table, facts)
    if not isinstance(columns, Columns):
        return columns
    reading = _Reading(sheet, table, columns, Spelling(language), facts)
    rows = tuple(reading.rows(language))
    if reading.findings:
        return tuple(reading.findings[:MOST_FINDINGS])
    return replace(table, rows=rows, place=n.Place(1, 1))


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell that is read as a part of a row; `column` counts from 0."""

    row: int
    column: int
    written: Written


class _Reading:
    def __init__(
        self,
        sheet: Sheet,
        table: n.Table,
        columns: Columns,
        spelling: Spelling,
        facts: Mapping[str, FactType],
    ) -> None:
        self.sheet, self.table, self.columns = sheet, table, columns
        self.spelling, self.facts = spelling, facts
        self.findings: list[Finding] = []
        self.comments = {row.cells: row.comments for row in table.rows}

    def rows(self, language: n.Language) -> Iterator[n.TableRow]:
        filled = [
            number for number, row in enumerate(self.sheet.rows[1:], 2) if any(c is not None for c in row)
        ]
        parts = {number: dict(self._parts(number)) for number in filled}
        known = understood([part.written for row in parts.values() for part in row.values()], language)
        for number, row in parts.items():
            nodes = {mark: self._node(part, known[part.written]) for mark, part in row.items()}
            if not self.findings:
                yield self._row(number, nodes)

    def _parts(self, row: int) -> Iterator[tuple[Any, _Cell]]:
        """The cells of a row that the grammar reads, by number of key or by mark."""
        for number, (column, key) in enumerate(zip(self.columns.keys, self.table.keys, strict=True)):
            value = self._value(row, column)
            if self._is_readable(value, row, column, needed=True):
                text = self.spelling.cell(value, self.facts.get(key.path))
                yield number, _Cell(row, column, Written("cell", text))
        column = self.columns.others[VALUE]
        value = self._value(row, column)
        if self._is_readable(value, row, column, needed=True):
            text = self.spelling.value(value, self.columns.unit)
            yield VALUE, _Cell(row, column, Written("value", text))
        for mark in DATES:
            column = self.columns.others.get(mark, -1)
            value = self._value(row, column)
            if self._is_readable(value, row, column):
                yield mark, _Cell(row, column, Written("day", self.spelling.day(value)))

    def _value(self, row: int, column: int) -> CellValue:
        cells = self.sheet.rows[row - 1]
        return cells[column] if 0 <= column < len(cells) else None

    def _is_readable(self, value: CellValue, row: int, column: int, *, needed: bool = False) -> bool:
        code, found = "", ""
        match value:
            case None:
                code = "rules.sheet.blank_cell" if needed else ""
            case Formula(text):
                code, found = "rules.sheet.formula", text
            case Broken(text):
                code, found = "rules.sheet.broken_cell", text
            case str() if len(value) > LONGEST_CELL:
                code = "rules.sheet.long_cell"
        if code:
            self.findings.append(finding_at(code, row, column + 1, found=found, most=LONGEST_CELL))
        return value is not None and not code

    def _node(self, part: _Cell, node: Any) -> Any:
        """What the grammar made of the cell, placed in the sheet; its findings are told at the cell."""
        place = n.Place(part.row, part.column + 1)
        if isinstance(node, tuple) and (answers := self._answers(part)):
            found = str(self._value(part.row, part.column))
            wrong = finding_at(
                "rules.sheet.no_such_answer", part.row, part.column + 1, found=found, **answers
            )
            self.findings.append(wrong)
            return None
        if isinstance(node, tuple):
            where = address(place.line, place.column)
            self.findings += [
                replace(finding, where=where, line=place.line, column=place.column) for finding in node
            ]
            return None
        return node if isinstance(node, date) else at(node, place)

    def _answers(self, part: _Cell) -> Mapping[str, str]:
        """The answers that the cell may name, as applicants read them in both languages; empty for other cells."""
        if part.written.part != "cell":
            return {}
        key = self.table.keys[self.columns.keys.index(part.column)]
        labels = self.facts[key.path].labels.values() if key.path in self.facts else ()
        if not labels:
            return {}
        return {
            "answers": ", ".join(label.vi for label in labels),
            "answers_en": ", ".join(label.in_("en") for label in labels),
        }

    def _row(self, number: int, nodes: Mapping[Any, Any]) -> n.TableRow:
        cells = tuple(nodes[key] for key in range(len(self.table.keys)))
        law = n.Law(self._cites(number), nodes.get("from_on"), nodes.get("until_on"))
        place = n.Place(number, 1)
        return n.TableRow(cells, nodes[VALUE], law=law, comments=self._comments(number, cells), place=place)

    def _cites(self, row: int) -> tuple[str, ...]:
        return self._lines(row, LAW[-1])

    def _comments(self, row: int, cells: tuple[n.Cell, ...]) -> n.Comments:
        if not {BEFORE, BESIDE} & self.columns.others.keys():
            return self.comments.get(cells, n.NO_COMMENTS)
        value = self._value(row, self.columns.others.get(BESIDE, -1))
        beside = " ".join(str(value).split("\n")) if isinstance(value, str) else ""
        return n.Comments(self._lines(row, BEFORE), beside)

    def _lines(self, row: int, mark: str) -> tuple[str, ...]:
        column = self.columns.others.get(mark, -1)
        value = self._value(row, column)
        if not self._is_readable(value, row, column):
            return ()
        lines = (line.strip() for line in str(value).split("\n"))
        return tuple(_unquoted(line) for line in lines if line)


def _unquoted(line: str) -> str:
    """What stands between quotes, as in the rules; a line without them as it is."""
    is_quoted = len(line) > 1 and line[0] == line[-1] == '"'
    return _ESCAPED.sub(r"\1", line[1:-1]) if is_quoted else line
