"""Completing one waiting step at a time finds a fault exactly when some order of acts has one."""

from collections.abc import Callable
from dataclasses import replace
from itertools import product

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from procedure_library.checks import way_out
from procedure_library.checks.exploration import Situation, explored
from procedure_library.checks.subject import Subject
from procedure_library.definition import Definition, Step
from procedure_library.semantics import Blocked, EndlessWalk, Graph, Marking, NotEnabled, leave, start
from tests.procedure_library.graphs import block_structured

MOST = 1_500


HOLDS: tuple[frozenset[str], ...] = (frozenset(), frozenset({"few"}))


def choosing(holding: frozenset[str]) -> Callable[[Step], frozenset[str]]:
    """Decides inclusive splits alike, and nothing else."""

    def choose(step: Step) -> frozenset[str]:
        if step.kind != "inclusive":
            raise AssertionError(f"{step.key} follows a task")
        return holding

    return choose


def everything(graph: Graph) -> set[Marking]:
    """Every marking that any order of acts can reach."""
    found: set[Marking] = set()
    ahead = []
    for holding in HOLDS:
        first = start(graph, choosing(holding))
        assert not isinstance(first, Blocked)
        ahead.append(first.marking)
    while ahead:
        marking = ahead.pop()
        if marking in found or marking.ended or len(set(marking.waiting)) < len(marking.waiting):
            found.add(marking)
            continue
        found.add(marking)
        assume(len(found) < MOST)
        for key in marking.waiting:
            for outcome in [o.key for o in graph.steps[key].ways] or [None]:
                for on, holding in product(dict.fromkeys(t.on for t in graph.outgoing[key]), HOLDS):
                    move = leave(graph, marking, key, outcome, choosing(holding), on)
                    assert not isinstance(move, Blocked)
                    ahead.append(move.marking)
    return found


def is_faulty(marking: Marking) -> bool:
    crowded = len(set(marking.waiting)) < len(marking.waiting)
    left_over = marking.ended is not None and bool(marking.waiting or marking.arrived)
    return crowded or left_over or (marking.ended is None and not marking.waiting)


@st.composite
def bent(draw: st.DrawFn) -> Definition:
    """A sound graph with one or two transitions led astray."""
    procedure = draw(block_structured())
    assume(len(procedure.steps) < 30)
    transitions = list(procedure.transitions)
    targets = [step.key for step in procedure.steps if step.kind != "start"]
    for _ in range(draw(st.integers(0, 2))):
        place = draw(st.integers(1, len(transitions) - 1))
        transitions[place] = replace(transitions[place], target=draw(st.sampled_from(targets)))
    return replace(procedure, transitions=tuple(transitions))


@given(bent())
@settings(max_examples=60, deadline=None)
def test_one_order_of_acts_shows_what_every_order_would(procedure: Definition) -> None:
    graph = Graph.of(procedure)
    # Told in the round before: a step that leads nowhere can be completed for ever.
    assume(not [*way_out.check(Subject(procedure))])
    try:
        anywhere = any(is_faulty(marking) for marking in everything(graph))
    except (EndlessWalk, NotEnabled, AssertionError):
        assume(False)
    found = explored(graph)
    assert found.complete
    assert anywhere == any(is_faulty(situation.marking) for situation in found.situations)


def test_a_situation_without_work_is_over() -> None:
    assert Situation(Marking()).is_over
    assert not Situation(Marking(("examine",))).is_over
