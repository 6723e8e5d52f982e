"""Undo and redo are read from what was saved, in which order."""

import pytest

from designer.models import DraftSave
from designer.undoing import steps_in


@pytest.mark.parametrize(
    ("saved", "back", "forth"),
    [
        ("", None, None),
        ("a", None, None),
        ("ab", "a", None),
        ("abc", "b", None),
        ("abcb", "a", "c"),
        ("abcba", None, "b"),
        ("abcbabc", "b", None),
        ("abcbd", "b", None),
        ("abcbdb", "a", "d"),
        ("abcbab", "a", "c"),
    ],
)
def test_what_goes_back_and_forth(saved: str, back: str | None, forth: str | None) -> None:
    steps = steps_in([DraftSave(content=each) for each in saved])
    assert (steps.back and steps.back.content, steps.forth and steps.forth.content) == (back, forth)
