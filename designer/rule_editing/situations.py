"""The examples of a rule file and of its draft, worked out: what came out beside what was expected, and why."""

from collections.abc import Iterator
from dataclasses import dataclass

from common.calendar import WorkingCalendar
from common.problems import Finding, Problem
from common.text import Text
from designer.rule_editing.explained import Explained, Explaining
from designer.rule_editing.written import Written
from procedure_library.checks import check
from procedure_library.compiled import Compiled, compiled
from procedure_library.definition import Example as Recorded
from procedure_library.trial import Unfit, reference_for, tried
from rules_dsl.evaluation import Reference
from rules_dsl.expectation import difference, facts_body, local_values, rates_given
from rules_dsl.facts import Facts, read_facts
from rules_dsl.labels import Labels
from rules_dsl.nodes import Example, Setting
from rules_dsl.unknown import Unknown


@dataclass(frozen=True, slots=True)
class Difference:
    """What an example expects of a rule, and what came out instead."""

    what: Text
    expected: Text
    found: Text


@dataclass(frozen=True, slots=True)
class Situation:
    """`line` is where the example stands in the rules, `key` its file among the draft's examples; one is given.

    `unfit`: its facts cannot be evaluated; nothing is then worked out.
    """

    name: Text
    line: int | None = None
    key: str = ""
    differences: tuple[Difference, ...] = ()
    explained: tuple[Explained, ...] = ()
    unfit: Problem | None = None

    @property
    def holds(self) -> bool:
        return not self.differences and self.unfit is None


def situations(subject: Written, calendar: WorkingCalendar | None) -> tuple[Situation, ...]:
    """Those of the file in its order, then the recorded ones if nothing else is wrong with the draft."""
    written_in = (rule for rule in subject.explaining.rules.rules if isinstance(rule, Example))
    here = (_of_file(rule, subject.explaining, calendar) for rule in written_in)
    return (*here, *_recorded(subject, calendar))


def _of_file(rule: Example, subject: Explaining, calendar: WorkingCalendar | None) -> Situation:
    facts = read_facts(subject.scope, facts_body(rule, subject.scope))
    if isinstance(facts, tuple):
        return Situation(rule.title, rule.place.line, unfit=facts[0])
    amounts = local_values(rule, subject.book.parameters)
    reference = Reference(calendar, amounts, rates_given(rule, subject.book.rates))
    known = [setting for setting in rule.expected if setting.name in subject.book.rules]
    explained = subject.all([setting.name for setting in known], facts, reference)
    pairs = zip(known, explained, strict=True)
    differences = (_difference(setting, each, facts, reference, subject) for setting, each in pairs)
    return Situation(
        rule.title,
        rule.place.line,
        differences=tuple(each for each in differences if each),
        explained=explained,
    )


def _difference(
    setting: Setting, came: Explained, facts: Facts, reference: Reference, subject: Explaining
) -> Difference | None:
    value = came.evaluation.value
    title = came.title if came.title.vi else Text(setting.name)
    labels = Labels.of(subject.rules, subject.scope)
    other = difference(setting, value, facts, reference, labels, subject.rules.language)
    if other is None:
        return None
    found = Text(f"? {', '.join(value.missing)}") if isinstance(value, Unknown) else other.found
    return Difference(title, other.expected, found)


def _recorded(subject: Written, calendar: WorkingCalendar | None) -> Iterator[Situation]:
    found = check(subject.definition, calendar, without=("proofs",))
    if any(_blocks(finding) for finding in found):
        return
    ready = compiled(subject.definition)
    for example in subject.definition.examples:
        yield _of_draft(example, ready, calendar)


def _blocks(finding: Finding) -> bool:
    shown = finding.code in ("procedures.example.failed", "procedures.example.bad_facts")
    return finding.severity == "error" and not shown and not finding.code.startswith("rules.example_")


def _of_draft(example: Recorded, ready: Compiled, calendar: WorkingCalendar | None) -> Situation:
    outcome = tried(ready, example, calendar)
    if isinstance(outcome, Unfit):
        return Situation(example.name, key=example.key, unfit=Problem(outcome.code, outcome.where))
    scope = ready.scope_at(example.moment, example.facts["dossier"]["case_type"])
    facts = read_facts(scope, example.facts)
    labels = Labels.of(ready.rules, scope)
    differences = tuple(
        _recorded_difference(what, expected, outcome.found.get(what, "—"), labels)
        for what, expected in sorted(outcome.expected.items())
        if outcome.found.get(what, "—") != expected
    )
    explained: tuple[Explained, ...] = ()
    if isinstance(facts, Facts) and "problems" not in example.expect:
        names = _expected_of(example, ready)
        explained = Explaining(ready.rules, scope, ready.rulebook).all(
            names, facts, reference_for(example, ready, calendar)
        )
    return Situation(example.name, key=example.key, differences=differences, explained=explained)


def _recorded_difference(what: str, expected: str, found: str, labels: Labels) -> Difference:
    part, _, name = what.rpartition(".")
    both = (Text(expected), Text(found))
    if part == "choices":
        both = (labels.word(name, expected), labels.word(name, found))
    title = labels.title(name)
    return Difference(title if title.vi else Text(what), *both)


def _expected_of(example: Recorded, ready: Compiled) -> Iterator[str]:
    """The rules whose values the example speaks of."""
    for part in ("amounts", "conditions", "choices"):
        yield from example.expect.get(part, {})
    yield from example.expect.get("components", ())
    kind = ready.case_type(example.facts["dossier"]["case_type"])
    if "due_on" in example.expect and kind and kind.term:
        yield kind.term
