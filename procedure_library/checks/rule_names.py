"""Case types and steps name rules that the file has, of the kind they need; every rule serves one of them.

Good: the case type's term is a term rule. Bad: an amount that no rule is called, a component as a term.
"""

from collections.abc import Iterator
from difflib import get_close_matches

from common.problems import Finding
from procedure_library.checks.computed import computed_on_pages
from procedure_library.checks.rule_use import names_in, read_by
from procedure_library.checks.subject import Subject
from procedure_library.checks.titles import spoken
from procedure_library.definition import CaseType, Step
from rules_dsl.keywords import spelled
from rules_dsl.nodes import (
    Always,
    AmountRule,
    Assign,
    Choice,
    Component,
    Condition,
    Interpolation,
    Language,
    Let,
    Parameter,
    Rate,
    Table,
    Term,
)

LANGUAGES: tuple[Language, ...] = ("vi", "en")
# The keyword that begins a rule of each kind.
KEYWORDS: dict[type, str] = {
    AmountRule: "charge",
    Term: "term",
    Component: "component",
    Condition: "condition",
    Choice: "choice",
    Assign: "assign",
    Parameter: "parameter",
    Table: "table",
    Interpolation: "interpolation",
    Rate: "rate",
    Let: "let",
}
# What serves other rules.
SERVING = (Parameter, Table, Interpolation, Rate, Let)


def check(subject: Subject) -> Iterator[Finding]:
    for kind in subject.definition.case_types:
        for name, expected in _named_by_case_type(kind):
            yield from _named(subject, kind, name, expected)
    charged = {name for kind in subject.definition.case_types for name in kind.amounts}
    for step in subject.definition.steps:
        if step.choice is not None and not step.by_case_type:
            yield from _named(subject, step, step.choice, Choice)
        for condition in _conditions(subject, step):
            yield from _named(subject, step, condition, Condition)
        if step.assign is not None:
            yield from _named(subject, step, step.assign, Assign)
        if step.moment is not None:
            yield from _named(subject, step, step.moment, Term)
        for name in step.collects:
            yield from _named(subject, step, name, AmountRule)
            if name in subject.rules and name not in charged:
                yield subject.about(step, "procedures.collects.not_charged", rule=subject.titles.rule(name))
    yield from _unused(subject)


def _conditions(subject: Subject, step: Step) -> Iterator[str]:
    """The condition rules on the exits of an inclusive split."""
    exits = subject.graph.outgoing[step.key] if step.kind == "inclusive" else ()
    yield from (way.when for way in exits if way.when)


def _named_by_case_type(kind: CaseType) -> Iterator[tuple[str, type]]:
    if kind.term is not None:
        yield kind.term, Term
    for names, expected in (
        (kind.amounts, AmountRule),
        (kind.components, Component),
        (kind.conditions, Condition),
    ):
        yield from ((name, expected) for name in names)


def _named(subject: Subject, thing: CaseType | Step, name: str, expected: type) -> Iterator[Finding]:
    rule = subject.rules.get(name)
    if rule is None:
        fitting = [key for key, other in subject.rules.items() if isinstance(other, expected)]
        near = get_close_matches(name, fitting, 1) or [", ".join(fitting)]
        yield subject.about(thing, "procedures.rule.unknown", rule=name, suggestion=near[0])
    elif not isinstance(rule, expected):
        found, wanted = _called(type(rule)), _called(expected)
        yield subject.about(
            thing, "procedures.rule.wrong_kind", rule=subject.titles.rule(name), found=found, expected=wanted
        )


def _called(kind: type) -> str:
    """The kind by its keyword, in both spellings: «thời_hạn / term»."""
    return " / ".join(spelled(KEYWORDS[kind], language) for language in LANGUAGES)


def _unused(subject: Subject) -> Iterator[Finding]:
    """Rules that no dossier ever asks for; what merely helps others may help a claim as well."""
    asked = read_by(subject.rules, _named_anywhere(subject))
    claimed = (
        name for rule in subject.parsed.rules.rules if isinstance(rule, Always) for name in names_in(rule)
    )
    spoken_of = asked | read_by(subject.rules, claimed)
    for rule in subject.rules.values():
        if rule.name not in (spoken_of if isinstance(rule, SERVING) else asked):
            parameters = spoken({"rule": subject.titles.rule(rule.name)})
            yield Finding("procedures.rule.unused", rule.name, parameters, "warning", rule.place.line)


def _named_anywhere(subject: Subject) -> Iterator[str]:
    """What case types, steps and pages of the form name."""
    for kind in subject.definition.case_types:
        yield from (name for name, _ in _named_by_case_type(kind))
    for step in subject.definition.steps:
        yield from (rule for rule in (step.choice, step.moment, step.assign) if rule)
        yield from step.collects
        yield from _conditions(subject, step)
    yield from (name for _page, name in computed_on_pages(subject))
