"""Each rule can be evaluated when its value is wanted: it reads only what is filled in by then.

Good: a charge on pages that the applicant counts; a term that is counted from what an officer fills in later,
and waits for it. Bad: a fee quoted at filing that reads what an officer fills in later; a choice on a field that
one case type never asks.
"""

from collections.abc import Iterator
from dataclasses import replace

from common.problems import Finding, Parameter
from common.text import Text
from form_builder.moments import schema_at
from procedure_library.checks import rule_facts
from procedure_library.checks.rule_facts import whole_scope
from procedure_library.checks.rule_use import only
from procedure_library.checks.subject import Subject
from procedure_library.checks.titles import spoken
from procedure_library.definition import CaseType, Step
from procedure_library.moments import FILING, RECEPTION
from procedure_library.remembered import Remembered
from procedure_library.semantics import RESTING, Graph
from rules_dsl import nodes as n
from rules_dsl.checks import check as check_rules
from rules_dsl.facts import Scope, scope
from rules_dsl.prover.checking import THOROUGH

Wanted = tuple[str, tuple[str, ...]]
remembered: Remembered[tuple[Finding, ...]] = Remembered(1024)


def check(subject: Subject) -> Iterator[Finding]:
    told = {_place(finding) for finding in rule_facts.check(subject)}
    for finding in _at_each_moment(subject):
        if _place(finding) not in told:
            told.add(_place(finding))
            yield finding


def _place(finding: Finding) -> tuple[str, str, int | None, int | None]:
    return finding.code, finding.where, finding.line, finding.column


def _at_each_moment(subject: Subject) -> Iterator[Finding]:
    for kind in subject.definition.case_types:
        for moment, names in wanted(subject, kind):
            # Most moments want no rule at all: what may be read then needs not be known.
            for finding in _wrong(subject, kind, moment, names) if names else ():
                yield _too_early(subject, finding, moment) or finding


def in_time(subject: Subject, kind: CaseType, moment: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the rules that can be worked out at the moment: others read what is filled in later."""
    if not _is_wrong(subject, kind, moment, names):
        return names
    return tuple(name for name in names if not _is_wrong(subject, kind, moment, (name,)))


def _is_wrong(subject: Subject, kind: CaseType, moment: str, names: tuple[str, ...]) -> bool:
    return any(finding.severity == "error" for finding in _wrong(subject, kind, moment, names))


def _wrong(subject: Subject, kind: CaseType, moment: str, names: tuple[str, ...]) -> tuple[Finding, ...]:
    """What is wrong with the rules and all that they read, by what is known then."""

    def work() -> tuple[Finding, ...]:
        file = replace(subject.parsed.rules, rules=tuple(map(_begun, subject.parsed.rules.rules)))
        named = {rule.name: rule for rule in file.rules if rule.name}
        known = scope_at(subject, moment, kind)
        return tuple(check_rules(only(file, named, names), known, checks=THOROUGH))

    pages = subject.knowledge.pages_at(moment, kind)
    return remembered.get((subject.rules_name, moment, names, pages), work)


def _begun(rule: n.AnyRule) -> n.AnyRule:
    """The rule as it is read once what it counts from has come: a term may wait for that."""
    return replace(rule, since=None) if isinstance(rule, n.Term) else rule


def _too_early(subject: Subject, finding: Finding, moment: str) -> Finding | None:
    """The better word for an unknown name that the form has, on a page nobody has filled by then."""
    fact = str(finding.parameters.get("name", ""))
    if not finding.code.startswith("rules.unknown_name") or fact not in whole_scope(subject):
        return None
    parameters: dict[str, Parameter | Text] = {"fact": fact}
    code = "procedures.rule.fact_after_filing"
    if moment not in (FILING, RECEPTION):
        code, parameters["task"] = "procedures.rule.fact_after_task", subject.titles.step(moment)
    return replace(finding, code=code, parameters=spoken(parameters))


def wanted(subject: Subject, kind: CaseType) -> Iterator[Wanted]:
    """The moments of a case type, each with the rules whose values it needs."""
    later = {name for step in subject.definition.steps for name in step.collects}
    at_once = tuple(name for name in kind.amounts if name not in later)
    yield FILING, (*at_once, *kind.components, *kind.conditions)
    yield RECEPTION, (kind.term,) if kind.term else ()
    ways = subject.ways_of[kind.key]
    for step in ways.steps.values():
        yield step.key, tuple(name for name in step.collects if name in kind.amounts)
        for name in _read_on_leaving(ways, step):
            yield RECEPTION if step.kind in KNOW_LITTLE else step.key, (name,)


def scope_at(subject: Subject, moment: str, kind: CaseType) -> Scope:
    """The facts that rules may read then."""
    pages = subject.knowledge.pages_at(moment, kind)
    kinds = [case_type.key for case_type in subject.definition.case_types]
    return scope(schema_at(subject.definition.form, pages), kinds, moment)


def _read_on_leaving(ways: Graph, step: Step) -> Iterator[str]:
    """The rules read when the step is left: choices up to the next step where work rests; when that is, and whose."""
    ahead = [t.target for t in ways.outgoing[step.key]] if step.kind in STOPS else []
    passed: set[str] = set()
    while ahead:
        key = ahead.pop(0)
        follower = ways.steps[key]
        if key not in passed:
            yield from (rule for rule in (follower.moment, follower.assign) if rule)
        if key in passed or follower.kind in STOPS:
            continue
        passed.add(key)
        if follower.choice and not follower.by_case_type:
            yield follower.choice
        if follower.kind == "inclusive":
            yield from (way.when for way in ways.outgoing[key] if way.when)
        ahead += [t.target for t in ways.outgoing[key]]


STOPS = ("start", *RESTING, "end")
# Where no more is surely filled in than at reception.
KNOW_LITTLE = ("start", "supplement")
