"""No sequence of edits of the graph loses or breaks anything."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from typing import Any, get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from common.text import Text
from procedure_library.bpmn import Steps, read_steps, write_steps
from procedure_library.definition import Boundary, Definition, Drawing, StepKind
from procedure_library.layout import drawn
from procedure_library.step_editing import (
    Edited,
    begin,
    change_step,
    change_way,
    connect,
    insert_from,
    insert_on,
    redirect,
    remove_step,
    remove_way,
)
from tests.procedure_library.graphs import block_structured

NEW = Text("Bước mới")
Box = tuple[int, int, int, int]


def overlap(a: Box, b: Box) -> bool:
    return a[0] < b[0] + b[2] and b[0] < a[0] + a[2] and a[1] < b[1] + b[3] and b[1] < a[1] + a[3]


KINDS = get_args(StepKind)
ACTS = (
    "insert_on",
    "insert_from",
    "connect",
    "redirect",
    "remove_step",
    "remove_way",
    "begin",
    "rename",
    "choose",
)


@st.composite
def edited(draw: st.DrawFn, most: int = 12) -> tuple[Steps, list[Steps]]:
    """A procedure, drawn or not, and the states it goes through under any acts."""
    made: Definition = draw(block_structured())
    is_drawn = draw(st.booleans())
    drawing = drawn(made.steps, made.transitions) if is_drawn else Drawing()
    states = [Steps(made.steps, made.transitions, drawing)]
    for _ in range(draw(st.integers(1, most))):
        answer = _one_act(draw, states[-1])
        if isinstance(answer, Edited):
            states.append(answer.steps)
    return states[0], states[1:]


def _one_act(draw: st.DrawFn, steps: Steps) -> Any:
    step_key = draw(st.sampled_from([s.key for s in steps.steps] or ["none"]))
    other = draw(st.sampled_from([s.key for s in steps.steps] or ["none"]))
    way = draw(st.sampled_from([w.key for w in steps.transitions] or ["none"]))
    kind, name = draw(st.sampled_from(KINDS)), Text(draw(st.sampled_from(("", "Ký", "Thẩm tra", "!"))))
    on = draw(st.sampled_from((None, None, *get_args(Boundary))))
    match draw(st.sampled_from(ACTS)):
        case "insert_on":
            return insert_on(steps, way, kind, name)
        case "insert_from":
            return insert_from(steps, step_key, kind, name, on)
        case "connect":
            return connect(steps, step_key, other, on)
        case "redirect":
            return redirect(steps, way, step_key)
        case "remove_step":
            return remove_step(steps, step_key)
        case "remove_way":
            return remove_way(steps, way)
        case "begin":
            return begin(steps, name)
        case "choose":
            return change_way(steps, way, "few", default=draw(st.booleans()))
        case _:
            found = [each for each in steps.steps if each.key == step_key]
            return change_step(steps, step_key, replace(found[0], name=name)) if found else None


@given(edited())
@settings(max_examples=60, deadline=None)
def test_after_any_acts_the_file_is_read_back_as_the_same_steps(states: tuple[Steps, list[Steps]]) -> None:
    for steps in states[1]:
        assert read_steps(write_steps(steps, "p")) == steps


@given(edited())
@settings(max_examples=40, deadline=None)
def test_no_act_changes_a_step_or_way_that_it_is_not_about(states: tuple[Steps, list[Steps]]) -> None:
    """Steps keep all that stands in them, and the order in which they stand; at most one of them is changed."""
    first, later = states
    for before, after in zip([first, *later], later, strict=False):
        old, new = ({s.key: s for s in each.steps} for each in (before, after))
        changed = [key for key in old if key in new and old[key] != new[key]]
        assert len(changed) + len(old.keys() - new.keys()) <= 1
        assert len(new.keys() - old.keys()) <= 1
        kept = [key for key in old if key in new]
        assert [key for key in new if key in old] == kept


@given(edited())
@settings(max_examples=40, deadline=None)
def test_every_step_is_drawn_and_no_new_shape_lies_on_another(states: tuple[Steps, list[Steps]]) -> None:
    first, later = states
    for before, after in zip([first, *later], later, strict=False):
        shapes = after.drawing.shapes
        boxes = {key: box for key, box in shapes.items() if "." not in key}
        assert set(boxes) == {each.key for each in after.steps} or not before.drawing.shapes
        assert set(after.drawing.edges) == {way.key for way in after.transitions} or not before.drawing.shapes
        assert not any(overlap(one, other) for one, other in combinations(boxes.values(), 2))
        standing = before.drawing.shapes
        assert all(shapes[key] == box for key, box in standing.items() if key in shapes)


@given(block_structured(), st.data())
@settings(max_examples=60, deadline=None)
def test_taking_out_what_was_put_on_a_way_gives_back_the_graph(made: Definition, data: st.DataObject) -> None:
    steps = Steps(made.steps, made.transitions, drawn(made.steps, made.transitions))
    way = data.draw(st.sampled_from(steps.transitions))
    kind = data.draw(st.sampled_from([kind for kind in KINDS if kind not in ("start", "end")]))
    put = insert_on(steps, way.key, kind, NEW)
    assert isinstance(put, Edited)
    back = remove_step(put.steps, put.key)
    assert isinstance(back, Edited)
    assert (back.steps.steps, back.steps.transitions) == (steps.steps, steps.transitions)
    assert back.steps.drawing.shapes == steps.drawing.shapes


def _names(steps: Steps) -> Iterator[str]:
    yield from (each.key for each in steps.steps)
    yield from (each.key for each in steps.transitions)


@given(edited())
@settings(max_examples=30, deadline=None)
def test_no_two_things_get_the_same_key(states: tuple[Steps, list[Steps]]) -> None:
    for steps in states[1]:
        names = list(_names(steps))
        assert len(names) == len(set(names))
