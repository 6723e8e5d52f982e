"""Which rows of a table apply, told from an index made once: a set of rows for every value that makes a difference.

Sets of rows are numbers, a bit for each row. So a table of thousands of rows is asked as quickly as a small one.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate
from operator import xor
from typing import Any

from rules_dsl import nodes as n
from rules_dsl.unknown import Unknown, joined

Key = Any
Limit = Decimal | date


@dataclass(frozen=True, slots=True)
class Column:
    """The rows that take each value of one key.

    `asking` are those whose cell is not `any`. A key that was not answered is taken by `blank`. `named` are the
    rows that name a value; between two neighbours of `limits`, and at each of them, one of `stretches` holds.
    """

    asking: int
    blank: int
    named: dict[Key, int]
    limits: Sequence[Limit]
    stretches: Sequence[int]

    @classmethod
    def of(cls, cells: Sequence[n.Cell]) -> "Column":
        free, blank, named = 0, 0, dict[Key, int]()
        ranges: dict[int, n.RangeCell] = {}
        for number, cell in enumerate(cells):
            match cell:
                case n.AnyCell():
                    free |= 1 << number
                case n.BlankCell():
                    blank |= 1 << number
                case n.RangeCell():
                    ranges[number] = cell
                case n.ValuesCell():
                    for member in cell.members:
                        named[member.value] = named.get(member.value, 0) | 1 << number
        limits = sorted({limit_value(bound.limit) for cell in ranges.values() for bound in cell.bounds})
        stretches = [free | rows for rows in _stretches(limits, ranges)]
        asking = (1 << len(cells)) - 1 ^ free
        return cls(asking, blank | free, named, limits, stretches)

    def taking(self, key: Key | None) -> int:
        if key is None:
            return self.blank
        if type(key) is tuple:
            # Of a list of choices one is enough.
            rows = self.stretches[0]
            for chosen in key:
                rows |= self.named.get(chosen, 0)
            return rows
        if not self.limits:
            return self.stretches[0] | self.named.get(key, 0)
        place = bisect_left(self.limits, key)
        at_limit = place < len(self.limits) and self.limits[place] == key
        return self.stretches[2 * place + at_limit] | self.named.get(key, 0)


def _stretches(limits: Sequence[Limit], ranges: dict[int, n.RangeCell]) -> list[int]:
    """The rows below the first limit, at it, between it and the second, and so on to above the last."""
    places = {limit: 2 * number + 1 for number, limit in enumerate(limits)}
    changes = [0] * (2 * len(limits) + 2)
    for number, cell in ranges.items():
        begin, end = 0, 2 * len(limits) + 1
        for bound in cell.bounds:
            at = places[limit_value(bound.limit)]
            match bound.kind:
                case "from":
                    begin = max(begin, at)
                case "above":
                    begin = max(begin, at + 1)
                case "up_to":
                    end = min(end, at + 1)
                case "below":
                    end = min(end, at)
        if begin < end:
            changes[begin] ^= 1 << number
            changes[end] ^= 1 << number
    return list(accumulate(changes, xor))[:-1]


def limit_value(limit: n.Number | n.Amount | n.Day) -> Limit:
    """The limit in whole units of whatever it limits."""
    return limit.number.value if isinstance(limit, n.Amount) else limit.value


@dataclass(frozen=True, slots=True)
class RowIndex:
    """A table made ready. `dated` are the rows that are in force in some days only."""

    table: n.Table
    columns: tuple[Column, ...]
    every: int
    dated: int

    @classmethod
    def of(cls, table: n.Table) -> "RowIndex":
        columns = zip(*(row.cells for row in table.rows), strict=False)
        dated = sum(1 << number for number, row in enumerate(table.rows) if row.law.is_dated)
        return cls(table, tuple(map(Column.of, columns)), (1 << len(table.rows)) - 1, dated)

    def row(
        self, keys: Sequence[Key | None], unknown: Sequence[Unknown | None], on: date | Unknown | None
    ) -> int | Unknown:
        """The number of the row that applies. `unknown` says of each key why it is not known, None: it is."""
        rows, doubtful = self.every, 0
        for column, key, why in zip(self.columns, keys, unknown, strict=True):
            if why is None:
                rows &= column.taking(key)
            else:
                doubtful |= column.asking
        lowest = rows & -rows
        if rows and not rows & (doubtful | self.dated) and (rows == lowest or self.table.policy == "first"):
            return lowest.bit_length() - 1
        return self._row_by_row(rows, unknown, on)

    def _row_by_row(
        self, rows: int, unknown: Sequence[Unknown | None], on: date | Unknown | None
    ) -> int | Unknown:
        """A row that would apply, but for its dates, says that the table is not in force."""
        applying, doubts, code = list[int](), list[Unknown](), "rules.no_row"
        for number in _bits(rows):
            why = self._doubts(number, unknown, on)
            if why:
                doubts += why
            elif self._in_force(number, on):
                applying.append(number)
            else:
                code = "rules.not_in_force"
            if self.table.policy == "first" and (applying or doubts):
                break
        if len(applying) > 1:
            return Unknown((self.table.name,), "rules.two_rows")
        if doubts:
            return joined(doubts)
        return applying[0] if applying else Unknown((self.table.name,), code)

    def _doubts(
        self, number: int, unknown: Sequence[Unknown | None], on: date | Unknown | None
    ) -> list[Unknown]:
        bit = 1 << number
        columns = zip(self.columns, unknown, strict=True)
        doubts = [why for column, why in columns if why is not None and column.asking & bit]
        if not doubts and self.dated & bit and isinstance(on, Unknown):
            doubts.append(on)
        return doubts

    def _in_force(self, number: int, on: date | Unknown | None) -> bool:
        return not self.dated >> number & 1 or (
            isinstance(on, date) and self.table.rows[number].law.in_force(on)
        )


def _bits(rows: int) -> Iterator[int]:
    """The numbers of the rows, the first first."""
    while rows:
        lowest = rows & -rows
        yield lowest.bit_length() - 1
        rows ^= lowest
