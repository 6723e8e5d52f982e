"""What a sheet changes in a table, row by row, as a person would tell it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rules_dsl import nodes as n
from rules_dsl.line_printing import LinePrinter


@dataclass(frozen=True, slots=True)
class Change:
    """A row that comes, goes or gets another value or law. `row` is its row in the sheet, None: it has none."""

    kind: Literal["added", "removed", "changed"]
    before: str = ""
    after: str = ""
    row: int | None = None


def changes(old: n.Table, new: n.Table, language: n.Language) -> tuple[Change, ...]:
    """In the order of the sheet, then what is gone."""
    return tuple(_changes(old, new, LinePrinter(language)))


def is_reordered(old: n.Table, new: n.Table) -> bool:
    """Whether the same rows stand in another order: of a `first` table the order decides."""
    kept = [row for row in old.rows if row in new.rows]
    return kept != [row for row in new.rows if row in old.rows]


def _changes(old: n.Table, new: n.Table, printer: LinePrinter) -> Iterator[Change]:
    left: dict[tuple[n.Cell, ...], list[n.TableRow]] = defaultdict(list)
    for row in old.rows:
        left[row.cells].append(row)
    # Rows that stay are found first, so that of two rows with equal cells the changed one is told as changed.
    moved = []
    for row in new.rows:
        if row in left[row.cells]:
            left[row.cells].remove(row)
        else:
            moved.append(row)
    for row in moved:
        before = left[row.cells].pop(0) if left[row.cells] else None
        told = _told(row, printer)
        if before is None:
            yield Change("added", after=told, row=row.place.line)
        else:
            yield Change("changed", _told(before, printer), told, row.place.line)
    yield from (Change("removed", _told(row, printer)) for rows in left.values() for row in rows)


def _told(row: n.TableRow, printer: LinePrinter) -> str:
    law = row.law
    dates = ((printer.word("from_on"), law.from_on), (printer.word("until_on"), law.until_on))
    words = [printer.table_row(row), *(f"{name} {day.isoformat()}" for name, day in dates if day)]
    if law.cites:
        words.append(f"{printer.word('cites')} {', '.join(map(printer.text, law.cites))}")
    return " ".join(words)
