"""What a call uses of another procedure, held against what that procedure offers. Pure.

A caller pins the use that it makes, never a version: whatever version of the other is in force must allow this use.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from common.text import Text
from form_builder.form import Field
from form_builder.likeness import answers
from form_builder.moments import schema_at
from form_builder.schema import read_form
from procedure_library.definition import Definition, Step
from procedure_library.linking import Call, Interface
from procedure_library.moments import filing_pages

Use = Literal["case_type", "question", "paper", "answer", "kind", "missing"]


@dataclass(frozen=True, slots=True)
class Staffed:
    """A unit that takes the procedure, with the roles that somebody holds there; by function those held in the unit
    that has it for this one's area, where one has it."""

    name: Text
    roles: frozenset[str]
    by_function: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What there is around a definition: the procedures in force that it calls, directly or through others, by key;
    those that call it; the units that use it, and the roles held in any unit that has an area of its own; of the
    parameters of its rules those that some province or unit has decided (None: nobody has looked)."""

    callees: Mapping[str, Definition] = field(default_factory=dict)
    callers: tuple[Definition, ...] = ()
    units: tuple[Staffed, ...] = ()
    anywhere: frozenset[str] = frozenset()
    decided: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Misfit:
    """A use that the other procedure does not allow; `what` is the question, component or case type."""

    use: Use
    what: str


def calls_of(definition: Definition) -> tuple[tuple[Step, Call], ...]:
    """The steps that call other procedures."""
    return tuple((step, step.call) for step in definition.steps if step.kind == "call" and step.call)


def misfits(caller: Definition, call: Call, callee: Definition) -> Iterator[Misfit]:
    """What the call uses that the procedure does not offer, and what it must be given and is not."""
    offers = callee.interface or Interface(())
    if call.case_type not in offers.case_types:
        yield Misfit("case_type", call.case_type)
        return
    ours, theirs = read_form(caller.form), read_form(callee.form)
    for passing in call.passes:
        if not _within(offers.questions, passing.target):
            yield Misfit("question", passing.target)
        elif not _fits(ours.field_at(passing.source), theirs.field_at(passing.target)):
            yield Misfit("kind", passing.target)
    for passing in call.takes:
        if not _within(offers.answers, passing.source):
            yield Misfit("answer", passing.source)
        elif not _fits(theirs.field_at(passing.source), ours.field_at(passing.target)):
            yield Misfit("kind", passing.source)
    yield from (Misfit("paper", each.target) for each in call.papers if each.target not in offers.papers)
    yield from (Misfit("missing", path) for path in _missing(callee, call))


def _fits(source: Field | None, target: Field | None) -> bool:
    """A question that its own procedure does not have is found by a check of that procedure."""
    return source is None or target is None or answers(target, source)


def _within(offered: tuple[str, ...], path: str) -> bool:
    return any(path == each or path.startswith(f"{each}.") for each in offered)


def _missing(callee: Definition, call: Call) -> Iterator[str]:
    """The questions that are always asked, must be answered at filing, and get no answer."""
    kind = next((each for each in callee.case_types if each.key == call.case_type), None)
    form = read_form(schema_at(callee.form, filing_pages(callee, kind)))
    given = {passing.target for passing in call.passes}
    yield from _unanswered(form.fields, given)


def _unanswered(fields: tuple[Field, ...], given: set[str]) -> Iterator[str]:
    for each in fields:
        if not each.required or each.asked_when or each.path in given:
            continue
        if any(path.startswith(f"{each.path}.") for path in given):
            yield from _unanswered(each.fields, given)
        else:
            yield each.path
