"""Runs a recorded situation: what the rules give for its facts, beside what it expects.

Everything compared is text ("36000 VND", "2026-03-10", "true"), under the name the example gives it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from common.calendar import WorkingCalendar
from common.money import Money, totals
from common.problems import Problem
from form_builder.judge import judge
from form_builder.visibility import prune
from procedure_library.compiled import Compiled
from procedure_library.definition import CaseType, Example
from procedure_library.shipped_places import national_places
from rules_dsl.allowance import Allowance
from rules_dsl.evaluation import ParameterValue, Reference
from rules_dsl.facts import Facts, read_facts
from rules_dsl.ledger import LedgerEntry
from rules_dsl.rate_days import EveryDay
from rules_dsl.terms import derive
from rules_dsl.unknown import Unknown
from rules_dsl.values import ComponentNeed, decode

Compared = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Unfit:
    """The facts cannot be evaluated: the first thing that is wrong with them."""

    problem: Problem


@dataclass(frozen=True, slots=True)
class Tried:
    """What was expected and what was found, by the same names."""

    expected: Compared
    found: Compared


def tried(compiled: Compiled, example: Example, calendar: WorkingCalendar | None) -> Tried | Unfit:
    """The example run against the definition; its names must be those of the definition.

    Addresses in it are judged by the list that ships: it was recorded under it, and must hold for good.
    """
    compiled = compiled.with_places(national_places())
    case_type = compiled.case_type(example.facts["dossier"]["case_type"])
    assert case_type is not None
    form = compiled.form_at(example.moment, case_type.key)
    answers = prune(form, example.facts["answers"])
    problems = judge(form, answers)
    if "problems" in example.expect:
        wrong = ", ".join(sorted(problem.where for problem in problems))
        return Tried({"problems": ", ".join(sorted(example.expect["problems"]))}, {"problems": wrong})
    if problems:
        return Unfit(problems[0])
    body = {"answers": answers, "dossier": example.facts["dossier"]}
    facts = read_facts(compiled.scope_at(example.moment, case_type.key), body)
    if isinstance(facts, tuple):
        return Unfit(facts[0])
    return _Trial(compiled, case_type, example, facts, calendar).outcome()


def reference_for(example: Example, ready: Compiled, calendar: WorkingCalendar | None) -> Reference:
    """The calendar, and the local amounts and rates of exchange that the example supposes."""
    return supposed_reference(example.parameters, ready, calendar)


def supposed_reference(
    parameters: Mapping[str, Any], ready: Compiled, calendar: WorkingCalendar | None
) -> Reference:
    """The same of supposed amounts and rates, by the names of their rules."""
    supposed = {key: decode(value) for key, value in parameters.items()}
    rates = ready.rulebook.rates
    amounts = {key: (ParameterValue(value),) for key, value in supposed.items() if key not in rates}
    every_day = {key: EveryDay(value) for key, value in supposed.items() if key in rates}
    return Reference(calendar, amounts, every_day)


@dataclass(frozen=True, slots=True)
class _Trial:
    compiled: Compiled
    case_type: CaseType
    example: Example
    facts: Facts
    calendar: WorkingCalendar | None

    def outcome(self) -> Tried:
        return Tried(dict(_expected(self.example.expect)), dict(self._found()))

    def _found(self) -> Iterator[tuple[str, str]]:
        expect = self.example.expect
        for part in ("amounts", "conditions", "choices"):
            for name in expect.get(part, {}):
                yield f"{part}.{name}", spelled(self._value(name))
        if "total" in expect:
            yield "total", self._total()
        if "components" in expect:
            yield "components", ", ".join(self._components())
        if "due_on" in expect:
            yield "due_on", self._due_on()

    def _value(self, name: str) -> Any:
        reference = reference_for(self.example, self.compiled, self.calendar)
        return self.compiled.rulebook.value(name, self.facts, reference)

    def _total(self) -> str:
        """All amounts together; in several currencies the sum of each, which no expected total is equal to."""
        values = [self._value(name) for name in self.case_type.amounts] or [Money(0)]
        unknown = next((value for value in values if isinstance(value, Unknown)), None)
        return spelled(unknown) if unknown else "; ".join(map(spelled, totals(values)))

    def _components(self) -> Iterator[str]:
        """The papers that are needed; one that cannot be told is shown with what is missing."""
        for name in self.case_type.components:
            need = self._value(name)
            if not isinstance(need, ComponentNeed):
                yield f"{name}: {spelled(need)}"
            elif need.needed:
                yield name

    def _due_on(self) -> str:
        allowance = self._value(self.case_type.term) if self.case_type.term else None
        if not isinstance(allowance, Allowance):
            return spelled(allowance)
        if self.calendar is None:
            return "?"
        received_at = self.facts.values["dossier.received_at"]
        assert isinstance(received_at, datetime)
        started = LedgerEntry("started", allowance.starts_at(received_at))
        deadline = derive(allowance, (started,), self.calendar)
        return spelled(deadline) if isinstance(deadline, Unknown) else deadline.due_on.isoformat()


def _expected(expect: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for part in ("amounts", "conditions", "choices"):
        for name, value in expect.get(part, {}).items():
            yield f"{part}.{name}", spelled(decode(value))
    if "total" in expect:
        yield "total", spelled(decode(expect["total"]))
    if "components" in expect:
        yield "components", ", ".join(expect["components"])
    if "due_on" in expect:
        yield "due_on", str(expect["due_on"])


def spelled(value: Any) -> str:
    """The value as it is compared and shown."""
    if isinstance(value, Unknown):
        return f"? ({', '.join(value.missing)})"
    if isinstance(value, Money):
        return f"{value.amount} {value.currency}"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
