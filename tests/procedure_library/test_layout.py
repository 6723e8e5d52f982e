"""A drawing made by the machine can be read: no two shapes on one place, no line through a shape or on a line."""

from collections.abc import Iterator
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings

from procedure_library.bpmn.steps import event_id
from procedure_library.definition import Definition, Drawing
from procedure_library.lanes import lanes
from procedure_library.layout import drawn
from procedure_library.package import read_package
from procedure_library.ready_made import packages
from tests.procedure_library.graphs import block_structured
from tests.procedure_library.samples import STEPS, TRANSITIONS, step, task, to

Box = tuple[int, int, int, int]
Line = tuple[tuple[int, int], tuple[int, int]]
BOTH = pytest.mark.parametrize("by_lanes", [False, True], ids=["free", "lanes"])


def overlap(a: Box, b: Box) -> bool:
    return a[0] < b[0] + b[2] and b[0] < a[0] + a[2] and a[1] < b[1] + b[3] and b[1] < a[1] + a[3]


def box_of(start: tuple[int, int], end: tuple[int, int]) -> Box:
    left, top = min(start[0], end[0]), min(start[1], end[1])
    return (left, top, max(1, abs(start[0] - end[0])), max(1, abs(start[1] - end[1])))


def crossed(procedure: Definition, drawing: Drawing) -> Iterator[tuple[str, str]]:
    """Ways that run through a step which they neither leave nor reach."""
    for way in procedure.transitions:
        own = {
            way.source,
            way.target,
            *(event_id(way.source, on) for on in ("overdue", "withdrawn", "failure")),
        }
        for start, end in pairwise(drawing.edges[way.key]):
            for key, box in drawing.shapes.items():
                if key not in own and overlap(box_of(start, end), box):
                    yield way.key, key


def on_each_other(procedure: Definition, drawing: Drawing) -> Iterator[tuple[str, str]]:
    """Ways without a common end that lie on one line for a while."""
    for one, other in combinations(procedure.transitions, 2):
        if one.source == other.source or one.target == other.target:
            continue
        for here in pairwise(drawing.edges[one.key]):
            for there in pairwise(drawing.edges[other.key]):
                if _share(here, there):
                    yield one.key, other.key


def _share(one: Line, other: Line) -> bool:
    for along in (0, 1):
        across = 1 - along
        if len({point[across] for point in (*one, *other)}) == 1:
            left = max(min(p[along] for p in line) for line in (one, other))
            right = min(max(p[along] for p in line) for line in (one, other))
            return right > left
    return False


@BOTH
@given(procedure=block_structured())
@settings(max_examples=40, deadline=None)
def test_every_step_has_a_place_of_its_own(procedure: Definition, by_lanes: bool) -> None:
    drawing = drawn(procedure.steps, procedure.transitions, by_lanes=by_lanes)
    steps = {key: box for key, box in drawing.shapes.items() if "." not in key}
    assert set(steps) == {step.key for step in procedure.steps}
    assert set(drawing.edges) == {transition.key for transition in procedure.transitions}
    assert not any(overlap(a, b) for a, b in combinations(steps.values(), 2))
    for key, event in drawing.shapes.items():
        if key not in steps:
            assert overlap(event, steps[key.partition(".")[0]])
    assert all(len(points) >= 2 for points in drawing.edges.values())


@BOTH
@given(procedure=block_structured())
@settings(max_examples=60, deadline=None)
def test_no_way_runs_through_a_step_or_along_another_way(procedure: Definition, by_lanes: bool) -> None:
    drawing = drawn(procedure.steps, procedure.transitions, by_lanes=by_lanes)
    assert list(crossed(procedure, drawing)) == []
    assert list(on_each_other(procedure, drawing)) == []


@BOTH
def test_the_catalogue_laid_out_anew_can_be_read(by_lanes: bool) -> None:
    for folder in packages():
        definition = read_package(folder)
        assert isinstance(definition, Definition)
        drawing = drawn(definition.steps, definition.transitions, by_lanes=by_lanes)
        assert list(crossed(definition, drawing)) == []
        assert list(on_each_other(definition, drawing)) == []


def test_no_line_of_the_catalogue_runs_through_a_step() -> None:
    for folder in packages():
        definition = read_package(folder)
        assert isinstance(definition, Definition)
        assert list(crossed(definition, definition.drawing)) == []


@given(block_structured())
@settings(max_examples=30, deadline=None)
def test_lanes_lie_below_each_other_in_their_order(procedure: Definition) -> None:
    shapes = drawn(procedure.steps, procedure.transitions, by_lanes=True).shapes
    lane_of = lanes(procedure.steps, procedure.transitions)
    tops = {lane: min(shapes[k][1] for k in lane_of if lane_of[k] == lane) for lane in lane_of.values()}
    bottoms = {lane: max(shapes[k][1] + shapes[k][3] for k in lane_of if lane_of[k] == lane) for lane in tops}
    assert all(bottoms[above] < tops[below] for above, below in pairwise(tops))


def test_a_lane_is_what_a_step_says_and_the_others_lie_where_they_are_led_from() -> None:
    steps = (
        step("started", "start"),
        task("received", role="reception", area="receiving"),
        step("fit", "branch"),
        step("wait", "supplement"),
        task("assigned", role="", assign="who"),
        step("ask", "automatic"),
        task("examined", role="case_officer"),
        step("done", "end", ending="granted"),
    )
    ways = (
        to("started", "received"),
        to("received", "fit"),
        to("fit", "wait"),
        to("fit", "assigned"),
        to("assigned", "ask"),
        to("ask", "examined"),
        to("examined", "done"),
    )
    assert lanes(steps, ways) == {
        "wait": "applicant",
        "started": "reception.receiving",
        "received": "reception.receiving",
        "fit": "reception.receiving",
        "examined": "case_officer.solving",
        "done": "case_officer.solving",
        "assigned": "by_rule",
        "ask": "machine",
    }


def test_ways_out_of_a_branch_part_at_once() -> None:
    """One goes straight on, one falls from the lower corner: neither is mistaken for the other."""
    drawing = drawn(STEPS, TRANSITIONS)
    onward, falling = drawing.edges["examined_sign_fit"], drawing.edges["examined_supplement_incomplete"]
    assert onward[0] != falling[0]
    assert [point[0] for point in falling[:2]] == [falling[0][0]] * 2
