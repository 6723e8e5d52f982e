"""What may be left out is left out whole: a blank group asks for nothing that must be answered inside it."""

from typing import Any

import pytest

from form_builder.pages import take
from tests.form_builder.samples import form_of


@pytest.mark.parametrize(
    "inside",
    [
        {"type": "object", "properties": {"name": {"type": "string", "title": "Tên"}}, "required": ["name"]},
        {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "properties": {"name": {"type": "string", "title": "Tên"}},
                "required": ["name"],
            },
        },
    ],
    ids=["a group", "rows"],
)
def test_a_group_that_may_be_left_out_is_left_out_with_what_must_be_answered_in_it(
    inside: dict[str, Any],
) -> None:
    heir = {
        "title": "Người thừa kế",
        "type": "object",
        "properties": {"who": {"title": "Ai", **inside}, "id": {"type": "string", "title": "Số"}},
        "required": ["who"],
    }
    form = form_of(heir=heir)
    blank = {"heir.who.name": "", "heir.who.0.name": "", "heir.who.0.id": "", "heir.id": ""}
    reply = take(form, "form", blank, {}, "vi", new_id=lambda: "n")
    assert (reply.answers, reply.problems) == ({}, ())
    begun = take(form, "form", {**blank, "heir.id": "7"}, {}, "vi", new_id=lambda: "n")
    assert begun.answers["heir"]["id"] == "7"
    assert begun.problems[0].where.startswith("heir.who")
