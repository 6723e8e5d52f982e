"""The gate that a local amount passes before it is taken: the rules that read it are checked and tried with it.

The examples of every version that the amount can be read under are worked out with the area's amounts as they
stand on its first day, and once more with the new one in its place. An example is never bound to one province, so
another result is no fault: it is shown to whoever decides.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from common.problems import Finding
from common.text import Text
from form_builder.judge import judge
from form_builder.schema import read_form
from form_builder.visibility import prune
from procedure_library.checks.example_words import ExampleWords
from procedure_library.checks.rule_facts import whole_scope
from procedure_library.checks.rule_use import only
from procedure_library.checks.subject import Subject
from procedure_library.checks.titles import spoken
from procedure_library.compiled import Compiled
from procedure_library.definition import Example
from procedure_library.queries import definition_of, last_version, standing_versions
from procedure_library.reference import calendar_for, parameters_for
from procedure_library.shipped_places import national_places
from procedure_library.trial import spelled
from rules_dsl.checks import check as check_rules
from rules_dsl.evaluation import ParameterValue, Reference
from rules_dsl.facts import read_facts
from rules_dsl.unknown import Unknown

# Why a rule gives no value because of the amount itself.
BROKEN = ("rules.parameter_out_of_bounds", "rules.out_of_range", "rules.divided_by_zero")
Settings = Mapping[str, tuple[ParameterValue, ...]]


@dataclass(frozen=True, slots=True)
class Decision:
    """An amount that an area decided. `where` names it in findings: "amounts.0" in a file, "" on a page."""

    where: str
    area: str
    procedure: str
    name: str
    value: ParameterValue
    basis: str


@dataclass(frozen=True, slots=True)
class Change:
    """A rule that gives an example another value with the amount than without it."""

    version: int
    example: Text
    rule: Text
    before: Text
    after: Text


@dataclass(frozen=True, slots=True)
class Effect:
    """What the amount does: errors forbid it, warnings and changes are for whoever decides."""

    findings: tuple[Finding, ...] = ()
    changes: tuple[Change, ...] = ()


def effect_of(session: Session, decision: Decision, today: date) -> Effect:
    """The effect of a decision that has been judged by itself."""
    first_day, name = decision.value.from_on or today, decision.name
    decided = parameters_for(session, decision.procedure, (decision.area,))
    before = _standing(decided, first_day)
    after = {**before, name: _replaced(before.get(name, ()), decision.value)}
    calendar = calendar_for(session, today)
    findings = list(_gap(decision, decided.get(name, ())))
    changes: list[Change] = []
    for number, ready in _read_under(session, decision.procedure, max(first_day, today)):
        gate = _Gate(ready, decision, Reference(calendar, before), Reference(calendar, after))
        findings += gate.findings()
        changes += [replace(change, version=number) for change in gate.changes()]
    return Effect(tuple({_said(each): each for each in findings}.values()), tuple(changes))


def _gap(decision: Decision, decided: Sequence[ParameterValue]) -> Iterator[Finding]:
    """That nothing follows the amount's last day: what stood before it has ended with its first."""
    until = decision.value.until_on
    if until is None:
        return
    later = (each.from_on for each in decided if each.keys == decision.value.keys and each.from_on)
    first = decision.value.from_on or date.min
    if not any(first < since <= until + timedelta(days=1) for since in later):
        yield Finding("reference.nothing_follows", decision.where, {"until": f"{until:%d/%m/%Y}"}, "warning")


def _standing(settings: Settings, on: date) -> dict[str, tuple[ParameterValue, ...]]:
    """What is in force on the day, for any day: examples have days of their own."""
    return {
        name: tuple(replace(each, from_on=None, until_on=None) for each in values if each.in_force(on))
        for name, values in settings.items()
    }


def _replaced(values: Sequence[ParameterValue], value: ParameterValue) -> tuple[ParameterValue, ...]:
    others = tuple(each for each in values if each.keys != value.keys)
    return (*others, replace(value, from_on=None, until_on=None))


def _read_under(session: Session, procedure: str, on: date) -> Iterator[tuple[int, Compiled]]:
    """The version in force on the day and those that follow it."""
    in_force = last_version(session, procedure, on)
    for version in reversed(standing_versions(session, procedure)):
        if version == in_force or version.effective_from > on:
            yield version.number, definition_of(session, version.id)


@dataclass(frozen=True, slots=True)
class _Gate:
    ready: Compiled
    decision: Decision
    before: Reference
    after: Reference

    def findings(self) -> Iterator[Finding]:
        """What the rules' own checks say with the amount and not without it, and what it leaves open."""
        subject = Subject(self.ready.definition)
        scope, rules = whole_scope(subject), self.ready.rules
        known = set(map(_said, check_rules(rules, scope, self.before)))
        yield from (f for f in check_rules(rules, scope, self.after) if _said(f) not in known)
        for example, rule, before, after in self._tried():
            told = spoken({"rule": subject.titles.rule(rule), "example": example.name})
            if isinstance(after, Unknown) and (after.code in BROKEN or not isinstance(before, Unknown)):
                yield Finding("reference.breaks_rule", self.decision.where, told)
            elif isinstance(after, Unknown) and after.code == "rules.unknown_parameter":
                yield Finding("reference.still_unknown", self.decision.where, told, "warning")

    def changes(self) -> Iterator[Change]:
        subject = Subject(self.ready.definition)
        words = ExampleWords(subject.titles, read_form(self.ready.definition.form))
        for example, rule, before, after in self._tried():
            if before != after and not isinstance(after, Unknown):
                values = (words.value(f"amounts.{rule}", spelled(value)) for value in (before, after))
                yield Change(0, example.name, subject.titles.rule(rule), *values)

    def _tried(self) -> Iterator[tuple[Example, str, Any, Any]]:
        """The examples and the rules that read the amount, with the value before and after."""
        for example in self.ready.definition.examples:
            kind = self.ready.case_type(str(example.facts.get("dossier", {}).get("case_type", "")))
            for rule in self._reading(kind.amounts + kind.conditions) if kind else ():
                if (values := self._values(example, rule)) is not None:
                    yield example, rule, *values

    def _reading(self, names: Sequence[str]) -> tuple[str, ...]:
        """The rules that read the amount, themselves or through others."""
        file, rules = self.ready.rules, {rule.name: rule for rule in self.ready.rules.rules}
        return tuple(
            each
            for each in names
            if any(r.name == self.decision.name for r in only(file, rules, [each]).rules)
        )

    def _values(self, example: Example, rule: str) -> tuple[Any, Any] | None:
        """The rule's value before and after; None when the example has no facts for it."""
        case_type = str(example.facts["dossier"]["case_type"])
        form = self.ready.with_places(national_places()).form_at(example.moment, case_type)
        answers = prune(form, example.facts.get("answers", {}))
        body = {"answers": answers, "dossier": example.facts["dossier"]}
        facts = read_facts(self.ready.scope_at(example.moment, case_type), body)
        if judge(form, answers) or isinstance(facts, tuple):
            return None
        before, after = (
            self.ready.rulebook.evaluate(rule, facts, reference).value
            for reference in (self.before, self.after)
        )
        return before, after


def _said(finding: Finding) -> tuple[Any, ...]:
    return finding.code, finding.line, finding.column, tuple(sorted(finding.parameters.items()))
