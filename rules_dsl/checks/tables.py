"""Every case has its row in a table, no two rows of a `unique` one meet, and every row can be read.

Told exactly for each key by itself, over the values that the form admits; that two answers never go together
is for the prover to see.
"""

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import or_
from typing import Any

from common.problems import Finding
from rules_dsl import nodes as n
from rules_dsl.checks.cells import has_misfits
from rules_dsl.checks.checked import Checked
from rules_dsl.checks.domains import Atom, domain
from rules_dsl.checks.guards import NOTHING, is_present
from rules_dsl.checks.holding import bits, rows_at

# How many values one table is tried with; what takes more is not looked through.
MOST_TRIALS = 200_000
Column = Sequence[tuple[Atom, int]]


def uncovered_tables(checked: Checked) -> Iterator[Finding]:
    for table in checked.kinds.tables.values():
        if not has_misfits(table, checked):
            yield from _Looking(table, checked).findings()


class _Looking:
    """A table by columns: the rows that take each of the values that make a difference to the key."""

    def __init__(self, table: n.Table, checked: Checked) -> None:
        self.table, self.checked = table, checked
        self.trials = 0
        self.columns = [self._column(number, key) for number, key in enumerate(table.keys)]

    def _column(self, number: int, key: n.Name) -> Column:
        cells = [row.cells[number] for row in self.table.rows]
        atoms = domain(key, cells, self.checked, blank=_may_be_blank(key, cells, self.checked))
        # Values that the same rows take make no difference: the first of them stands for all.
        by_rows: dict[int, Atom] = {}
        for atom, rows in zip(atoms, rows_at(atoms, cells), strict=True):
            by_rows.setdefault(rows, atom)
        return [(atom, rows) for rows, atom in by_rows.items()]

    def findings(self) -> Iterator[Finding]:
        missed = self._missed((1 << len(self.table.rows)) - 1, self.columns)
        if self.given_up:
            yield self.checked.finding("rules.table_too_wide", self.table, name=self.table.name)
            return
        if missed is not None:
            named = tuple(zip(self.table.keys, missed, strict=True))
            case: dict[str, Any] = {
                name: self._told(named, language) for name, language in (("case", "vi"), ("case_en", "en"))
            }
            yield self.checked.finding("rules.case_without_row", self.table, name=self.table.name, **case)
        idle = set(self._idle())
        for number in sorted(idle):
            yield self.checked.finding("rules.row_never_applies", self.table.rows[number])
        if self.table.policy == "unique":
            yield from self._meetings(idle)

    def _told(self, case: Sequence[tuple[n.Name, Atom]], language: str) -> str:
        """ "kind = house (Nhà ở), floors = 8"."""
        labels = self.checked.labels
        return ", ".join(
            f"{key.path} = {labels.keyed(key.path, atom.value, language) if atom.is_word else atom.text}"
            for key, atom in case
        )

    @property
    def given_up(self) -> bool:
        return self.trials > MOST_TRIALS

    def _missed(self, rows: int, columns: Sequence[Column]) -> tuple[Atom, ...] | None:
        """The values of a case that none of the rows takes; None when there is none, or it takes too long."""
        return _Search(self, columns).missed(rows, 0)

    def _idle(self) -> Iterator[int]:
        """Rows to which nothing is left: no case at all, or none that the rows before leave them."""
        possible = -1
        for column in self.columns:
            possible &= reduce(or_, (rows for _, rows in column), 0)
        for number in range(len(self.table.rows)):
            if not possible >> number & 1 or self._is_taken_before(number):
                yield number

    def _is_taken_before(self, number: int) -> bool:
        """Whether rows that are in force all the while take each case of the row."""
        law = self.table.rows[number].law
        before = sum(1 << earlier for earlier in range(number) if _spans(self.table.rows[earlier].law, law))
        if self.table.policy != "first" or not before or self.given_up:
            return False
        self.trials += sum(map(len, self.columns))
        own = [[(atom, rows) for atom, rows in column if rows >> number & 1] for column in self.columns]
        return self._missed(before, own) is None and not self.given_up

    def _meetings(self, idle: set[int]) -> Iterator[Finding]:
        """Each row of a unique table that meets an earlier one."""
        meeting = [-1] * len(self.table.rows)
        for column in self.columns:
            together = [0] * len(self.table.rows)
            for _, rows in column:
                for number in bits(rows):
                    together[number] |= rows
            meeting = [rows & more for rows, more in zip(meeting, together, strict=True)]
        for number, row in enumerate(self.table.rows):
            earlier = (first for first in bits(meeting[number] & (1 << number) - 1) if first not in idle)
            met = (self.table.rows[first] for first in earlier)
            other = next((other for other in met if not _apart(row.law, other.law)), None)
            if other is not None and number not in idle:
                yield self.checked.finding("rules.rows_overlap", row, first=other.place.line)


class _Search:
    """Looks for a case that none of some rows takes, column by column."""

    def __init__(self, looking: _Looking, columns: Sequence[Column]) -> None:
        self.looking, self.columns = looking, columns
        self.seen: set[tuple[int, int]] = set()
        # Rows that take every value of this column and of all behind it.
        self.certain = [-1] * (len(columns) + 1)
        for number in reversed(range(len(columns))):
            every = self.certain[number + 1]
            for _, rows in columns[number]:
                every &= rows
            self.certain[number] = every

    def missed(self, rows: int, number: int) -> tuple[Atom, ...] | None:
        if number == len(self.columns):
            return None if rows else ()
        if (number, rows) in self.seen or rows & self.certain[number]:
            return None
        self.seen.add((number, rows))
        for atom, taking in self.columns[number]:
            self.looking.trials += 1
            if self.looking.given_up:
                return None
            rest = self.missed(rows & taking, number + 1)
            if rest is not None:
                return (atom, *rest)
        return None


def _may_be_blank(key: n.Name, cells: Sequence[n.Cell], checked: Checked) -> bool:
    """Whether the table is asked for what was not answered.

    Where no cell of the column speaks of that, the key is asked about before the table is read.
    """
    if not any(isinstance(cell, n.AnyCell | n.BlankCell) for cell in cells):
        return False
    return checked.kinds.rule(key.path) is not None or not is_present(key.path, NOTHING, checked.kinds)


def _spans(one: n.Law, other: n.Law) -> bool:
    """Whether one is in force whenever the other is."""
    begins = one.from_on is None or (other.from_on is not None and one.from_on <= other.from_on)
    ends = one.until_on is None or (other.until_on is not None and one.until_on >= other.until_on)
    return begins and ends


def _apart(one: n.Law, other: n.Law) -> bool:
    """Whether the two are never in force together."""
    return one.ends_before(other) or other.ends_before(one)
