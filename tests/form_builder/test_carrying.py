"""What an earlier form said fills a new one: the same questions, never a declaration, never over what is there."""

import pytest

from form_builder.carrying import carried, carried_paths
from form_builder.schema import read_form

ROWS = {
    "type": "array",
    "title": "Giấy tờ",
    "items": {
        "type": "object",
        "properties": {"id": {"type": "string"}, "name": {"type": "string", "title": "Tên", "maxLength": 9}},
    },
}
PROPERTIES = {
    "who": {
        "type": "object",
        "title": "Người",
        "properties": {
            "name": {"type": "string", "title": "Tên", "x-motcua-prefill": "profile.full_name"},
            "job": {"type": "string", "title": "Nghề"},
        },
    },
    "size": {"type": "integer", "title": "Cỡ", "maximum": 100},
    "rows": ROWS,
    "sure": {"type": "boolean", "const": True, "title": "Cam đoan"},
}
OLD = read_form({"type": "object", "properties": PROPERTIES})
SAID = {
    "who": {"name": "Lan", "job": "Thợ"},
    "size": 120,
    "rows": [{"id": "r1", "name": "Bằng"}],
    "sure": True,
    "gone": "x",
}


def form(**changes):
    return read_form({"type": "object", "properties": {**PROPERTIES, **changes}})


def text(title, **more):
    return {"type": "string", "title": title, **more}


@pytest.mark.parametrize(
    ("new", "answers", "whole", "filled"),
    [
        # What the new form does not accept (120), and declarations, stay empty.
        (form(), {}, True, {"who": SAID["who"], "rows": SAID["rows"]}),
        (
            form(size={**PROPERTIES["size"], "maximum": 200}),
            {},
            True,
            {"who": SAID["who"], "size": 120, "rows": SAID["rows"]},
        ),
        # Another kind of question is another question.
        (form(rows=text("Giấy tờ")), {}, True, {"who": SAID["who"]}),
        # What is there stays.
        (
            form(),
            {"who": {"name": "Hoa"}},
            True,
            {"who": {"name": "Hoa", "job": "Thợ"}, "rows": SAID["rows"]},
        ),
        # Of another procedure only what belongs to the person.
        (form(), {}, False, {"who": {"name": "Lan"}}),
    ],
)
def test_the_same_questions_are_filled(new, answers, whole, filled):
    assert carried(new, OLD, SAID, answers, whole=whole) == filled


def test_a_field_is_marked_while_its_answer_is_that_of_before():
    answers = {"who": {"name": "Lan", "job": "Thợ may"}, "rows": SAID["rows"]}
    assert carried_paths(form(), OLD, SAID, answers, whole=True) == {"who.name", "rows"}
