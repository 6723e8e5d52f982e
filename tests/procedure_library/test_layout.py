"""A drawing made by the machine can be read: no two shapes on one place, no line through a shape."""

from collections import Counter
from itertools import combinations, pairwise

from hypothesis import given, settings

from procedure_library.definition import Definition
from procedure_library.layout import LEVELS, drawn
from procedure_library.package import read_package
from procedure_library.ready_made import packages
from tests.procedure_library.graphs import block_structured
from tests.procedure_library.samples import STEPS, TRANSITIONS

Box = tuple[int, int, int, int]


def overlap(a: Box, b: Box) -> bool:
    return a[0] < b[0] + b[2] and b[0] < a[0] + a[2] and a[1] < b[1] + b[3] and b[1] < a[1] + a[3]


def line(start: tuple[int, int], end: tuple[int, int]) -> Box:
    left, top = min(start[0], end[0]), min(start[1], end[1])
    return (left, top, max(1, abs(start[0] - end[0])), max(1, abs(start[1] - end[1])))


@given(block_structured())
@settings(max_examples=40, deadline=None)
def test_every_step_has_a_place_of_its_own(procedure: Definition) -> None:
    drawing = drawn(procedure.steps, procedure.transitions)
    steps = {key: box for key, box in drawing.shapes.items() if "." not in key}
    assert set(steps) == {step.key for step in procedure.steps}
    assert set(drawing.edges) == {transition.key for transition in procedure.transitions}
    assert not any(overlap(a, b) for a, b in combinations(steps.values(), 2))
    for key, event in drawing.shapes.items():
        if key not in steps:
            assert overlap(event, steps[key.partition(".")[0]])
    assert all(len(points) >= 2 for points in drawing.edges.values())


def test_no_line_of_the_catalogue_runs_through_a_step() -> None:
    for folder in packages():
        definition = read_package(folder)
        assert isinstance(definition, Definition)
        shapes, edges = definition.drawing.shapes, definition.drawing.edges
        for transition in definition.transitions:
            others = [box for key, box in shapes.items() if key not in (transition.source, transition.target)]
            for start, end in pairwise(edges[transition.key]):
                assert not any(overlap(line(start, end), box) for box in others), transition.key


@given(block_structured())
@settings(max_examples=40, deadline=None)
def test_ways_back_do_not_lie_on_each_other(procedure: Definition) -> None:
    drawing = drawn(procedure.steps, procedure.transitions)
    ways = [
        points[1:3] for points in drawing.edges.values() if len(points) == 4 and points[2][0] < points[1][0]
    ]
    levels = Counter(start[1] for start, _end in ways)
    # A row has room for so many; more share a level.
    assert max(levels.values(), default=0) <= 1 or len(ways) > LEVELS


def test_ways_out_of_a_branch_part_at_once() -> None:
    """One goes straight on, one falls from the lower corner: neither is mistaken for the other."""
    drawing = drawn(STEPS, TRANSITIONS)
    onward, falling = drawing.edges["examined_sign_fit"], drawing.edges["examined_supplement_incomplete"]
    assert onward[0] != falling[0]
    assert [point[0] for point in falling[:2]] == [falling[0][0]] * 2
