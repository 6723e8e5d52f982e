"""A page that may be left unfinished: what is said must be right, nothing must be said."""

from typing import Any

import pytest

from form_builder.judge import judge
from form_builder.moments import unfinished
from form_builder.visibility import prune

FORM: dict[str, Any] = {
    "type": "object",
    "required": ["conclusion", "rows"],
    "properties": {
        "conclusion": {"type": "string", "title": "Kết luận", "enum": ["match", "differ"]},
        "reason": {"type": "string", "title": "Giải thích", "minLength": 3},
        "rows": {
            "type": "array",
            "title": "Giấy tờ",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["pages"],
                "properties": {"pages": {"type": "integer", "title": "Số trang", "minimum": 1}},
            },
        },
    },
    "allOf": [
        {
            "if": {"properties": {"conclusion": {"const": "differ"}}, "required": ["conclusion"]},
            "then": {"required": ["reason"]},
        }
    ],
}


@pytest.mark.parametrize("answers", [{}, {"rows": []}, {"rows": [{}]}, {"conclusion": "differ"}])
def test_nothing_must_be_said(answers: dict[str, Any]) -> None:
    assert judge(FORM, answers)
    assert judge(unfinished(FORM), answers) == ()


@pytest.mark.parametrize(
    ("answers", "where"),
    [
        ({"conclusion": "perhaps"}, "conclusion"),
        ({"rows": [{"pages": 0}]}, "rows.0.pages"),
        ({"conclusion": "differ", "reason": "x"}, "reason"),
    ],
)
def test_what_is_said_must_be_right(answers: dict[str, Any], where: str) -> None:
    assert [problem.where for problem in judge(unfinished(FORM), answers)] == [where]


def test_a_condition_still_says_what_is_asked() -> None:
    said = {"conclusion": "differ", "reason": "khác trang 2"}
    assert prune(unfinished(FORM), said) == said
    assert prune(unfinished(FORM), {**said, "conclusion": "match"}) == {"conclusion": "match"}
