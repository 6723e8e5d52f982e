"""Every recorded situation gives what it must, with the rules and the form as they are.

Good: 10 pages in 3 copies cost 36 000 VND. Bad: the same example, and the rule says 30 000.
"""

from collections.abc import Hashable, Iterator
from difflib import get_close_matches

from common.problems import Finding
from form_builder.schema import read_form
from procedure_library.checks.example_words import ExampleWords
from procedure_library.checks.subject import Subject
from procedure_library.checks.titles import spoken
from procedure_library.compiled import Compiled, compiled
from procedure_library.definition import Example
from procedure_library.moments import moments, pages_at
from procedure_library.remembered import Remembered, days_of
from procedure_library.trial import Unfit, tried

remembered: Remembered[tuple[Finding, ...]] = Remembered(64)


def check(subject: Subject) -> Iterator[Finding]:
    if not subject.definition.examples:
        yield Finding("procedures.example.none", subject.definition.key, severity="warning")
        return
    yield from remembered.get(_name(subject), lambda: tuple(_every(subject)))


def _name(subject: Subject) -> Hashable:
    """All that the outcome of the examples depends on: of the steps which pages are filled by when."""
    definition = subject.definition
    filled = tuple(
        pages_at(definition, subject.graph, moment, kind)
        for moment in dict.fromkeys(example.moment for example in definition.examples)
        for kind in definition.case_types
        if moment in moments(definition)
    )
    said = repr((definition.examples, definition.case_types, moments(definition)))
    return subject.rules_name, said, filled, days_of(subject.calendar)


def _every(subject: Subject) -> Iterator[Finding]:
    ready = compiled(subject.definition)
    for example in subject.definition.examples:
        yield from _example(subject, ready, example)


def _example(subject: Subject, ready: Compiled, example: Example) -> Iterator[Finding]:
    for what, known in _names(ready, example):
        if what not in known:
            near = get_close_matches(what, known, 1) or [", ".join(known)]
            found = spoken({"name": example.name, "what": what, "suggestion": near[0]})
            yield Finding("procedures.example.unknown_name", example.key, found)
            return
    outcome = tried(ready, example, subject.calendar)
    if isinstance(outcome, Unfit):
        # The problem's own sentence, with its own parameters.
        bad = {**outcome.problem.parameters, "problem": f"@{outcome.problem.code}"}
        yield Finding("procedures.example.bad_facts", example.key, bad)
        return
    words = ExampleWords(subject.titles, read_form(subject.definition.form))
    for what, expected in sorted(outcome.expected.items()):
        found_value = outcome.found.get(what, "—")
        if found_value != expected:
            compared = {
                "what": words.thing(what),
                "expected": words.value(what, expected),
                "found": words.value(what, found_value),
            }
            yield Finding("procedures.example.failed", example.key, spoken(compared))


def _names(ready: Compiled, example: Example) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What the example speaks of, each with the names the procedure has for it."""
    yield example.moment, moments(ready.definition)
    case_types = tuple(kind.key for kind in ready.definition.case_types)
    yield str(example.facts.get("dossier", {}).get("case_type", "")), case_types
    rules = tuple(rule.name for rule in ready.rules.rules)
    for part in ("amounts", "conditions", "choices"):
        yield from ((name, rules) for name in example.expect.get(part, {}))
    yield from ((name, rules) for name in (*example.expect.get("components", ()), *example.parameters))
