"""Generates the value that a table gives for its keys."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from rules_dsl import nodes as n
from rules_dsl.generator.operations import compared, constant_term, limit_term, one_of
from rules_dsl.generator.source import INDENT, tests, why
from rules_dsl.generator.term import Doubt, Term, aligned
from rules_dsl.generator.writer import Writer
from rules_dsl.kind import TEXT
from rules_dsl.limits import TESTS
from rules_dsl.moment import RulesNotChecked

ValueOf = Callable[[n.Expression, Writer], Term]


@dataclass(frozen=True, slots=True)
class Key:
    """What a table goes by: `given` tests that it has a value, `no` is the variable that says why it is not known.

    A key that was lawfully not answered has no value and is known.
    """

    term: Term
    given: str
    no: str


def table_value(table: n.Table, w: Writer, value_of: ValueOf) -> Term:
    """Writes a function that gives the value of the row that applies; keys are read from left to right."""
    w.taken |= {"lapsed", "applying", "doubt", "row"}
    w.leave_if_lapsed(table)
    if any(len(row.cells) != len(table.keys) for row in table.rows):
        raise RulesNotChecked(f"a row of {table.name} has not one cell for each key")
    keys = [_key(key, number, table, w, value_of) for number, key in enumerate(table.keys)]
    values = _values(table, w)
    write = _first if table.policy == "first" else _unique
    write(table, keys, values, w)
    kind = w.program.kinds.of_name(table.name)
    low, high = min(value.low for value in values), max(value.high for value in values)
    return replace(values[0], kind=kind, low=low, high=high, doubts=(Doubt("value"),))


def _values(table: n.Table, w: Writer) -> Sequence[Term]:
    return aligned(*(constant_term(row.value) for row in table.rows))


def _key(key: n.Name, number: int, table: n.Table, w: Writer, value_of: ValueOf) -> Key | None:
    """None for a key that no row asks about."""
    if all(isinstance(row.cells[number], n.AnyCell) for row in table.rows):
        return None
    term = value_of(key, w)
    no = w.fresh(f"no_{key.path}")
    if not w.pending(term):
        w.line(f"{no} = None")
        return Key(term, "", no)
    (doubt,) = term.doubts
    if doubt.of == "None":
        held, given = doubt.variable, f"type({doubt.variable}) is not Unknown"
        w.line(f"{no} = None if {given} or {held}.code == ABSENT else {held}")
    else:
        given = f"{doubt.variable} is not None"
        w.line(f"{no} = None if {given} or {doubt.of} in facts.absent else missing(facts, {doubt.of})")
    return Key(term, given, no)


@dataclass(frozen=True, slots=True)
class Policy:
    """What happens where it is not known whether a row applies (given the code of why), and where it does."""

    doubted: Callable[[str], None]
    applied: Callable[[int], None]


def _first(table: n.Table, keys: Sequence[Key | None], values: Sequence[Term], w: Writer) -> None:
    """The first row that applies, unless an earlier one might."""

    def applied(number: int) -> None:
        _step(table, number, values[number], w)
        w.line(f"return {values[number].code}")

    _rows(table, keys, Policy(lambda unknown: _say(w, f"return {unknown}"), applied), w)
    _no_row(table, w)


def _unique(table: n.Table, keys: Sequence[Key | None], values: Sequence[Term], w: Writer) -> None:
    """The only row that applies."""
    w.line("doubt, applying = None, []")
    policy = Policy(
        lambda unknown: _say(w, f"doubt = in_doubt(doubt, {unknown})"),
        lambda number: _say(w, f"applying.append({number})"),
    )
    _rows(table, keys, policy, w)
    w.line("if len(applying) > 1:")
    w.line(f"{INDENT}return {w.own_unknown(table.name, 'rules.two_rows')}")
    w.line("if doubt is not None:")
    w.line(f"{INDENT}return doubt")
    with w.block("if not applying:"):
        _no_row(table, w)
    w.line("row = applying[0]")
    for number, value in enumerate(values):
        with w.block(f"if row == {number}:"):
            _step(table, number, value, w)
            w.line(f"return {value.code}")


def _say(w: Writer, line: str) -> None:
    w.line(line)


def _rows(table: n.Table, keys: Sequence[Key | None], policy: Policy, w: Writer) -> None:
    """Row after row: a row that would apply, but for its dates, says that the table is not in force."""
    w.line("lapsed = False")
    for number, row in enumerate(table.rows):
        asked = _asked(row, table, keys)
        unknown = [key.no for key, _ in asked]
        with w.block(f"if {_possible(asked, w)}:"):
            head = "if True:"
            if unknown:
                with w.block(f"if {' or '.join(unknown)}:"):
                    policy.doubted(f"in_doubt({', '.join(unknown)})")
                head = "else:"
            with w.block(head):
                _dated(row, number, policy, w)


def _dated(row: n.TableRow, number: int, policy: Policy, w: Writer) -> None:
    if not row.law.is_dated:
        policy.applied(number)
        return
    in_force = w.in_force(row.law)
    pending = w.pending(in_force)
    if pending:
        with w.block(f"if {tests(pending)}:"):
            policy.doubted(why(pending))
    with w.block(f"{'elif' if pending else 'if'} {in_force.code}:"):
        policy.applied(number)
    w.line("else:")
    w.line(f"{INDENT}lapsed = True")


def _asked(row: n.TableRow, table: n.Table, keys: Sequence[Key | None]) -> list[tuple[Key, n.Cell]]:
    """The keys that the row asks about, each with its cell."""
    cells = zip(keys, row.cells, strict=True)
    return [(key, cell) for key, cell in cells if key is not None and not isinstance(cell, n.AnyCell)]


def _possible(asked: list[tuple[Key, n.Cell]], w: Writer) -> str:
    """That no cell is known not to hold."""
    return " and ".join(f"({key.no} or {_holds(cell, key, w)})" for key, cell in asked) or "True"


def _holds(cell: n.Cell, key: Key, w: Writer) -> str:
    """Whether the cell takes the key, where that is known. Not answered is `blank` and nothing else."""
    match cell:
        case n.BlankCell():
            return f"not ({key.given})" if key.given else "False"
        case n.ValuesCell():
            test = one_of(n.OneOf(n.Name(""), cell.members), key.term).code
        case n.RangeCell():
            kind = key.term.kind
            sides = [
                compared(key.term, TESTS[bound.kind], limit_term(bound.limit, kind, w), w).code
                for bound in cell.bounds
            ]
            test = " and ".join(sides)
        case _:
            raise AssertionError(cell)
    return f"{key.given} and {test}" if key.given else test


def _step(table: n.Table, number: int, value: Term, w: Writer) -> None:
    row = table.rows[number]
    told = {"name": Term(repr(table.name), TEXT)}
    w.step("trace.table", row.place.line, value, told, row.law.cites or table.law.cites)


def _no_row(table: n.Table, w: Writer) -> None:
    w.line("if lapsed:")
    w.line(f"{INDENT}return {w.own_unknown(table.name, 'rules.not_in_force')}")
    w.line(f"return {w.own_unknown(table.name, 'rules.no_row')}")
