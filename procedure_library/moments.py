"""Which pages of the form are filled at each moment a rule may be evaluated.

Moments are "filing", "reception" and the key of every task. A page that a task fills is known from that
task on, and only where every way from the start has passed it; all other pages are filled at filing.

Who finds that a paper is missing cannot conclude yet: an outcome that leads straight to a supplement leaves
the pages of its task unfinished.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from procedure_library.definition import CaseType, Definition
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


def task_pages(definition: Definition) -> Pages:
    """The pages that some task fills: nobody is asked for them at filing."""
    return frozenset(page for step in definition.steps for page in step.fills)


def filing_pages(definition: Definition, case_type: CaseType | None) -> tuple[str, ...]:
    """The pages the applicant fills, in order; case type None: those of every kind."""
    asked = case_type.pages if case_type and case_type.pages else page_keys(definition)
    later = task_pages(definition)
    return tuple(page for page in page_keys(definition) if page in asked and page not in later)


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
    known = _filled_on_every_way(graph, task_pages(definition))[moment]
    return tuple(page for page in page_keys(definition) if page in filed or page in known)


def asks_applicant(graph: Graph, step: str, outcome: str | None = None) -> bool:
    """Whether completing the task, with that outcome or (None) with any, leads straight to a supplement."""
    if outcome is not None and outcome not in {known.key for known in graph.steps[step].outcomes}:
        return False
    ahead, seen = list(graph.outgoing[step]), {step}
    while ahead:
        target = graph.steps[ahead.pop().target]
        if target.kind == "supplement":
            return True
        if target.kind == "branch" and target.key not in seen:
            seen.add(target.key)
            decided = outcome is not None and target.choice is None
            ahead += [transition_for(graph, target.key, outcome)] if decided else graph.outgoing[target.key]
    return False


def _filled_on_every_way(graph: Graph, everything: Pages) -> Mapping[str, Pages]:
    """For each step the task pages surely filled once it is left: the greatest fixed point."""
    filled = dict.fromkeys(graph.steps, Filled(everything, everything))
    for step in graph.of_kind("start"):
        filled[step.key] = Filled(frozenset(), frozenset())
    changed = True
    while changed:
        after = {key: _filled_after(graph, filled, key) for key in graph.steps}
        changed = after != filled
        filled = after
    return {key: known.finished for key, known in filled.items()}


def _filled_after(graph: Graph, filled: Mapping[str, Filled], key: str) -> Filled:
    step = graph.steps[key]
    before = [filled[t.source] for t in graph.incoming[key] if t.source in filled]
    if not before or step.kind == "start":
        return Filled(frozenset(step.fills), frozenset())
    # A join has seen all its ways, any other step only the one that was taken.
    all_or_one = frozenset.union if step.kind == "join" else frozenset.intersection
    finished = all_or_one(*(known.finished for known in before))
    unfinished = all_or_one(*(known.unfinished for known in before))
    if step.kind == "supplement":
        return Filled(unfinished, unfinished)
    return Filled(finished | frozenset(step.fills), finished if step.kind == "task" else unfinished)
