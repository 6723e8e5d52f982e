"""Which pages of the form are filled at each moment a rule may be evaluated.

Moments are "filing", "reception" and the key of every task. A page that a task fills is known from that
task on, and only where every way from the start has passed it; all other pages are filled at filing.

Where questions of a page name the steps that fill them, the page falls into parts (`form_builder.parts`), and
what is said of pages here is true of each part for itself.

Who finds that a paper is missing cannot conclude yet: an outcome that leads straight to a supplement leaves
the pages of its task unfinished.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from form_builder.parts import fillers, parts
from procedure_library.blocks import block_of
from procedure_library.definition import CaseType, Definition, Step, Transition
from procedure_library.semantics import Graph, transition_for

FILING, RECEPTION = "filing", "reception"

Pages = frozenset[str]


@dataclass(frozen=True, slots=True)
class Filled:
    """The task pages known after a step: when the last task finished its own, and when it left them."""

    finished: Pages
    unfinished: Pages


def page_keys(definition: Definition) -> tuple[str, ...]:
    """The pages of the form, in order."""
    return tuple(page["key"] for page in definition.form.get("x-motcua-pages", ()))


class _Same:
    """A definition as a key: that very record, which never changes."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition

    def __hash__(self) -> int:
        return id(self.definition)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.definition is self.definition


@dataclass(frozen=True, slots=True)
class _Filling:
    """All parts of the form, what each step fills, and what is surely filled once it is left."""

    parts: tuple[str, ...]
    by_step: Mapping[str, Pages]
    known: Mapping[str, Pages]


@lru_cache(maxsize=16)
def _filling(same: _Same) -> _Filling:
    """Worked out once: the checks ask for every moment of every case type."""
    definition = same.definition
    every = parts(definition.form)
    by_step = {
        step.key: frozenset(part for part in every if step.key in fillers(part) or part in step.fills)
        for step in definition.steps
    }
    return _Filling(every, by_step, _filled_on_every_way(Graph.of(definition), by_step))


def filled_at(definition: Definition, step: Step) -> tuple[str, ...]:
    """What the step fills: its pages, as far as their questions name no others, and the questions that name it."""
    return tuple(part for part in parts(definition.form) if step.key in fillers(part) or part in step.fills)


def task_pages(definition: Definition) -> Pages:
    """The pages that some task fills: nobody is asked for them at filing."""
    return frozenset[str]().union(*_filling(_Same(definition)).by_step.values())


def filing_pages(definition: Definition, case_type: CaseType | None) -> tuple[str, ...]:
    """The pages the applicant fills, in order; case type None: those of every kind."""
    asked = case_type.pages if case_type and case_type.pages else page_keys(definition)
    later = task_pages(definition)
    own = (part for part in _filling(_Same(definition)).parts if not fillers(part))
    return tuple(part for part in own if part in asked and part not in later)


def moments(definition: Definition) -> tuple[str, ...]:
    """Every moment of the procedure, in the order of the definition."""
    return (FILING, RECEPTION, *(step.key for step in definition.steps if step.kind == "task"))


def pages_at(
    definition: Definition, graph: Graph, moment: str, case_type: CaseType | None
) -> tuple[str, ...]:
    """The pages filled by then, in order; those of a task itself are included."""
    filed = filing_pages(definition, case_type)
    if moment in (FILING, RECEPTION):
        return filed
    filling = _filling(_Same(definition))
    return tuple(part for part in filling.parts if part in filed or part in filling.known[moment])


def asks_applicant(graph: Graph, step: str, outcome: str | None = None) -> bool:
    """Whether completing the task, with that outcome or (None) with any, leads straight to a supplement."""
    if outcome is not None and outcome not in {known.key for known in graph.steps[step].ways}:
        return False
    return straight_to_applicant(graph, graph.exits(step), outcome, {step})


def straight_to_applicant(
    graph: Graph, ways: Iterable[Transition], outcome: str | None = None, seen: Collection[str] = ()
) -> bool:
    """Whether one of the ways leads straight to a supplement, through branches only."""
    ahead, seen = list(ways), set(seen)
    while ahead:
        target = graph.steps[ahead.pop().target]
        if target.kind == "supplement":
            return True
        if target.kind == "branch" and target.key not in seen:
            seen.add(target.key)
            decided = outcome is not None and target.choice is None
            ahead += [transition_for(graph, target.key, outcome)] if decided else graph.outgoing[target.key]
    return False


def _filled_on_every_way(graph: Graph, fills: Mapping[str, Pages]) -> Mapping[str, Pages]:
    """For each step the task pages surely filled once it is left: the greatest fixed point."""
    everything = frozenset[str]().union(*fills.values())
    filled = dict.fromkeys(graph.steps, Filled(everything, everything))
    for step in graph.of_kind("start"):
        filled[step.key] = Filled(frozenset(), frozenset())
    blocks = (block_of(graph, step.key) for step in graph.of_kind("inclusive"))
    some = {block.join for block in blocks if block}
    changed = True
    while changed:
        changed = False
        for key in graph.steps:
            after = _filled_after(graph, filled, fills, some, key)
            changed = changed or after != filled[key]
            filled[key] = after
    return {key: known.finished for key, known in filled.items()}


def _brought(graph: Graph, known: Filled, fills: Mapping[str, Pages], way: Transition) -> Filled:
    """What is filled where the way leads: a step that was interrupted has not filled its pages, and a call has where
    the way stands for its being granted."""
    if way.on is None:
        given = _granted(graph, fills, way)
        return Filled(known.finished | given, known.unfinished | given)
    return Filled(known.finished - fills[way.source], known.unfinished - fills[way.source])


def _granted(graph: Graph, fills: Mapping[str, Pages], way: Transition) -> Pages:
    """What calls fill whose outcome the way stands for."""
    branch = graph.steps[way.source]
    if branch.kind != "branch" or branch.choice or way.when != "granted":
        return frozenset()
    before = [graph.steps[into.source] for into in graph.incoming[branch.key]]
    filled = (fills[step.key] if step.kind == "call" else frozenset[str]() for step in before)
    return frozenset.intersection(*filled)


def _filled_after(
    graph: Graph, filled: Mapping[str, Filled], fills: Mapping[str, Pages], some: Collection[str], key: str
) -> Filled:
    """`some` are the joins behind which not every way need have been taken."""
    step = graph.steps[key]
    before = [_brought(graph, filled[t.source], fills, t) for t in graph.incoming[key] if t.source in filled]
    if not before or step.kind == "start":
        return Filled(fills[key], frozenset())
    # A join has seen all its ways (that of an inclusive split perhaps one), any other step the one that was taken.
    all_or_one = frozenset.union if step.kind == "join" and key not in some else frozenset.intersection
    finished = all_or_one(*(known.finished for known in before))
    unfinished = all_or_one(*(known.unfinished for known in before))
    if step.kind == "supplement":
        return Filled(unfinished, unfinished)
    if step.kind == "call":
        return Filled(finished, unfinished)
    return Filled(finished | fills[key], finished if step.kind == "task" else unfinished)
