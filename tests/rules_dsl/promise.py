"""Rules that mostly make sense for a form: what the promise is tried on."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from common.text import Text
from rules_dsl import nodes as n
from rules_dsl.facts import Scope, scope
from tests.rules_dsl.promise_forms import VALUES, Draw, forms
from tests.rules_dsl.promise_lookups import (
    CITED,
    UNLIKELY,
    USD,
    interpolation,
    number,
    table,
    vnd,
    whole_table,
)

STARTS = [None, n.Name("dossier.submitted_at"), n.Name("dossier.received_on")]
TABLES = ["price", "whole_price"]
TITLE = Text("Quy tắc")


@dataclass
class Typed:
    """Draws expressions of a wanted kind from a scope. Facts that may be absent are mostly guarded."""

    draw: Draw
    scope: Scope
    rows: str | None = None
    has_lookups: bool = True
    names: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, fact in self.scope.facts.items():
            if fact.rows == self.rows or fact.rows is None:
                self.names.setdefault(fact.kind, []).append(name)

    def pick(self, options: list[Any]) -> Any:
        return self.draw(st.sampled_from(options))

    def name(self, kind: str) -> n.Expression | None:
        """A fact of the kind; with a fallback where it may be absent."""
        names = self.names.get(kind, [])
        if not names:
            return None
        path = self.pick(names)
        name = n.Name(path)
        if self.scope.facts[path].always or self.draw(st.integers(0, 299)) == UNLIKELY:
            return name
        return n.Fallback(name, self.literal(kind))

    def literal(self, kind: str) -> n.Expression:
        match kind:
            case "integer":
                return n.Number(Decimal(self.draw(st.integers(0, 1000))))
            case "decimal":
                return n.Number(self.draw(st.decimals(0, 100, places=2)))
            case "money":
                return n.Amount(n.Number(Decimal(self.draw(st.integers(0, 10**7)))), "VND")
            case "date":
                return n.Day(self.draw(st.dates(date(1950, 1, 1), date(2030, 1, 1))))
            case "time":
                return n.ClockTime(self.draw(st.times()).replace(second=0, microsecond=0))
            case "boolean":
                return n.Truth(self.draw(st.booleans()))
        return n.Word(self.pick(VALUES))

    def of(self, kind: str, depth: int = 2) -> n.Expression:
        if depth and self.draw(st.integers(0, 2)):
            built: n.Expression = getattr(self, kind)(depth - 1)
            return built
        return self.name(kind) or self.literal(kind)

    def integer(self, depth: int) -> n.Expression:
        match self.draw(st.integers(0, 7)):
            case 0:
                return n.Sum(self.of("integer", depth), ((self.pick(["+", "-"]), self.of("integer", depth)),))
            case 1:
                return n.Product(self.of("integer", depth), (("*", self.of("integer", depth)),))
            case 2:
                return n.Sum(self.of("date", depth), (("-", self.of("date", depth)),))
            case 3:
                return n.Call("age", (self.of("date", depth), self.of("date", depth)))
            case 4:
                return n.Call("count", (self.pick([n.Name("rows"), n.Name("rows.boolean")]),))
            case 5:
                return n.Call("sum", (n.Name("rows.integer"),))
            case 6:
                return self.rounded("decimal", depth, number(self.draw(st.integers(1, 50))))
        return n.Call(
            self.pick(["largest", "smallest"]), (self.of("integer", depth), self.of("integer", depth))
        )

    def decimal(self, depth: int) -> n.Expression:
        if self.draw(st.integers(0, 3)) == 0 and self.rows is None and self.has_lookups:
            return n.Name("share")
        if self.draw(st.booleans()):
            divisor = self.pick([n.Number(Decimal(3)), self.name("integer") or n.Number(Decimal(7))])
            return n.Product(self.of("decimal", depth), (("/", divisor),))
        return n.Sum(self.of("decimal", depth), ((self.pick(["+", "-"]), self.of("integer", depth)),))

    def money(self, depth: int) -> n.Expression:
        match self.draw(st.integers(0, 7)):
            case 0:
                return n.Sum(self.of("money", depth), ((self.pick(["+", "-"]), self.of("money", depth)),))
            case 1:
                return n.Product(
                    self.of("money", depth), (("*", self.of(self.pick(["integer", "decimal"]), depth)),)
                )
            case 2:
                return n.Share(
                    n.Percentage(n.Number(self.draw(st.decimals(0, 100, places=1)))), self.of("money", depth)
                )
            case 3:
                return n.Call("sum", (n.Name("rows.money"),))
            case 4:
                return self.rounded("money", depth, vnd(self.draw(st.integers(1, 5000))))
            case 5 if self.has_lookups:
                return n.Converted(n.Amount(number(self.draw(st.integers(0, 900))), "USD"), n.Name("usd"))
            case 6 if self.has_lookups:
                return n.Name("price_by_row" if self.rows and self.draw(st.booleans()) else self.pick(TABLES))
        return n.Call(self.pick(["largest", "smallest"]), (self.of("money", depth), self.of("money", depth)))

    def rounded(self, kind: str, depth: int, unit: n.Expression) -> n.Expression:
        function = self.pick(["rounded", "rounded_up", "rounded_down"])
        return n.Call(function, (self.of(kind, depth), unit))

    def time(self, _depth: int) -> n.Expression:
        return n.Call("time_of", (n.Name(self.pick(["dossier.received_at", "dossier.submitted_at"])),))

    def date(self, depth: int) -> n.Expression:
        if self.draw(st.integers(0, 3)) == 0:
            function = self.pick(["last_working_day", "next_working_day"])
            return n.Call(function, (self.of("date", depth),))
        unit = self.pick(["day", "month", "working_day"])
        sign = self.pick(["+", "-"])
        return n.Sum(self.of("date", depth), ((sign, n.Period(self.draw(st.integers(0, 400)), unit)),))

    def boolean(self, depth: int) -> n.Expression:
        match self.draw(st.integers(0, 7)):
            case 0:
                return n.Not(self.of("boolean", depth))
            case 1 | 2:
                node = self.pick([n.All, n.Either])
                return node((self.of("boolean", depth), self.of("boolean", depth)))
            case 3:
                kind = self.pick(["integer", "decimal", "money", "date", "time"])
                return n.Comparison(self.of(kind, depth), self.pick(["=", "<", ">="]), self.of(kind, depth))
            case 4:
                period = n.Period(self.draw(st.integers(0, 90)), self.pick(["day", "month", "working_day"]))
                return n.Within(self.of("date", depth), period, self.of("date", depth))
            case 5:
                return n.Call(self.pick(["any", "every"]), (n.Name("rows.boolean"),))
            case 6:
                return self.guarded()
        return self.member()

    def member(self) -> n.Expression:
        subject = self.name(self.pick(["choice", "text", "choices"]))
        if subject is None or isinstance(subject, n.Fallback):
            return n.Truth(True)
        words = self.draw(st.lists(st.sampled_from(VALUES), min_size=1, unique=True))
        return n.OneOf(subject, tuple(map(n.Word, words)), self.draw(st.booleans()))

    def guarded(self) -> n.Expression:
        """`given x and x …`, or a guard by the choice that makes the field required."""
        optional = [
            name for name, fact in self.scope.facts.items() if fact.kind == "integer" and not fact.always
        ]
        own = [name for name in optional if self.scope.facts[name].rows == self.rows]
        if not own:
            return n.Truth(False)
        name = n.Name(self.pick(own))
        guard = n.OneOf(n.Name("choice_0"), (n.Word("a"),))
        by_choice = bool(self.scope.facts[name.path].present_when) and self.draw(st.booleans())
        return n.All((guard if by_choice else n.Given(name), n.Comparison(name, ">", n.Number(Decimal(3)))))

    def condition(self) -> n.Expression | None:
        return self.of("boolean") if self.draw(st.integers(0, 3)) else None

    def law(self) -> n.Law:
        return n.Law() if self.draw(st.integers(0, 3)) else n.Law(from_on=date(2025, 6, 1))


def amount_rule(draw: Draw, name: str, known: Scope) -> n.AmountRule:
    each = draw(st.sampled_from([None, None, "rows"]))
    typed = Typed(draw, known, each)
    clauses: list[Any] = []
    for _ in range(draw(st.integers(0, 2))):
        giving = draw(st.sampled_from([n.Exempt, n.Pay]))
        amount = () if giving is n.Exempt else (typed.of("money"),)
        clauses.append(giving(*amount, when=typed.of("boolean"), law=typed.law()))
    clauses.append(draw(st.sampled_from([tariff, grades, plain]))(typed))
    for change in draw(
        st.lists(
            st.sampled_from([n.AtMost, n.AtLeast, n.Plus, n.Less, n.Times, n.Reduce, n.Rounded]), max_size=3
        )
    ):
        if change is n.Rounded:
            way = draw(st.sampled_from(["half_up", "up", "down"]))
            clauses.append(n.Rounded(vnd(draw(st.integers(1, 5000))), way, when=typed.condition()))
            continue
        value = typed.of("integer" if change is n.Times else "money")
        if change is n.Reduce and draw(st.booleans()):
            value = n.Percentage(n.Number(Decimal(draw(st.integers(0, 100)))))
        clauses.append(change(value, when=typed.condition(), law=typed.law()))
    combine = draw(st.sampled_from(["highest", "sequence", "waiver_first"]))
    return n.AmountRule(
        kind="fee", name=name, title=TITLE, law=CITED, clauses=tuple(clauses), each=each, combine=combine
    )


def plain(typed: Typed) -> n.Pay:
    return n.Pay(typed.of("money"))


def tariff(typed: Typed) -> n.Brackets:
    limits = sorted(typed.draw(st.sets(st.integers(1, 10**6), min_size=1, max_size=3)))
    rate = n.Sum(
        typed.literal("money"), (("+", n.Share(n.Percentage(n.Number(Decimal("0.3"))), n.Excess())),)
    )
    rows = [n.Bracket((n.Bound("up_to", n.Number(Decimal(limit))),), rate) for limit in limits]
    return n.Brackets(typed.of("money"), (*rows, n.Bracket((), rate)))


def grades(typed: Typed) -> n.Grades:
    starts = sorted(typed.draw(st.sets(st.integers(1, 9), min_size=1, max_size=3)))
    return n.Grades(typed.of("integer"), tuple(n.Grade(start, typed.literal("money")) for start in starts))


@st.composite
def pairs(draw: Draw) -> tuple[dict[str, Any], n.RuleFile]:
    """A form and a file of rules over it."""
    schema = draw(forms())
    known = scope(schema)
    typed = Typed(draw, known)
    soon = n.TermClause(n.Period(draw(st.integers(1, 20)), "working_day"), when=typed.of("boolean"))
    otherwise = n.TermClause(n.Period(draw(st.integers(1, 40)), "calendar_day"))
    plain_typed = Typed(draw, known, has_lookups=False)
    rules: list[n.AnyRule] = [
        USD,
        table(draw, "price", known, None),
        table(draw, "price_by_row", known, "rows"),
        whole_table(draw, "whole_price", known),
        interpolation(draw, "share", plain_typed.of(typed.pick(["integer", "decimal", "money"]))),
        n.Always(name="", claim=typed.of("boolean")),
        n.Always(name="", claim=n.Monotony(n.Name("fee_1"), "never_falls", n.Name("worth"))),
        n.Let(name="worth", value=typed.of("money")),
        amount_rule(draw, "fee_1", known),
        n.AmountRule(
            kind="charge",
            name="fee_2",
            title=TITLE,
            law=CITED,
            clauses=(n.Pay(n.Sum(n.Name("fee_1"), (("+", n.Name("worth")),))),),
        ),
        n.Condition(name="may", title=TITLE, requires=typed.of("boolean", 3)),
        n.Component(name="paper", title=TITLE, originals=1, when=typed.condition()),
        n.Choice(name="way", options=(n.Option("left", when=typed.of("boolean")), n.Option("right"))),
        n.Assign(
            name="who",
            assignees=(
                n.Assignee("officer", typed.of("text", 0), when=typed.of("boolean")),
                n.Assignee("clerk"),
            ),
        ),
        n.Term(name="limit", title=TITLE, law=CITED, clauses=(soon, otherwise), since=typed.pick(STARTS)),
    ]
    return schema, n.RuleFile("en", tuple(rules))
