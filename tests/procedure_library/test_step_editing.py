"""Editing the graph by hand: what each act does, row by row."""

from dataclasses import replace
from typing import Any

import pytest

from common.problems import Refusal
from common.text import Text
from procedure_library.bpmn import Steps
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
from tests.procedure_library.samples import STEPS, TRANSITIONS, step, to

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
