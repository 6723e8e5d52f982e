"""Is the promise kept? What is wrong with the value that a file gives in one situation."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from hypothesis import strategies as st

from rules_dsl import nodes as n
from rules_dsl.compiler import Rulebook, compile_rules
from rules_dsl.evaluation import Evaluation, Reference
from rules_dsl.expectation import EveryDay
from rules_dsl.facts import Facts, Scope, read_facts
from rules_dsl.unknown import Unknown
from tests.rules_dsl.promise_rules import LOCAL
from tests.rules_dsl.world import local, reference

# The calendar ends and numbers may go beyond all sense: that lies outside the rules and the form.
OUTSIDE = {"rules.unknown_calendar", "rules.out_of_range"}
# A bank that publishes a rate every day, and a province that has set its amounts.
WORLD = replace(reference(), rates={"usd": EveryDay(Decimal("26105.5"))}, parameters=LOCAL)
# No amount and no term without its law.
WITH_LAW = ("charge", "fee", "term")

Dossier = dict[str, Any]
FIRST_HOUR, HOURS = local("2024-01-01 00:00"), 4 * 365 * 24


def dossier(choose: Random) -> Dossier:
    """Some dossier of four years, of which two have a calendar."""
    at = FIRST_HOUR + timedelta(hours=choose.randrange(HOURS))
    return {
        "submitted_at": at.isoformat(),
        "received_at": at.isoformat(),
        "channel": choose.choice(["counter", "online", "post"]),
        "case_type": "any",
        "charged_so_far": choose.choice([0, 50_000]),
        "supplements": choose.randint(0, 2),
        "reduced_this_year": choose.randint(0, 1),
        "area": "00001",
    }


dossiers = st.integers(0, 2**32).map(lambda seed: dossier(Random(seed)))


class Kept:
    """A file ready to be asked in many situations."""

    def __init__(self, rules: n.RuleFile, known: Scope, world: Reference = WORLD) -> None:
        self.rules, self.known, self.world = rules, known, world
        self.book = compile_rules(rules, known)
        self.turned = _turned(rules, known)
        self.evaluations = 0

    def broken(self, answers: Mapping[str, Any], dossier: Dossier) -> list[str]:
        """Each rule whose value is missing, without law, or another when lines that nothing orders change places."""
        facts = self.facts(answers, dossier)
        return [wrong for name in self.book.rules for wrong in self._wrong(name, facts, answers, dossier)]

    def facts(self, answers: Mapping[str, Any], dossier: Dossier) -> Facts:
        facts = read_facts(self.known, {"answers": answers, "dossier": dossier})
        assert isinstance(facts, Facts), facts
        return facts

    def lost(self) -> list[str]:
        """Rules that cannot be asked, since another took their name."""
        asked = [rule.name for rule in self.rules.rules if isinstance(rule, EVALUATED)]
        return sorted({name for name in asked if asked.count(name) > 1} | set(asked) - set(self.book.rules))

    def _wrong(self, name: str, facts: Facts, answers: Mapping[str, Any], dossier: Dossier) -> Iterator[str]:
        self.evaluations += 1
        found = self.book.evaluate(name, facts, self.world)
        if isinstance(found.value, Unknown):
            if not self._is_excused(name, found.value, answers, dossier):
                yield f"{name}: {found.value.code} {found.value.missing}"
        elif found.kind in WITH_LAW and not self._law(found):
            yield f"{name}: no law"
        elif name in self.turned and self.turned[name].evaluate(name, facts, self.world).value != found.value:
            yield f"{name}: another amount in another order"

    def _law(self, found: Evaluation) -> tuple[str, ...]:
        """The law that the notice names: that of the last line, or of the rule where no line was needed."""
        return found.trace[-1].cites if found.trace else self.book.rules[found.rule].law.cites

    def _is_excused(self, name: str, value: Unknown, answers: Mapping[str, Any], dossier: Dossier) -> bool:
        """What lies outside, and a rule that is not in force that day, but is on some other."""
        if value.code != "rules.not_in_force":
            return value.code in OUTSIDE
        for day in dates_of(self.rules):
            at = local(f"{day} 09:00").isoformat()
            facts = self.facts(answers, {**dossier, "submitted_at": at, "received_at": at})
            then = self.book.evaluate(name, facts, self.world).value
            if not isinstance(then, Unknown) or then.code != "rules.not_in_force":
                return True
        return False


EVALUATED = n.AmountRule | n.Term | n.Condition | n.Component | n.Choice | n.Assign


def dates_of(part: Any) -> Iterator[date]:
    """Every first and last day of force that the file states."""
    if isinstance(part, n.Law):
        yield from (day for day in (part.from_on, part.until_on) if day is not None)
    elif isinstance(part, tuple):
        for item in part:
            yield from dates_of(item)
    elif hasattr(part, "__dataclass_fields__"):
        for name in part.__dataclass_fields__:
            yield from dates_of(getattr(part, name))


def _turned(rules: n.RuleFile, known: Scope) -> dict[str, Rulebook]:
    """Each amount that does not say how its reductions combine, in a file with them in the opposite order."""
    turned = {}
    for rule in rules.rules:
        if isinstance(rule, n.AmountRule) and rule.combine is None:
            reductions = [clause for clause in rule.clauses if isinstance(clause, n.Reduce)]
            if len(reductions) > 1:
                again = iter(reversed(reductions))
                lines = tuple(next(again) if isinstance(line, n.Reduce) else line for line in rule.clauses)
                other = replace(rule, clauses=lines)
                changed = tuple(other if each is rule else each for each in rules.rules)
                turned[rule.name] = compile_rules(replace(rules, rules=changed), known)
    return turned
