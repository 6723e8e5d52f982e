"""Every letter is made for every example that comes to it, before the procedure is law.

An example comes to a letter when, with its answers, the procedure can come to an end of the letter's kind. What is
answered only later is invented: everything, and once more no more than must be; of pages that tasks fill, those
that are surely filled by then.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from time import monotonic
from typing import Any

from common.calendar import WorkingCalendar
from common.problems import Finding, Parameter, Problem, Severity
from common.text import Text
from form_builder.moments import schema_at
from form_builder.sampling import sample, without_optional
from form_builder.schema import read_form
from form_builder.visibility import prune
from procedure_library.checks.titles import spoken
from procedure_library.compiled import Compiled, compiled
from procedure_library.definition import CaseType, Definition, Example, Letter, Step, Transition
from procedure_library.letter_press import LetterTrial, Situation, Unprintable
from procedure_library.moments import filing_pages, page_keys, pages_at, task_pages
from procedure_library.shipped_places import national_places
from rules_dsl.evaluation import Reference
from rules_dsl.facts import Facts, read_facts, scope

# An author waits for it: letters behind so many seconds, and dossiers of a letter beyond so many, are not tried.
SECONDS = 60
MOST = 400


@dataclass(frozen=True, slots=True)
class Reaching:
    """An example that comes to a letter, and a dossier that it may then be."""

    example: Example
    situation: Situation


def try_letters(
    definition: Definition, trial: LetterTrial, calendar: WorkingCalendar | None, *, at: datetime
) -> tuple[Finding, ...]:
    """What is wrong with the letters of a definition that has no other errors."""
    ready, begun = compiled(definition), monotonic()
    findings: list[Finding] = []
    for letter in definition.letters:
        if monotonic() - begun > SECONDS:
            findings.append(_about(letter, "procedures.letter.not_tried", "warning"))
        else:
            findings += _tried(ready, letter, reaching(ready, letter, calendar), trial, at)
    return tuple(findings)


def reaching(
    ready: Compiled, letter: Letter, calendar: WorkingCalendar | None = None
) -> tuple[Reaching, ...]:
    """The examples that come to the letter, each with everything answered later and with the least."""
    ends = [step for step in ready.graph.of_kind("end") if letter.ending in (None, step.ending)]
    return tuple(
        Reaching(example, situation)
        for example in ready.definition.examples
        for situation in _situations(ready, example, ends, calendar)
    )


def _tried(
    ready: Compiled, letter: Letter, coming: Sequence[Reaching], trial: LetterTrial, at: datetime
) -> Iterator[Finding]:
    if not coming:
        yield _about(letter, "procedures.letter.no_example", "warning")
        return
    answers = trial(ready.definition, letter.source, [each.situation for each in coming[:MOST]], at=at)
    broken: dict[Unprintable, dict[str, Example]] = {}
    for each, answer in zip(coming, answers, strict=False):
        if answer is not None:
            broken.setdefault(answer, {})[each.example.key] = each.example
    for why, examples in broken.items():
        yield _broken(letter, why, list(examples.values()))
    if len(answers) < len(coming):
        tried, every = ({each.example.key for each in some} for some in (coming[: len(answers)], coming))
        yield _about(letter, "procedures.letter.not_for_all", "warning", tried=len(tried), all=len(every))


def _broken(letter: Letter, why: Unprintable, examples: list[Example]) -> Finding:
    told: dict[str, Parameter | Text] = {"example": examples[0].name, "cause": why.cause}
    code = "procedures.letter.broken"
    if len(examples) > 1:
        code, told["more"] = "procedures.letter.broken_for_several", len(examples) - 1
    return replace(_about(letter, code, "error", **told), line=why.line)


def _about(letter: Letter, code: str, severity: Severity, **more: Parameter | Text) -> Finding:
    parameters = spoken({"letter": letter.name if letter.name.vi else Text(letter.key), **more})
    return Finding(code, f"letters/{letter.key}.typ", parameters, severity)


def _situations(
    ready: Compiled, example: Example, ends: list[Step], calendar: WorkingCalendar | None
) -> Iterator[Situation]:
    kind = ready.case_type(str(_part(example, "dossier").get("case_type", "")))
    if "problems" in example.expect or kind is None:
        # What the form refuses is never a dossier.
        return
    pages = (*filing_pages(ready.definition, kind), *task_pages(ready.definition))
    facts = {"answers": _answers(ready, kind, example, pages), "dossier": _part(example, "dossier")}
    reached = _reached(ready, kind.key, facts, calendar)
    end = next((step for step in ends if step.key in reached), None)
    if end is None:
        return
    known = pages_at(ready.definition, ready.graph, end.key, kind)
    whole = _answers(ready, kind, example, known)
    least = _answers(ready, kind, example, known, least=True)
    for answers in (whole, *([least] if least != whole else [])):
        yield Situation(answers, kind.key, end.ending or "granted")


def _answers(
    ready: Compiled, kind: CaseType, example: Example, pages: Sequence[str], *, least: bool = False
) -> dict[str, Any]:
    """Those of the example, and invented ones on the pages that are filled later; `least`: only what they demand."""
    form = ready.definition.form
    asked = read_form(schema_at(form, pages) if page_keys(ready.definition) else form, national_places())
    before = ready.schema_at(example.moment, kind.key).get("properties", {})
    said = {k: a for k, a in _part(example, "answers").items() if k in asked.schema.get("properties", {})}
    later = {k: a for k, a in sample(asked, said).items() if k not in said and k not in before}
    return prune(asked, {**said, **(without_optional(asked, later) if least else later)})


def _part(example: Example, name: str) -> Mapping[str, Any]:
    part = example.facts.get(name)
    return part if isinstance(part, Mapping) else {}


def _reached(
    ready: Compiled, kind: str, facts: Mapping[str, Any], calendar: WorkingCalendar | None
) -> frozenset[str]:
    """The steps that can follow in that case type, whatever people decide; choices go by the facts."""
    kinds = [each.key for each in ready.definition.case_types]
    known = read_facts(scope(ready.definition.form, kinds), facts)
    ahead, reached = [step.key for step in ready.graph.of_kind("start")], set[str]()
    while ahead:
        key = ahead.pop()
        if key in reached:
            continue
        reached.add(key)
        step = ready.graph.steps[key]
        chosen = kind if step.by_case_type else _chosen(ready, step, known, calendar)
        ahead += [way.target for way in _ways(ready.graph.outgoing[key], chosen)]
    return frozenset(reached)


def _ways(ways: tuple[Transition, ...], chosen: str | None) -> list[Transition]:
    """Those that may be taken; all of them when nothing is chosen."""
    if chosen is None:
        return list(ways)
    return [way for way in ways if way.when == chosen] or [way for way in ways if way.default]


def _chosen(
    ready: Compiled, step: Step, facts: Facts | tuple[Problem, ...], calendar: WorkingCalendar | None
) -> str | None:
    """The value that a branch's choice rule gives; None where people decide, or it cannot be told."""
    if step.choice is None or isinstance(facts, tuple):
        return None
    value = ready.rulebook.evaluate(step.choice, facts, Reference(calendar)).value
    return value if isinstance(value, str) else None
