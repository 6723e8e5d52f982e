"""Rule files over a generated form: every kind of rule and line there is, mostly sound."""

from datetime import time
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from common.money import Money
from common.text import Text
from rules_dsl import nodes as n
from rules_dsl.evaluation import ParameterValue
from rules_dsl.facts import Scope, scope
from tests.rules_dsl.promise import BEGINS, Typed
from tests.rules_dsl.promise_forms import Draw, forms
from tests.rules_dsl.promise_lookups import (
    CITED,
    USD,
    interpolation,
    number,
    table,
    vnd,
    whole_table,
)

STARTS = [None, n.Name("dossier.submitted_at"), n.Name("dossier.received_on")]
TITLE = Text("Quy tắc")
HOURS = ((time(7, 30), time(11, 30)), (time(13, 30), time(17, 30)))
CHANGES = [n.AtMost, n.AtLeast, n.Plus, n.Less, n.Times, n.Reduce, n.Rounded]
# What the province has set for the two parameters that are its own.
LOCAL = {
    "local_fee": (ParameterValue(Money(8_000)), ParameterValue(Money(0), keys=("online",))),
    "local_rate": (ParameterValue(Decimal("12.5")),),
}
PARAMETERS: list[n.AnyRule] = [
    n.Parameter(
        name="base",
        law=CITED,
        values=(
            n.DatedConstant(vnd(1_800_000)),
            n.DatedConstant(vnd(2_340_000), law=n.Law(from_on=BEGINS)),
        ),
    ),
    n.Parameter(
        name="local_fee",
        local=n.LocalSetting("province", vnd(0), vnd(500_000), (n.Name("dossier.channel"),)),
    ),
    n.Parameter(
        name="local_rate",
        local=n.LocalSetting("unit", n.Percentage(number(0)), n.Percentage(number(50))),
    ),
]


def percentage(draw: Draw) -> n.Percentage:
    return n.Percentage(number(draw(st.integers(0, 100))))


def amount_rule(draw: Draw, name: str, known: Scope) -> n.AmountRule:
    each = draw(st.sampled_from([None, None, "rows"]))
    typed = Typed(draw, known, each)
    clauses: list[Any] = []
    for _ in range(draw(st.integers(0, 2))):
        giving = draw(st.sampled_from([n.Exempt, n.Pay]))
        amount = () if giving is n.Exempt else (typed.of("money"),)
        clauses.append(giving(*amount, when=typed.of("boolean"), law=typed.law()))
    clauses.append(draw(st.sampled_from([tariff, grades, plain]))(typed))
    clauses += [change(typed) for _ in range(draw(st.integers(0, 3)))]
    return n.AmountRule(
        kind="fee",
        name=name,
        title=TITLE,
        law=CITED,
        clauses=tuple(clauses),
        each=each,
        as_of=draw(st.sampled_from(["reception", "filing"])),
        combine=draw(st.sampled_from(["highest", "sequence", "waiver_first"])),
    )


def change(typed: Typed) -> n.AmountClause:
    """A line that changes an amount."""
    kind: Any = typed.pick(CHANGES)
    modifiers: dict[str, Any] = {"when": typed.condition(), "law": typed.law()}
    if kind is n.Rounded:
        way = typed.pick(["half_up", "up", "down"])
        return n.Rounded(vnd(typed.draw(st.integers(1, 5000))), way, **modifiers)
    if kind is n.Reduce and typed.draw(st.booleans()):
        return n.Reduce(percentage(typed.draw), **modifiers)
    changed: n.AmountClause = kind(typed.of("integer" if kind is n.Times else "money"), **modifiers)
    return changed


def plain(typed: Typed) -> n.Pay:
    return n.Pay(typed.of("money"))


def tariff(typed: Typed) -> n.Brackets:
    limits = sorted(typed.draw(st.sets(st.integers(1, 10**6), min_size=1, max_size=3)))
    part = typed.pick([n.Excess(), n.Whole()])
    rate = n.Sum(typed.literal("money"), (("+", n.Share(percentage(typed.draw), part)),))
    below, rest = typed.pick([("up_to", "above"), ("below", "from")])
    rows = [n.Bracket((n.Bound(below, number(limit)),), rate) for limit in limits]
    last = n.Bracket(typed.pick([(), (n.Bound(rest, number(limits[-1])),)]), rate)
    return n.Brackets(typed.of("money"), (*rows, last))


def grades(typed: Typed) -> n.Grades:
    starts = sorted(typed.draw(st.sets(st.integers(1, 9), min_size=1, max_size=3)))
    return n.Grades(typed.of("integer"), tuple(n.Grade(start, typed.literal("money")) for start in starts))


def term(typed: Typed) -> n.Term:
    """A term in days, hours or settled at once, with what may be said of one."""
    draw = typed.draw
    counted = draw(st.sampled_from(["working_day", "calendar_day", "month", "hour", "working_hour", None]))
    otherwise = n.TermClause(None if counted is None else n.Period(draw(st.integers(1, 40)), counted))
    soon = n.TermClause(n.Period(draw(st.integers(1, 20)), "working_day"), when=typed.of("boolean"))
    by_hours = counted in ("working_day", "working_hour") and draw(st.booleans())
    return n.Term(
        name="limit",
        title=TITLE,
        law=CITED,
        clauses=(soon, otherwise),
        since=typed.pick(STARTS),
        cut_off=typed.pick([None, time(15)]),
        hours=HOURS if by_hours else None,
        supplement=typed.pick([None, "restart", "pause", "continue"]),
        extension=typed.pick([None, n.Prolongation(n.Period(2, "working_day"), 2)]),
    )


def component(typed: Typed) -> n.Component:
    copies = typed.pick([{"originals": 1}, {"certified": 2}, {"photocopies": 1, "originals": 1}])
    return n.Component(
        name="paper", title=TITLE, when=typed.condition(), one_of=typed.pick([None, "proof"]), **copies
    )


@st.composite
def pairs(draw: Draw) -> tuple[dict[str, Any], n.RuleFile]:
    """A form and a file of rules over it."""
    schema = draw(forms())
    known = scope(schema)
    typed = Typed(draw, known)
    plain_typed = Typed(draw, known, has_lookups=False)
    both = n.Sum(n.Name("fee_1"), (("+", n.Name("worth")),))
    officer = n.Assignee("officer", typed.of("text", 0), when=typed.of("boolean"))
    rules: list[n.AnyRule] = [
        *PARAMETERS,
        USD,
        table(draw, "price", known, None),
        table(draw, "price_by_row", known, "rows"),
        whole_table(draw, "whole_price", known),
        interpolation(draw, "share", plain_typed.of(typed.pick(["integer", "decimal", "money"]))),
        n.Always(name="", claim=typed.of("boolean")),
        n.Always(name="", claim=n.Monotony(n.Name("fee_1"), "never_falls", n.Name("worth"))),
        n.Let(name="worth", value=typed.of("money")),
        amount_rule(draw, "fee_1", known),
        n.AmountRule(kind="charge", name="fee_2", title=TITLE, law=CITED, clauses=(n.Pay(both),)),
        n.Condition(name="may", title=TITLE, requires=typed.of("boolean", 3)),
        component(typed),
        n.Choice(name="way", options=(n.Option("left", when=typed.of("boolean")), n.Option("right"))),
        n.Choice(name="side", options=(n.Option("left", when=plain_typed.of("boolean")), n.Option("right"))),
        n.Assign(name="who", assignees=(officer, n.Assignee("clerk"))),
        term(typed),
    ]
    return schema, n.RuleFile("en", tuple(rules))
