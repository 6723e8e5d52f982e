"""Generates the value that a table gives for its keys."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from rules_dsl import nodes as n
from rules_dsl.generator import term as terms
from rules_dsl.generator.logbook import step_draft
from rules_dsl.generator.operations import constant_term
from rules_dsl.generator.term import Doubt, Term
from rules_dsl.generator.writer import Writer
from rules_dsl.kind import TEXT
from rules_dsl.moment import RulesNotChecked

ValueOf = Callable[[n.Expression, Writer], Term]


@dataclass(frozen=True, slots=True)
class Key:
    """Code of a key's value, None where it was lawfully not answered; and of why it is not known, None: it is."""

    value: str
    unknown: str


IDLE = Key("None", "None")


def table_value(table: n.Table, w: Writer, value_of: ValueOf) -> Term:
    """Writes a function that gives the value of the row that applies; keys are read from left to right."""
    if any(len(row.cells) != len(table.keys) for row in table.rows):
        raise RulesNotChecked(f"a row of {table.name} has not one cell for each key")
    w.leave_if_lapsed(table)
    keys = [_key(key, number, table, w, value_of) for number, key in enumerate(table.keys)]
    values = terms.aligned(*(constant_term(row.value) for row in table.rows))
    asked = ", ".join(
        f"({', '.join(codes)},)" for codes in ([k.value for k in keys], [k.unknown for k in keys])
    )
    w.line(f"row = TABLES[{table.name!r}].row({asked}, {_day(table, w)})")
    w.leave_where((Doubt("row"),))
    w.line(f"value = ({', '.join(value.code for value in values)},)[row]")
    low, high = min(value.low for value in values), max(value.high for value in values)
    kind = w.program.kinds.of_name(table.name)
    value = Term("value", kind, values[0].scale, low, high)
    _tell(table, value, w)
    w.line("return value")
    return replace(value, doubts=(Doubt("value"),))


def _key(key: n.Name, number: int, table: n.Table, w: Writer, value_of: ValueOf) -> Key:
    """A key that no row asks about is not read."""
    if all(isinstance(row.cells[number], n.AnyCell) for row in table.rows):
        return IDLE
    term = value_of(key, w)
    value = terms.as_decimal(term).code if term.is_number else term.code
    if not w.pending(term):
        return Key(value, "None")
    (doubt,) = term.doubts
    unknown = w.fresh(f"no_{key.path}")
    if doubt.of == "None":
        known = f"type({doubt.variable}) is not Unknown"
        w.line(f"{unknown} = None if {known} or {doubt.variable}.code == ABSENT else {doubt.variable}")
    else:
        known = f"{doubt.variable} is not None"
        w.line(f"{unknown} = None if {known} or {doubt.of} in facts.absent else missing(facts, {doubt.of})")
    plain = value == doubt.variable and doubt.of != "None"
    return Key(value if plain else f"{value} if {known} else None", unknown)


def _day(table: n.Table, w: Writer) -> str:
    """The day that counts, where some row has dates."""
    if not any(row.law.is_dated for row in table.rows):
        return "None"
    on = w.day()
    (doubt,) = on.doubts
    return f"{doubt.of} if {on.code} is None else {on.code}" if w.pending(on) else on.code


def _tell(table: n.Table, value: Term, w: Writer) -> None:
    """The notes of the rows stand one behind the other."""
    if w.traced:
        w.log(f"({len(w.program.notes)} + row, None, value, {table.name!r})")
        for row in table.rows:
            cites = row.law.cites or table.law.cites
            told = {"name": Term("", TEXT)}
            w.program.notes.append(step_draft("trace.table", row.place.line, value, told, cites))
