"""One world of the solver: answers, dossier and reference data, of which it knows only what is always so."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from common.money import EXPONENTS
from rules_dsl import nodes as n
from rules_dsl.evaluation import Reference
from rules_dsl.fact_types import FactType, Scope
from rules_dsl.kinds import Kinds
from rules_dsl.moment import DAY_FACTS
from rules_dsl.prover import products, quick
from rules_dsl.prover.any_answers import Block, Leaf, Many, Node, Planting
from rules_dsl.prover.civil import Civil
from rules_dsl.prover.logic import Term, all_of, at_most, implies, is_plain, negated, times
from rules_dsl.prover.symbols import Symbol
from rules_dsl.prover.words import Words
from rules_dsl.prover.working_days import WorkingDays


class NotEncoded(Exception):
    """The solver cannot be told what this means; `reason` is the code of its words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class At:
    """Where an expression is worked out: in which row, of which bracket, by the law of which day.

    `bracket` is the quantity and what it has above the bracket's floor.
    """

    row: Block | None = None
    bracket: tuple[Term, Term] | None = None
    as_of: n.AsOf = "reception"

    @property
    def key(self) -> tuple[str, n.AsOf]:
        """What tells two places apart as far as names are concerned."""
        return self.row.place if self.row else "", self.as_of


# The mark of what is read but not in force, or was never set.
LAPSED = "not in force"
Another = Callable[[n.AmountRule | n.Choice, At, "World"], Symbol]


@dataclass(frozen=True, slots=True)
class Free:
    """A value from outside the file that may be anything: where it was asked for, and for a rate, of which day."""

    at: At
    value: Term
    on: Term = 0


@dataclass(slots=True)
class World:
    """`span` says that the dossier's days are days of the calendar. `rules` are those of the file by name;
    `another` gives the value of a rule that another names, `rounded` what such amounts were before rounding.
    """

    planting: Planting
    words: Words
    scope: Scope
    form: Block
    dossier: Mapping[str, Leaf]
    reference: Reference
    days: WorkingDays | None
    span: tuple[Term, ...]
    civil: Civil
    kinds: Kinds
    rules: Mapping[str, n.AnyRule]
    currencies: Mapping[str, str]
    another: Another
    free: dict[tuple[str, tuple[str, n.AsOf]], Free] = field(default_factory=dict)
    rounded: dict[str, tuple[Term, Term]] = field(default_factory=dict)
    factors: dict[int, Term] = field(default_factory=dict)
    kept: dict[Any, Any] = field(default_factory=dict)

    def fact(self, name: str, at: At) -> Symbol:
        """The value of a form or dossier fact."""
        node = self.node(name, at)
        if not isinstance(node, Leaf):
            return Symbol(True, absent=negated(node.present))
        return Symbol(value_in(node, self.scope.facts[name]), absent=negated(node.present))

    def node(self, name: str, at: At) -> Node:
        """Where the fact stands: in the row being worked out, or in the form."""
        if name in self.dossier:
            return self.dossier[name]
        if name not in self.scope.facts:
            raise NotEncoded("rules.reason.unknown_name")
        if at.row is not None and name.startswith(f"{at.row.name}."):
            return _below(at.row, name.removeprefix(f"{at.row.name}."))
        return _below(self.form, name)

    def given(self, name: str, at: At) -> Term:
        """Whether the fact was answered."""
        return self.node(name, at).present

    def rows_of(self, name: str) -> Many:
        """The repeated group that the name belongs to, or is."""
        fact: FactType | None = self.scope.facts.get(name)
        group = fact.rows if fact is not None and fact.rows else name
        found = _below(self.form, group)
        if not isinstance(found, Many):
            raise NotEncoded("rules.reason.unknown_name")
        return found

    def day(self, at: At) -> Symbol:
        """The day whose law counts. It is asked for, not read as an answer: without it nothing is known."""
        leaf = self.dossier[DAY_FACTS[at.as_of]]
        return Symbol(leaf.term, unknown=negated(leaf.present))

    def in_force(self, law: n.Law, at: At) -> Symbol:
        """Whether the law is in force on the day that counts."""
        if not law.is_dated:
            return Symbol(True)
        day = self.day(at)
        begun = law.from_on is None or at_most(law.from_on.toordinal(), day.term)
        not_over = law.until_on is None or at_most(day.term, law.until_on.toordinal())
        return Symbol(all_of(begun, not_over), unknown=day.unknown)

    def is_share(self, node: n.Expression) -> bool:
        """Whether the expression is a part of something (50%), not an amount."""
        return self.kinds.of(node).name != "money"

    def mark(self, name: str) -> Term:
        """A truth that always holds, and stands wherever some failure makes a value unknown.

        Taking it for false in what a rule comes to tells whether the rule hangs on that failure (`marks.py`).
        """
        mark = self.planting.unknown("boolean", f"@{name}", "mark")
        self.planting.unknowns.assume(mark)
        return mark

    def lapsed(self, truth: Term) -> Term:
        """Where something from outside a rule is not in force or not set: the failure, marked."""
        return all_of(truth, self.mark(LAPSED)) if truth is not False else False

    def of_rest(self, sort: str, group: Many, what: str) -> Term:
        """The unknown for something about the rows of a group that do not stand one by one.

        A second world shares it when what changes is one of the rows that do; any other change may have done
        anything to the rest.
        """
        changed = self.planting.changed
        is_shared = changed is None or changed.startswith(f"{group.place}.")
        return self.planting.unknown(sort, group.place, what if is_shared else f"{what}'")

    def product(self, left: Term, right: Term, at: At) -> Term:
        """The product. Of two unknowns it is a third, and fixing the second of them would make things easy."""
        if is_plain(left) or is_plain(right):
            return times(left, right)
        key = ("product", left.get_id(), right.get_id())
        if key not in self.kept:
            self.factors[right.get_id()] = right
            there = True if at.row is None else at.row.present
            found = products.unknown_product(left, right, self.planting.unknowns)
            self.planting.unknowns.later.append(lambda: self._bound(found, left, right, there))
            self.kept[key] = left, right, found
        return self.kept[key][-1]

    def _bound(self, product: Term, left: Term, right: Term, there: Term) -> None:
        """Finds out between what the product lies."""
        one, other = ((side, *self.bounds_of(side, there)) for side in (left, right))
        self.kept["bounds", product.get_id()] = product, products.ends(one, other)
        self.planting.unknowns.assume(implies(there, all_of(*products.between(product, one, other))))

    def never(self, truth: Term) -> bool:
        """Whether the truth surely holds in no world; quickly told, or taken to be possible."""
        if isinstance(truth, bool):
            return not truth
        key = ("never", truth.get_id())
        if key not in self.kept:
            # The term is kept too: the number of a term that is gone may be given again.
            self.kept[key] = truth, quick.is_impossible(truth, self.planting.unknowns)
        found: bool = self.kept[key][1]
        return found

    def bounds_of(self, term: Term, there: Term) -> tuple[Term | None, Term | None]:
        """Bounds, both inclusive, of the term wherever `there` holds; None: none is known."""
        key = ("bounds", str(term) if is_plain(term) else term.get_id())
        if key not in self.kept:
            self.kept[key] = term, quick.bounds(term, there, self.planting.unknowns)
        found: tuple[Term | None, Term | None] = self.kept[key][1]
        return found


def value_in(leaf: Leaf, fact: FactType) -> Any:
    """What the field's unknown stands for in rules: of an amount whole units, where answers count the smallest."""
    if leaf.kind == "money":
        return times(leaf.term, Fraction(1, 10 ** EXPONENTS.get(fact.currency, 0)))
    return leaf.term


def _below(block: Block, path: str) -> Node:
    node: Node = block
    for key in path.split("."):
        if not isinstance(node, Block) or key not in node.fields:
            raise NotEncoded("rules.reason.unknown_name")
        node = node.fields[key]
    return node
