"""Each row of a table has a cell for each key, of the kind of that key."""

from collections.abc import Iterator

from common.problems import Finding
from rules_dsl import nodes as n
from rules_dsl.checks.checked import Checked
from rules_dsl.kind import Kind, KindName

# Beyond this nobody reads a table, and no check looks through it.
MOST_KEYS = 12
FITTING: dict[type[n.Node], tuple[KindName, ...]] = {
    n.Word: ("text", "choice", "choices"),
    n.Truth: ("boolean",),
    n.Amount: ("money",),
    n.Day: ("date",),
}
MEMBER: tuple[KindName, ...] = ("integer", "decimal")
LIMIT: tuple[KindName, ...] = ("integer", "decimal", "money")


def misfitting_cells(checked: Checked) -> Iterator[Finding]:
    for table in checked.kinds.tables.values():
        if len(table.keys) > MOST_KEYS:
            yield checked.finding("rules.too_many_keys", table, name=table.name, most=MOST_KEYS)
        for row in table.rows:
            if len(row.cells) != len(table.keys):
                count = len(row.cells)
                yield checked.finding("rules.count_of_cells", row, found=count, wanted=len(table.keys))
            else:
                yield from _misfits(row, table, checked)


def has_misfits(table: n.Table, checked: Checked) -> bool:
    """Whether the table cannot be looked through: a cell that does not fit, a key of which nothing is known."""
    return (
        len(table.keys) > MOST_KEYS
        or not all(checked.kinds.of_name(key.path).is_known for key in table.keys)
        or any(len(row.cells) != len(table.keys) for row in table.rows)
        or any(True for row in table.rows for _ in _misfits(row, table, checked))
    )


def _misfits(row: n.TableRow, table: n.Table, checked: Checked) -> Iterator[Finding]:
    for cell, key in zip(row.cells, table.keys, strict=True):
        kind = checked.kinds.of_name(key.path)
        for part, fitting in _parts(cell):
            found = checked.kinds.of(part)
            if kind.is_known and kind.name not in fitting:
                yield checked.finding("rules.kinds_not_compared", part, left=kind.term, right=found.term)
            elif _other_currency(kind, found):
                yield checked.finding(
                    "rules.units_do_not_mix", part, left=kind.currency, right=found.currency
                )


def _parts(cell: n.Cell) -> Iterator[tuple[n.Expression, tuple[KindName, ...]]]:
    """The values of a cell, each with the kinds of key that it fits."""
    match cell:
        case n.ValuesCell():
            yield from ((member, FITTING.get(type(member), MEMBER)) for member in cell.members)
        case n.RangeCell():
            yield from ((bound.limit, FITTING.get(type(bound.limit), LIMIT)) for bound in cell.bounds)


def _other_currency(kind: Kind, found: Kind) -> bool:
    return kind.name == found.name == "money" and kind.currency != found.currency
