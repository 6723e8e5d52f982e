"""Tables, interpolations and rates over a generated form: mostly whole, sometimes with a case left out."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from rules_dsl import nodes as n
from rules_dsl.fact_types import FactType, Scope
from tests.rules_dsl.promise_forms import VALUES, Draw

CITED = n.Law(cites=("Luật",))
# One table in so many leaves a case out, or lets two rows meet.
MOSTLY = 25
# Hypothesis likes the ends of a range.
UNLIKELY = 17
KEYS = ("choice", "choices", "boolean", "integer", "decimal", "money", "date", "text")
USD = n.Rate(
    name="usd",
    law=CITED,
    source="USD",
    target="VND",
    on=n.Call("last_working_day", (n.Name("dossier.received_on"),)),
)


def number(value: int | Decimal) -> n.Number:
    return n.Number(Decimal(value))


def vnd(value: int) -> n.Amount:
    return n.Amount(number(value), "VND")


def table(draw: Draw, name: str, known: Scope, rows: str | None) -> n.Table:
    """Amounts by two or three keys: rows that cut up the first, and mostly one for all the rest."""
    keys = draw(st.lists(st.sampled_from(_keys(known, rows)), min_size=2, max_size=3, unique=True))
    columns = [_cells(draw, known.facts[key]) for key in keys]
    found = [
        n.TableRow((cell, *(draw(st.sampled_from(column)) for column in columns[1:])), vnd(price))
        for price, cell in enumerate(columns[0])
    ]
    if draw(st.integers(0, MOSTLY)) != UNLIKELY:
        found.append(n.TableRow((n.AnyCell(),) * len(keys), vnd(1_000)))
    policy = "unique" if draw(st.integers(0, MOSTLY)) == UNLIKELY else "first"
    return n.Table(name=name, law=CITED, keys=tuple(map(n.Name, keys)), policy=policy, rows=tuple(found))


def whole_table(draw: Draw, name: str, known: Scope) -> n.Table:
    """A unique table by one key, each value of which has its row."""
    key = draw(st.sampled_from(_keys(known, None)))
    fact = known.facts[key]
    cells = _cells(draw, fact) if fact.kind not in ("text", "choices") else [n.AnyCell()]
    if not fact.always and cells != [n.AnyCell()]:
        cells.append(n.BlankCell())
    rows = tuple(n.TableRow((cell,), vnd(price)) for price, cell in enumerate(cells))
    return n.Table(name=name, law=CITED, keys=(n.Name(key),), rows=rows)


def interpolation(draw: Draw, name: str, quantity: n.Expression) -> n.Interpolation:
    at = sorted(draw(st.sets(st.integers(0, 10**6), min_size=2, max_size=4)))
    values = draw(st.lists(st.decimals(0, 9, places=2), min_size=len(at), max_size=len(at)))
    points = tuple(n.Point(number(x), number(y)) for x, y in zip(at, values, strict=True))
    return n.Interpolation(name=name, law=CITED, quantity=quantity, points=points)


def _keys(known: Scope, rows: str | None) -> list[str]:
    kinds = {name: fact for name, fact in known.facts.items() if fact.kind in KEYS}
    return sorted(name for name, fact in kinds.items() if fact.rows in (None, rows))


def _cells(draw: Draw, fact: FactType) -> list[n.Cell]:
    """Cells that cut the values of the fact into parts, every value in one of them but for texts."""
    match fact.kind:
        case "boolean":
            return [n.ValuesCell((n.Truth(True),)), n.ValuesCell((n.Truth(False),))]
        case "choice" | "choices" | "text":
            words = list(fact.values) or VALUES
            cut = draw(st.integers(1, len(words)))
            parts: Sequence[Sequence[str]] = [part for part in (words[:cut], words[cut:]) if part]
            return [n.ValuesCell(tuple(map(n.Word, part))) for part in parts]
    high = 1000 if fact.maximum is None else max(1, int(fact.maximum))
    limit: Any = number(draw(st.integers(1, high)))
    if fact.kind == "date":
        limit = n.Day(date(2024, 1, 1) + timedelta(days=draw(st.integers(0, 1500))))
    below, above = "below", "from"
    if fact.maximum is None and draw(st.booleans()):
        below, above = "up_to", "above"
    return [n.RangeCell((n.CellBound(below, limit),)), n.RangeCell((n.CellBound(above, limit),))]
