"""Expressions that mostly make sense for a form: what the rules of the promise are made of."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from common.clock import ZONE
from rules_dsl import nodes as n
from rules_dsl.facts import Scope
from tests.rules_dsl.promise_forms import VALUES, Draw
from tests.rules_dsl.promise_lookups import UNLIKELY, number, vnd

TABLES = ["price", "whole_price"]
# Everything that is dated is in force from this day on.
BEGINS = date(2025, 6, 1)
COMPARATORS: list[n.Comparator] = ["=", "<>", "<", "<=", ">", ">="]
PERIODS: list[n.PeriodUnit] = ["day", "calendar_day", "working_day", "month"]


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
            case "instant":
                day = self.draw(st.dates(date(2024, 1, 1), date(2027, 1, 1)))
                return n.Instant(datetime.combine(day, datetime.min.time(), ZONE).replace(hour=15))
            case "boolean":
                return n.Truth(self.draw(st.booleans()))
        return n.Word(self.pick(VALUES))

    def of(self, kind: str, depth: int = 2) -> n.Expression:
        if depth and self.draw(st.integers(0, 2)):
            built: n.Expression = getattr(self, kind)(depth - 1)
            return built
        return self.name(kind) or self.literal(kind)

    def integer(self, depth: int) -> n.Expression:
        match self.draw(st.integers(0, 9)):
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
            case 7:
                return n.Minus(self.of("integer", depth))
            case 8:
                extreme = n.Call(self.pick(["largest", "smallest"]), (n.Name("rows.integer"),))
                return n.Fallback(extreme, self.literal("integer"))
        return n.Call(
            self.pick(["largest", "smallest"]), (self.of("integer", depth), self.of("integer", depth))
        )

    def decimal(self, depth: int) -> n.Expression:
        if self.draw(st.integers(0, 3)) == 0 and self.rows is None and self.has_lookups:
            return n.Name("share")
        if self.draw(st.booleans()):
            divisor: n.Expression = number(3)
            if self.draw(st.integers(0, 9)) == 7:
                divisor = self.name("integer") or number(7)
            return n.Product(self.of("decimal", depth), (("/", divisor),))
        return n.Sum(self.of("decimal", depth), ((self.pick(["+", "-"]), self.of("integer", depth)),))

    def money(self, depth: int) -> n.Expression:
        match self.draw(st.integers(0, 9)):
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
            case 7:
                return n.Name(self.pick(["base", "local_fee"]))
            case 8:
                return n.Product(self.of("money", depth), (("*", n.Name("local_rate")),))
            case 5 if self.has_lookups:
                return n.Converted(n.Amount(number(self.draw(st.integers(0, 900))), "USD"), n.Name("usd"))
            case 6 if self.has_lookups:
                return n.Name("price_by_row" if self.rows and self.draw(st.booleans()) else self.pick(TABLES))
        return n.Call(self.pick(["largest", "smallest"]), (self.of("money", depth), self.of("money", depth)))

    def rounded(self, kind: str, depth: int, unit: n.Expression) -> n.Expression:
        function = self.pick(["rounded", "rounded_up", "rounded_down"])
        return n.Call(function, (self.of(kind, depth), unit))

    def instant(self, _depth: int) -> n.Expression:
        if self.draw(st.integers(0, 3)) == 0:
            return self.literal("instant")
        return n.Name(self.pick(["dossier.received_at", "dossier.submitted_at"]))

    def time(self, _depth: int) -> n.Expression:
        return n.Call("time_of", (n.Name(self.pick(["dossier.received_at", "dossier.submitted_at"])),))

    def date(self, depth: int) -> n.Expression:
        if self.draw(st.integers(0, 3)) == 0:
            function = self.pick(["last_working_day", "next_working_day"])
            return n.Call(function, (self.of("date", depth),))
        unit = self.pick(PERIODS)
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
                kind = self.pick(["integer", "decimal", "money", "date", "time", "instant"])
                return n.Comparison(self.of(kind, depth), self.pick(COMPARATORS), self.of(kind, depth))
            case 4:
                period = n.Period(self.draw(st.integers(0, 90)), self.pick(PERIODS))
                return n.Within(self.of("date", depth), period, self.of("date", depth))
            case 5:
                return n.Call(self.pick(["any", "every"]), (n.Name("rows.boolean"),))
            case 6:
                return self.guarded()
            case 7 if self.has_lookups:
                return n.OneOf(n.Name("side"), (n.Word(self.pick(["left", "right"])),))
        return self.member()

    def member(self) -> n.Expression:
        if self.draw(st.integers(0, 4)) == 0:
            return n.OneOf(self.of("integer", 1), (number(1), number(2)), self.draw(st.booleans()))
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
        return n.Law() if self.draw(st.integers(0, 3)) else n.Law(from_on=BEGINS)
