"""What the graph allows: every walk rests, ends, and can be made again from its record."""

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procedure_library.blocks import block_of
from procedure_library.definition import Definition, Step, Transition
from procedure_library.semantics import (
    Blocked,
    EndlessWalk,
    Graph,
    Marking,
    Move,
    NotEnabled,
    leave,
    replay,
    start,
)
from tests.procedure_library.graphs import block_structured
from tests.procedure_library.samples import definition, step, task, to


def undecidable(branch: Step) -> Any:
    raise AssertionError(f"{branch.key} has no choice rule")


def some(seed: st.DataObject) -> Callable[[Step], frozenset[str]]:
    """Whether the conditions of an inclusive split hold."""
    return lambda _split: frozenset(seed.draw(st.sampled_from([(), ("few",)])))


def outcomes(step_: Step) -> list[str | None]:
    return [outcome.key for outcome in step_.ways] or [None]


def walked(graph: Graph, seed: st.DataObject, limit: int) -> list[Move]:
    """A random run: some waiting step is completed with some outcome, at most `limit` times."""
    choose = some(seed)
    move = start(graph, choose)
    moves = []
    while isinstance(move, Move):
        moves.append(move)
        if not move.marking.waiting or len(moves) > limit:
            return moves
        key = seed.draw(st.sampled_from(move.marking.waiting))
        outcome = seed.draw(st.sampled_from(outcomes(graph.steps[key])))
        on = seed.draw(st.sampled_from([None, *dict.fromkeys(t.on for t in graph.outgoing[key] if t.on)]))
        move = leave(graph, move.marking, key, outcome, choose, on)
    raise AssertionError("blocked")


def finished(graph: Graph, marking: Marking) -> Marking:
    """The run brought to its end by always taking the first outcome: the way on, never back."""
    for _ in range(500):
        if not marking.waiting:
            return marking
        key = marking.waiting[0]
        move = leave(graph, marking, key, outcomes(graph.steps[key])[0], lambda _: frozenset())
        assert isinstance(move, Move)
        marking = move.marking
    raise AssertionError("does not end")


@given(block_structured(), st.data())
@settings(max_examples=80, deadline=None)
def test_a_block_structured_graph_is_sound(procedure: Definition, data: st.DataObject) -> None:
    graph = Graph.of(procedure)
    for move in walked(graph, data, 30):
        assert len(set(move.marking.waiting)) == len(move.marking.waiting)
        assert move.marking.waiting or move.marking.ended
    assert finished(graph, move.marking) == Marking(ended="finished")


@given(block_structured(), st.data())
@settings(max_examples=80, deadline=None)
def test_replaying_the_recorded_transitions_makes_the_same_moves(
    procedure: Definition, data: st.DataObject
) -> None:
    graph = Graph.of(procedure)
    marking = Marking()
    for move in walked(graph, data, 30):
        assert replay(graph, marking, move.left, move.transitions) == move
        marking = move.marking


@given(block_structured(), st.data())
@settings(max_examples=60, deadline=None)
def test_a_marking_survives_json(procedure: Definition, data: st.DataObject) -> None:
    for move in walked(Graph.of(procedure), data, 15):
        assert Marking.from_json(move.marking.to_json()) == move.marking


def test_an_outcome_chooses_the_transition() -> None:
    graph = Graph.of(definition())
    move = leave(graph, Marking(("examine",)), "examine", "incomplete", undecidable)
    assert move == Move(
        Marking(("supplement",)),
        "examine",
        ("supplement",),
        ("examine_examined", "examined_supplement_incomplete"),
    )


def test_an_unknown_fact_blocks_and_moves_nothing() -> None:
    class Unknown:
        missing = ("site.in_heritage_zone",)

    unknown = Unknown()
    graph = Graph.of(by_rule())
    assert leave(graph, Marking(("examine",)), "examine", "done", lambda _: unknown) == Blocked(
        "consulted", unknown
    )


def test_a_value_without_transition_takes_the_default() -> None:
    graph = Graph.of(by_rule())
    move = leave(graph, Marking(("examine",)), "examine", "done", lambda _: "never_heard_of")
    assert isinstance(move, Move)
    assert move.entered == ("finished",)


def test_a_join_waits_for_every_arrival() -> None:
    graph = Graph.of(
        definition(
            steps=(
                step("started", "start"),
                step("fork", "split"),
                task("police"),
                task("insurance"),
                step("gather", "join"),
                step("finished", "end", ending="granted"),
            ),
            transitions=(
                to("started", "fork"),
                to("fork", "police"),
                to("fork", "insurance"),
                to("police", "gather"),
                to("insurance", "gather"),
                to("gather", "finished"),
            ),
        )
    )
    both = start(graph, undecidable)
    assert isinstance(both, Move)
    assert both.entered == ("police", "insurance")
    one = leave(graph, both.marking, "police", "done", undecidable)
    assert isinstance(one, Move)
    assert one.marking == Marking(("insurance",), ("police_gather",))
    last = leave(graph, one.marking, "insurance", "done", undecidable)
    assert isinstance(last, Move)
    assert last.marking == Marking(ended="finished")


def test_a_step_without_work_cannot_be_left() -> None:
    with pytest.raises(NotEnabled):
        leave(Graph.of(definition()), Marking(("sign",)), "examine", "fit", undecidable)


def test_a_record_that_does_not_fit_is_not_replayed() -> None:
    with pytest.raises(NotEnabled):
        replay(Graph.of(definition()), Marking(("sign",)), "sign", ("sign_signed",))


def test_a_circle_without_work_is_caught() -> None:
    circle = definition(
        steps=(step("started", "start"), step("round", "branch", choice="c"), step("end", "end")),
        transitions=(to("started", "round"), to("round", "round", "again"), to("round", "end", "out")),
    )
    with pytest.raises(EndlessWalk):
        start(Graph.of(circle), lambda _: "again")


def by_rule() -> Definition:
    return definition(
        steps=(
            step("started", "start"),
            task("examine"),
            step("consulted", "branch", choice="consultation"),
            task("consult"),
            step("finished", "end", ending="granted"),
        ),
        transitions=(
            to("started", "examine"),
            to("examine", "consulted"),
            to("consulted", "consult", "needed"),
            to("consulted", "finished", default=True),
            to("consult", "finished"),
        ),
    )


def inclusive() -> Definition:
    """started → some of (police, land, tax) as conditions say → finished."""
    names = ("police", "land", "tax")
    return definition(
        steps=(
            step("started", "start"),
            step("some", "inclusive"),
            *map(task, names),
            step("gathered", "join"),
            step("finished", "end", ending="granted"),
        ),
        transitions=(
            to("started", "some"),
            *(to("some", name, f"needs_{name}") for name in names),
            *(to(name, "gathered") for name in names),
            to("gathered", "finished"),
        ),
    )


@pytest.mark.parametrize(
    "wanted", [each for count in range(4) for each in combinations(("police", "land", "tax"), count)]
)
def test_what_is_not_taken_arrives_at_once(wanted: tuple[str, ...]) -> None:
    graph = Graph.of(inclusive())
    move = start(graph, lambda _: frozenset(f"needs_{name}" for name in wanted))
    assert isinstance(move, Move)
    assert move.entered == wanted or (not wanted and move.entered == ("finished",))
    assert replay(graph, Marking(), "started", move.transitions) == move
    for name in wanted:
        move = leave(graph, move.marking, name, "done", undecidable)
        assert isinstance(move, Move)
    assert move.marking == Marking(ended="finished")


def test_the_default_is_taken_when_no_condition_holds() -> None:
    whole = inclusive()
    ways = tuple(
        replace(way, when=None, default=True) if way.key == "some_tax_needs_tax" else way
        for way in whole.transitions
    )
    graph = Graph.of(replace(whole, transitions=ways))
    move = start(graph, lambda _: frozenset())
    assert isinstance(move, Move)
    assert move.entered == ("tax",)


@pytest.mark.parametrize(
    "more",
    [to("police", "finished"), to("land", "some"), to("police", "land"), to("started", "tax")],
    ids=lambda way: way.key,
)
def test_what_is_no_block_is_none(more: Transition) -> None:
    whole = inclusive()
    assert block_of(Graph.of(whole), "some") is not None
    assert block_of(Graph.of(replace(whole, transitions=(*whole.transitions, more))), "some") is None
