"""What rules look up by name, over facts alone: tables, points, parameters, a choice, names for expressions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from rules_dsl import nodes as n
from tests.rules_dsl.promise import Typed
from tests.rules_dsl.promise_forms import VALUES
from tests.rules_dsl.promise_lookups import CITED
from tests.rules_dsl.promise_rules import TITLE

if TYPE_CHECKING:
    from tests.rules_dsl.oracle.files import Richer

DAYS = [date(2024, 1, 1), date(2024, 7, 1), date(2025, 6, 1), date(2026, 1, 1)]
USD = n.Rate(name="usd", title=TITLE, law=CITED, source="USD", target="VND", on=n.Name("dossier.received_on"))


def vnd(amount: int | Decimal) -> n.Amount:
    return n.Amount(n.Number(Decimal(amount)), "VND")


def number(value: int | Decimal) -> n.Number:
    return n.Number(Decimal(value))


def lookups(typed: Richer) -> list[n.AnyRule]:
    """Tables and the like, which read nothing but facts."""
    draw, plain = typed.draw, Typed(typed.draw, typed.scope, has_lookups=False)
    keys = (n.Name("choice_0"), n.Name("integer_0"), n.Name(typed.pick(["date_0", "boolean_0", "choices_0"])))
    rows = [_row(typed, keys) for _ in range(draw(st.integers(1, 4)))]
    rest = n.TableRow((n.AnyCell(),) * 3, vnd(77))
    by_value = [n.TableRow((n.ValuesCell((n.Word(word),)),), vnd(5), law=typed.law()) for word in VALUES]
    bounds = st.sampled_from([vnd(1_000), vnd(Decimal("2500.5"))])
    points = sorted(draw(st.sets(st.integers(0, 10**6), min_size=2, max_size=4)))
    return [
        n.Table(name="by_kind", title=TITLE, law=CITED, keys=keys, policy="first", rows=(*rows, rest)),
        n.Table(
            name="only_one",
            title=TITLE,
            law=CITED,
            keys=(n.Name("choice_1"),),
            rows=(*by_value, *rows_blank()),
        ),
        n.Interpolation(
            name="slope",
            title=TITLE,
            law=n.Law(("Luật",), typed.law().from_on),
            quantity=plain.of("money", 1),
            points=tuple(
                n.Point(number(at), n.Percentage(number(draw(st.decimals(0, 9, places=3))))) for at in points
            ),
        ),
        USD,
        n.Parameter(
            name="base",
            title=TITLE,
            law=CITED,
            values=tuple(n.DatedConstant(draw(bounds), law=n.Law((), day)) for day in DAYS[1:3]),
        ),
        n.Parameter(
            name="local_fee",
            title=TITLE,
            law=CITED,
            local=n.LocalSetting(
                "province", vnd(0), vnd(9_000), (n.Name("choice_0"),) * draw(st.integers(0, 1))
            ),
        ),
        n.Parameter(
            name="factor",
            title=TITLE,
            law=CITED,
            local=n.LocalSetting("unit", number(0), number(80)),
        ),
        n.Parameter(
            name="local_rate",
            title=TITLE,
            law=CITED,
            local=n.LocalSetting("unit", n.Percentage(number(0)), n.Percentage(number(100))),
        ),
        n.Choice(
            name="side",
            as_of=typed.day_of_law(),
            options=(
                n.Option("left", when=plain.of("boolean", 1), law=typed.law()),
                *(n.Option(word) for word in draw(st.sampled_from([["right"], ["left"], []]))),
            ),
        ),
        n.Let(name="worth", value=plain.of("money")),
        n.Let(name="half", value=n.Product(n.Name("worth"), (("/", number(2)),))),
    ]


def rows_blank() -> list[n.TableRow]:
    return [n.TableRow((n.BlankCell(),), vnd(6))]


def _row(typed: Richer, keys: tuple[n.Name, ...]) -> n.TableRow:
    return n.TableRow(
        tuple(_cell(typed, key.path) for key in keys), vnd(typed.draw(st.integers(0, 999))), law=typed.law()
    )


def _cell(typed: Richer, key: str) -> n.Cell:
    plain = typed.draw(st.sampled_from([n.AnyCell(), n.AnyCell(), n.BlankCell(), None]))
    if plain is not None:
        return plain
    match key.split("_")[0]:
        case "integer":
            low = typed.draw(st.integers(-2, 50))
            kinds = typed.pick([("from", "below"), ("above", "up_to")])
            return n.RangeCell((n.CellBound(kinds[0], number(low)), n.CellBound(kinds[1], number(low + 9))))
        case "date":
            return n.RangeCell((n.CellBound(typed.pick(["below", "from"]), n.Day(typed.pick(DAYS))),))
        case "boolean":
            return n.ValuesCell((n.Truth(typed.draw(st.booleans())),))
    words = typed.draw(st.lists(st.sampled_from(VALUES), min_size=1, max_size=2, unique=True))
    return n.ValuesCell(tuple(map(n.Word, words)))
