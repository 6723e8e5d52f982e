"""Three texts of a block made one: taken, kept, or a clash."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given

from form_builder.bank.merging import merged
from tests.form_builder.test_bank import CHILD, blocks, drawn


@given(base=blocks, mine=blocks, theirs=blocks)
@drawn
def test_three_texts_of_which_two_agree_are_the_third(base: Any, mine: Any, theirs: Any) -> None:
    assert merged(base, base, theirs).block == theirs
    assert merged(base, mine, base).block == mine
    assert merged(base, mine, mine).block == mine
    whole = merged(base, mine, theirs)
    assert merged(base, whole.block, theirs).block == whole.block


def node(text: str, **more: Any) -> dict[str, Any]:
    return {"type": "object", "properties": {"name": {"type": "string", "title": text, **more}}}


TITLE, MOST = "/properties/name/title", "/properties/name/maxLength"
THREE: Mapping[str, tuple[Any, Any, Any, Any, list[tuple[str, str]]]] = {
    "nobody": (node("A"), node("A"), node("A"), node("A"), []),
    "the bank alone": (node("A"), node("A"), node("B"), node("B"), [("taken", TITLE)]),
    "the author alone": (node("A"), node("C"), node("A"), node("C"), [("kept", TITLE)]),
    "both alike": (node("A"), node("B"), node("B"), node("B"), []),
    "both differently": (node("A"), node("C"), node("B"), node("C"), [("clash", TITLE)]),
    "each another place": (
        node("A"),
        node("C"),
        node("A", maxLength=9),
        node("C", maxLength=9),
        [("kept", TITLE), ("taken", MOST)],
    ),
    "the author took it out, the bank changed it": (
        node("A"),
        {"type": "object", "properties": {"b": {"title": "B"}}},
        {"type": "object", "properties": {"name": {"type": "string", "title": "B"}}},
        {"type": "object", "properties": {"b": {"title": "B"}}},
        [("clash", "/properties/name"), ("kept", "/properties/b")],
    ),
    "answers, each side another": (
        node("A", oneOf=[{"const": "x", "title": "X"}]),
        node("A", oneOf=[{"const": "x", "title": "Mười"}]),
        node("A", oneOf=[{"const": "x", "title": "X"}, {"const": "y", "title": "Y"}]),
        node("A", oneOf=[{"const": "x", "title": "Mười"}, {"const": "y", "title": "Y"}]),
        [("kept", "/properties/name/oneOf/x/title"), ("taken", "/properties/name/oneOf/y")],
    ),
    "what must be answered, each side another": (
        {**CHILD, "required": ["name"]},
        {**CHILD, "required": ["name", "abroad"]},
        {**CHILD, "required": []},
        {**CHILD, "required": ["abroad"]},
        [("taken", "/required/name"), ("kept", "/required/abroad")],
    ),
}


@pytest.mark.parametrize("case", THREE)
def test_each_change_is_taken_kept_or_a_clash(case: str) -> None:
    base, mine, theirs, whole, changes = THREE[case]
    merge = merged(base, mine, theirs)
    assert merge.block == whole
    assert sorted((change.kind, change.where) for change in merge.changes) == sorted(changes)


def test_of_a_clash_the_author_may_want_the_banks_text() -> None:
    merge = merged(node("A"), node("C"), node("B"), [TITLE])
    assert merge.block == node("B")
    assert [(each.base, each.mine, each.theirs) for each in merge.changes] == [("A", "C", "B")]
