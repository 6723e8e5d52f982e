"""Changes to a form, as functions from schema to schema: pages and fields come, change, move and go.

Nothing given is altered. A change may leave the form with findings (a condition that reads a field now gone,
a choice without answers): `form_builder.checks` names them, and nothing is mended behind the author's back.
"""

from form_builder.editing.cases import Ask, as_test, ask_of, readable_before
from form_builder.editing.fields import add_field, change_field, move_field, remove_field, send_field
from form_builder.editing.keys import key_from
from form_builder.editing.moving import Spot, out_of_order, place_field
from form_builder.editing.pages import (
    PageHead,
    add_page,
    change_page,
    move_page,
    page_head,
    place_page,
    remove_page,
)
from form_builder.editing.question import Question, question_at
from form_builder.editing.remarks import add_remark, change_remark, move_remark, remark_at, remove_remark

__all__ = [
    "Ask",
    "PageHead",
    "Question",
    "Spot",
    "add_field",
    "add_page",
    "add_remark",
    "as_test",
    "ask_of",
    "change_field",
    "change_page",
    "change_remark",
    "key_from",
    "move_field",
    "move_page",
    "move_remark",
    "out_of_order",
    "page_head",
    "place_field",
    "place_page",
    "question_at",
    "readable_before",
    "remark_at",
    "remove_field",
    "remove_page",
    "remove_remark",
    "send_field",
]
