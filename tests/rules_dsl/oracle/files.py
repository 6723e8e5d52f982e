"""Rule files of everything the language has, forms and worlds for them: sound or not, as long as kinds fit."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from common.money import Money
from rules_dsl import nodes as n
from rules_dsl.evaluation import ParameterValue, PublishedRate, Reference
from rules_dsl.facts import Scope, scope
from tests.rules_dsl.oracle.lookups import DAYS, lookups, number, vnd
from tests.rules_dsl.promise import Typed
from tests.rules_dsl.promise_forms import VALUES, Draw, forms
from tests.rules_dsl.promise_lookups import CITED
from tests.rules_dsl.promise_rules import TITLE, grades, tariff
from tests.rules_dsl.world import calendar


@dataclass
class Richer(Typed):
    """Draws expressions of everything there is, names of other rules among them."""

    def integer(self, depth: int) -> n.Expression:
        match self.draw(st.integers(0, 4)):
            case 0:
                function = self.pick(["rounded", "rounded_up", "rounded_down"])
                return n.Call(function, (self.of("decimal", depth), number(self.pick([1, 5, 12]))))
            case 1:
                return n.Call(
                    self.pick(["largest", "smallest"]), (n.Sum(n.Name("rows.integer"), (("+", number(1)),)),)
                )
            case 2:
                return n.Minus(self.of("integer", depth))
        return super().integer(depth)

    def decimal(self, depth: int) -> n.Expression:
        match self.draw(st.integers(0, 4)):
            case 0:
                return n.Product(self.of("money", depth), (("/", self.of("money", depth)),))
            case 1:
                return n.Name("factor")
            case 2:
                return n.Product(self.of("decimal", depth), (("*", self.of("decimal", depth)),))
        return super().decimal(depth)

    def money(self, depth: int) -> n.Expression:
        match self.draw(st.integers(0, 9)):
            case 0:
                return n.Name(self.pick(["by_kind", "only_one", "base", "local_fee"]))
            case 1:
                return n.Share(n.Percentage(number(30)), n.Name("by_kind"))
            case 2:
                return n.Product(self.of("money", depth), (("*", n.Name("slope")),))
            case 3:
                unit = vnd(self.pick([1000, Decimal("0.3"), 7]))
                return n.Call(
                    self.pick(["rounded", "rounded_up", "rounded_down"]), (self.of("money", depth), unit)
                )
            case 4:
                amount = n.Amount(number(self.draw(st.decimals(0, 900, places=2))), "USD")
                return n.Converted(amount, n.Name("usd"))
            case 5:
                return n.Name(self.pick(["worth", "half"]))
        return super().money(depth)

    def date(self, depth: int) -> n.Expression:
        match self.draw(st.integers(0, 3)):
            case 0:
                return n.Call(self.pick(["last_working_day", "next_working_day"]), (self.of("date", depth),))
            case 1:
                period = n.Period(self.draw(st.integers(0, 20)), "working_day")
                return n.Sum(self.of("date", depth), (("-", period),))
        return super().date(depth)

    def boolean(self, depth: int) -> n.Expression:
        match self.draw(st.integers(0, 7)):
            case 0:
                clock = n.Call("time_of", (n.Name("dossier.received_at"),))
                return n.Comparison(clock, self.pick(["<", ">="]), n.ClockTime(time(15, 30)))
            case 1:
                return n.Given(n.Name(self.pick(["rows", "choice_1", "text_1", "group.choice", "date_1"])))
            case 2:
                return n.OneOf(
                    self.name("integer") or number(3), (number(3), number(0)), self.draw(st.booleans())
                )
            case 3:
                optional = n.Fallback(n.Name(f"boolean_{self.draw(st.integers(0, 1))}"), n.Truth(True))
                return n.Comparison(optional, "=", n.Truth(False))
            case 4:
                words = self.pick([("left",), ("right",), ("left", "right")])
                return n.OneOf(n.Name("side"), tuple(map(n.Word, words)), self.draw(st.booleans()))
        return super().boolean(depth)

    def day_of_law(self) -> n.AsOf:
        return self.pick(["reception", "reception", "filing", "decision"])  # type: ignore[no-any-return]

    def law(self) -> n.Law:
        begin, end = self.draw(st.sampled_from(DAYS)), self.draw(st.sampled_from(DAYS))
        return self.pick([n.Law(), n.Law(), n.Law(from_on=begin), n.Law(until_on=end)])


def amount_rule(typed: Richer, name: str, each: str | None) -> n.AmountRule:
    draw = typed.draw
    typed.rows = each
    typed.names = {}
    typed.__post_init__()
    clauses: list[Any] = []
    for giving in draw(st.lists(st.sampled_from([n.Exempt, n.Exempt, n.Pay]), max_size=3)):
        amount = () if giving is n.Exempt else (typed.of("money"),)
        clauses.append(giving(*amount, when=typed.condition(), law=typed.law()))
    clauses.append(draw(st.sampled_from([tariff, grades, lambda t: n.Pay(t.of("money"))]))(typed))
    changes = [n.AtMost, n.AtLeast, n.Plus, n.Less, n.Times, n.Reduce, n.Reduce, n.Rounded]
    for change in draw(st.lists(st.sampled_from(changes), max_size=4)):
        clauses.append(_change(change, typed))
    return n.AmountRule(
        kind="fee",
        name=name,
        title=TITLE,
        law=n.Law(("Luật",), typed.law().from_on),
        clauses=tuple(clauses),
        each=each,
        as_of=typed.day_of_law(),
        combine=typed.pick(["highest", "sequence", "waiver_first", None]),
    )


def _change(change: Any, typed: Richer) -> n.Clause:
    if change is n.Rounded:
        clause = n.Rounded(vnd(typed.pick([1000, 1, Decimal("0.5")])), typed.pick(["half_up", "up", "down"]))
        return n.Rounded(clause.unit, clause.way, when=typed.condition(), law=typed.law())
    value = typed.of(typed.pick(["integer", "decimal"]) if change is n.Times else "money")
    if change is n.Reduce and typed.draw(st.booleans()):
        shares = [n.Percentage(number(share)) for share in (0, 30, 100, Decimal("12.5"), 140)]
        value = typed.pick([*shares, n.Name("slope"), n.Name("local_rate")])
    made: n.Clause = change(value, when=typed.condition(), law=typed.law())
    return made


@st.composite
def files(draw: Draw) -> tuple[dict[str, Any], Scope, n.RuleFile]:
    """A form, its facts, and a file of rules over it in which no kinds are mixed up."""
    schema = draw(forms())
    known = scope(schema)
    typed = Richer(draw, known, has_lookups=False)
    looked_up = lookups(typed)
    first = amount_rule(typed, "fee_1", draw(st.sampled_from([None, None, "rows"])))
    typed.rows, typed.names = None, {}
    typed.__post_init__()
    term = n.TermClause(n.Period(3, "working_day"), when=typed.of("boolean"), law=typed.law())
    since = typed.pick([None, n.Name("dossier.decided_on"), n.Name("dossier.submitted_at")])
    rules: list[n.AnyRule] = [
        *looked_up,
        first,
        n.AmountRule(
            kind="charge",
            name="fee_2",
            title=TITLE,
            law=CITED,
            clauses=(n.Pay(n.Sum(n.Name("fee_1"), (("+", n.Name("half")), ("-", n.Name("fee_1"))))),),
        ),
        n.Condition(
            name="may",
            title=TITLE,
            law=typed.law(),
            requires=typed.of("boolean", 3),
            as_of=typed.day_of_law(),
        ),
        n.Component(name="paper", title=TITLE, originals=1, when=typed.condition(), as_of=typed.day_of_law()),
        n.Choice(
            name="way",
            options=(n.Option("left", when=typed.of("boolean"), law=typed.law()), n.Option("right")),
        ),
        n.Assign(
            name="who",
            assignees=(
                n.Assignee("officer", typed.of("text", 0), when=typed.of("boolean")),
                n.Assignee("clerk"),
            ),
        ),
        n.Term(
            name="limit",
            title=TITLE,
            law=CITED,
            clauses=(term, n.TermClause(n.Period(5, "calendar_day"))),
            since=since,
            as_of=typed.day_of_law(),
        ),
    ]
    return schema, known, n.RuleFile("en", tuple(rules))


@st.composite
def worlds(draw: Draw) -> Reference:
    """What a province has set and a bank has published; some of it, or no calendar, may be missing."""
    amounts = st.sampled_from([Money(5_000), Money(8_999), Money(9_001), Money(7, "USD")])
    local = [
        ParameterValue(draw(amounts), draw(st.sampled_from([None, DAYS[1]])), None, (word,), version)
        for version, word in enumerate(draw(st.lists(st.sampled_from(["*", *VALUES]), max_size=3)))
    ]
    factor = [ParameterValue(draw(st.decimals(0, 90, places=2)))] * draw(st.integers(0, 1))
    published = {
        date(2024, 1, 1) + timedelta(days=day): PublishedRate(
            draw(st.decimals(20_000, 30_000, places=1)), day
        )
        for day in draw(st.lists(st.integers(0, 4 * 365), max_size=3))
    }
    every_day = {
        date(2024, 1, 1) + timedelta(days=day): PublishedRate(Decimal("25000.5")) for day in range(1500)
    }
    rates = {"usd": {**draw(st.sampled_from([{}, every_day])), **published}}
    known = draw(st.sampled_from([calendar(), calendar(), None]))
    share = [ParameterValue(Decimal(draw(st.sampled_from(["100", "12.5"]))))]
    local_values = {"local_fee": tuple(local), "factor": tuple(factor), "local_rate": tuple(share)}
    return Reference(known, local_values, rates)
