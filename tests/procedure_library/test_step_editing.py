"""Editing the graph by hand: what each act does, row by row; and that no sequence of acts loses or breaks anything."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.problems import Refusal
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
    walk,
)
from procedure_library.step_editing.keys import key_from
from tests.procedure_library.graphs import block_structured
from tests.procedure_library.samples import STEPS, TRANSITIONS, step, to
from tests.procedure_library.test_layout import overlap

SMALL = Steps(STEPS, TRANSITIONS, drawn(STEPS, TRANSITIONS))
NEW = Text("Bước mới")


def graph(steps: Steps) -> str:
    """The ways as one reads them: "a>b", "a>b:when", "a>b*" for the default, "a!overdue>b" for an interruption."""
    ways = (
        f"{w.source}{f'!{w.on}' if w.on else ''}>{w.target}{f':{w.when}' if w.when else ''}{'*' if w.default else ''}"
        for w in steps.transitions
    )
    return " ".join(sorted(ways))


# started → examine → examined → (fit) sign → signed → granted | refused; (incomplete) supplement → examine
BEFORE = graph(SMALL)
# act, its arguments; the ways that are gone, the ways that are new
SPECIFICATION: list[tuple[Any, tuple[Any, ...], str, str]] = [
    (insert_on, ("started_examine", "task", NEW), "started>examine", "started>buoc_moi buoc_moi>examine"),
    # What led there leads to the new step: its value goes with it.
    (
        insert_on,
        ("examined_sign_fit", "task", NEW),
        "examined>sign:fit",
        "examined>buoc_moi:fit buoc_moi>sign",
    ),
    (
        insert_on,
        ("started_examine", "branch", Text("")),
        "started>examine",
        "started>branch_1 branch_1>examine",
    ),
    (insert_from, ("examined", "end", NEW), "", "examined>buoc_moi"),
    (insert_from, ("supplement", "task", NEW, "overdue"), "", "supplement!overdue>buoc_moi"),
    (insert_from, ("sign", "task", NEW, "withdrawn"), "", "sign!withdrawn>buoc_moi"),
    (connect, ("supplement", "sign"), "", "supplement>sign"),
    (connect, ("examined", "sign"), "", "examined>sign"),
    (connect, ("sign", "refused", "withdrawn"), "", "sign!withdrawn>refused"),
    (redirect, ("signed_refused_refused", "granted"), "signed>refused:refused", "signed>granted:refused"),
    (redirect, ("supplement_examine", "examine"), "", ""),
    # One way in, one out: the neighbours are joined, and the way keeps what it stood for.
    (
        remove_step,
        ("supplement",),
        "examined>supplement:incomplete supplement>examine",
        "examined>examine:incomplete",
    ),
    (remove_step, ("granted",), "signed>granted:granted", ""),
    # Several ways in: nothing can say which of them leads on.
    (
        remove_step,
        ("examine",),
        "started>examine supplement>examine examine>examined",
        "",
    ),
    (remove_way, ("supplement_examine",), "supplement>examine", ""),
]


@pytest.mark.parametrize(("act", "said", "gone", "made"), SPECIFICATION)
def test_an_act_changes_these_ways_and_no_others(
    act: Any, said: tuple[Any, ...], gone: str, made: str
) -> None:
    answer = act(SMALL, *said)
    assert isinstance(answer, Edited), answer
    ways = {*BEFORE.split()} - {*gone.split()} | {*made.split()}
    assert set(graph(answer.steps).split()) == ways


REFUSED: list[tuple[Any, tuple[Any, ...], str]] = [
    (insert_on, ("nothing", "task", NEW), "steps.gone"),
    (insert_on, ("started_examine", "end", NEW), "steps.end_leads_nowhere"),
    (insert_on, ("started_examine", "start", NEW), "steps.into_the_start"),
    (insert_on, ("started_examine", "boss", NEW), "steps.no_such_kind"),
    (insert_from, ("nothing", "task", NEW), "steps.gone"),
    (insert_from, ("granted", "task", NEW), "steps.out_of_an_end"),
    (insert_from, ("sign", "start", NEW), "steps.into_the_start"),
    (insert_from, ("examined", "task", NEW, "overdue"), "steps.is_not_interrupted"),
    (insert_from, ("sign", "task", NEW, "failure"), "steps.is_not_interrupted"),
    (connect, ("sign", "sign"), "steps.to_itself"),
    (connect, ("sign", "signed"), "steps.joined_already"),
    (connect, ("sign", "started"), "steps.into_the_start"),
    (connect, ("sign", "nothing"), "steps.gone"),
    (redirect, ("supplement_examine", "supplement"), "steps.to_itself"),
    (redirect, ("nothing", "sign"), "steps.gone"),
    (remove_step, ("nothing",), "steps.gone"),
    (remove_way, ("nothing",), "steps.gone"),
    (begin, (NEW,), "steps.begun_already"),
]


@pytest.mark.parametrize(("act", "said", "code"), REFUSED)
def test_what_makes_no_sense_is_refused_and_says_why(act: Any, said: tuple[Any, ...], code: str) -> None:
    assert act(SMALL, *said) == Refusal(code)


def test_a_step_is_interrupted_once_by_each_thing() -> None:
    late = insert_from(SMALL, "sign", "task", NEW, "overdue")
    assert isinstance(late, Edited)
    assert connect(late.steps, "sign", "refused", "overdue") == Refusal("steps.interrupted_once")


def test_of_the_ways_out_of_a_branch_one_is_the_default() -> None:
    answer = change_way(SMALL, "signed_refused_refused", None, default=True)
    assert isinstance(answer, Edited)
    answer = change_way(answer.steps, "signed_granted_granted", "granted", default=True)
    assert isinstance(answer, Edited)
    assert "signed>granted:granted*" in graph(answer.steps)
    assert "signed>refused " in graph(answer.steps) + " "
    assert change_way(SMALL, "started_examine", "fit", default=False) == Refusal("steps.always_taken")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Thẩm tra hồ sơ", "tham_tra_ho_so"),
        ("Đóng dấu", "dong_dau"),
        ("  2. Ký  duyệt!", "ky_duyet"),
        ("!!!", ""),
        ("Lấy ý kiến của cơ quan công an và các cơ quan khác", "lay_y_kien_cua_co_quan_cong_an_va"),
    ],
)
def test_a_key_says_the_name_as_on_the_canvas(name: str, key: str) -> None:
    assert key_from(name) == key


def test_a_key_that_was_published_stays_when_the_step_is_named() -> None:
    unnamed = insert_on(SMALL, "started_examine", "branch", Text(""))
    assert isinstance(unnamed, Edited)
    fresh = next(each for each in unnamed.steps.steps if each.key == "branch_1")
    asked = replace(fresh, name=Text("Có đủ không?"))
    named = change_step(unnamed.steps, "branch_1", asked)
    kept = change_step(unnamed.steps, "branch_1", asked, kept=["branch_1"])
    assert isinstance(named, Edited)
    assert isinstance(kept, Edited)
    assert (named.key, kept.key) == ("co_du_khong", "branch_1")
    assert "co_du_khong_to_examine" in {way.key for way in named.steps.transitions}


def test_the_walk_goes_by_the_ways_named_first_and_ends_with_what_is_lost() -> None:
    lost = Steps((*STEPS, step("lost", "end")), TRANSITIONS)
    found = [each.key for each in walk(lost)]
    assert found == [
        "started",
        "examine",
        "examined",
        "sign",
        "signed",
        "granted",
        "refused",
        "supplement",
        "lost",
    ]


def test_a_long_procedure_is_walked_as_well() -> None:
    steps = tuple(step(f"s{n}", "task" if n else "start") for n in range(3000))
    ways = tuple(to(f"s{n}", f"s{n + 1}") for n in range(2999))
    assert walk(Steps(steps, ways)) == steps


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
