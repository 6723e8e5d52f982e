"""A field that is asked only in some cases moves with them; what is asked by its answer goes on being asked by it."""

from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from common.problems import Refusal
from form_builder.checks.cases import check_cases
from form_builder.editing import Spot, place_field
from form_builder.editing.relocating import apart
from form_builder.schema import read_form
from form_builder.visibility import visible
from tests.form_builder.samples import FORMS, NAMES, answers_for, form_of

TEXT = {"title": "Tên", "type": "string"}
YES = {"title": "Có không", "type": "boolean"}


def case(test: dict[str, Any], **then: Any) -> dict[str, Any]:
    return {"if": test, "then": then}


def given_yes(key: str) -> dict[str, Any]:
    return {"properties": {key: {"const": True}}, "required": [key]}


def block(*cases: dict[str, Any], **properties: Any) -> dict[str, Any]:
    return {"title": "Nhóm", "type": "object", "properties": properties, "allOf": list(cases)}


IN_GROUP = form_of(g=block(case(given_yes("yes"), required=["why"]), yes=YES, why=TEXT), free=TEXT)
WRAPPED = {"properties": {"g": given_yes("yes")}, "required": ["g"]}
OUTSIDE = {
    **form_of(g=block(yes=YES), why=TEXT, h=block(free=TEXT)),
    "allOf": [case(WRAPPED, required=["why"])],
}
ROWS = {
    "title": "Dòng",
    "type": "array",
    "items": block(case(given_yes("yes"), required=["why"]), yes=YES, why=TEXT),
}


def moved(schema: Any, path: str, spot: Spot) -> Any:
    placed = place_field(schema, path, spot)
    assert not isinstance(placed, Refusal), placed.code
    assert list(check_cases(placed[0])) == []
    return placed[0]


def test_out_of_a_group_its_case_reads_into_the_group() -> None:
    after = moved(IN_GROUP, "g.why", Spot("form", at=1))
    assert after["allOf"] == [case(WRAPPED, required=["why"])]
    assert "allOf" not in after["properties"]["g"] or after["properties"]["g"]["allOf"] == []


def test_into_the_group_that_its_case_reads_the_case_goes_in() -> None:
    after = moved(OUTSIDE, "why", Spot(block="g"))
    assert after["properties"]["g"]["allOf"] == [case(given_yes("yes"), required=["why"])]


def test_what_may_be_left_out_may_be_left_out_there() -> None:
    schema = form_of(g=block(case(given_yes("yes"), properties={"why": True}), yes=YES, why=TEXT))
    after = moved(schema, "g.why", Spot("form"))
    assert after["allOf"] == [case(WRAPPED, properties={"why": True})]


def test_the_question_that_is_read_may_move_and_is_read_there() -> None:
    schema = {
        **form_of(yes=YES, g=block(free=TEXT), why=TEXT),
        "allOf": [case(given_yes("yes"), required=["why"])],
    }
    after = moved(schema, "yes", Spot(block="g"))
    assert after["allOf"] == [case(WRAPPED, required=["why"])]


def test_a_whole_group_that_is_read_may_move_into_another() -> None:
    two = form_of(h=block(free=TEXT), g=OUTSIDE["properties"]["g"], why=TEXT)
    after = moved({**two, "allOf": OUTSIDE["allOf"]}, "g", Spot(block="h"))
    assert after["allOf"] == [case({"properties": {"h": WRAPPED}, "required": ["h"]}, required=["why"])]


@pytest.mark.parametrize(
    ("schema", "path", "spot", "code"),
    [
        (OUTSIDE, "why", Spot(block="h"), "form.move_loses_case"),
        (IN_GROUP, "g.yes", Spot("form"), "form.move_loses_case"),
        (form_of(r=ROWS), "r.why", Spot("form"), "form.move_loses_case"),
        (form_of(r=ROWS), "r.yes", Spot("form"), "form.move_loses_case"),
        (OUTSIDE, "why", Spot("form", at=0), "form.move_out_of_order"),
        (IN_GROUP, "g.why", Spot("form", at=0), "form.move_out_of_order"),
        (IN_GROUP, "g.yes", Spot(block="g"), "form.move_out_of_order"),
    ],
)
def test_what_would_not_be_said_there_is_not_moved_there(
    schema: Any, path: str, spot: Spot, code: str
) -> None:
    refused = place_field(schema, path, spot)
    assert isinstance(refused, Refusal)
    assert refused.code == code


def test_a_case_in_a_shape_of_somebody_elses_is_not_taken_apart() -> None:
    test = {"anyOf": [given_yes("yes")]}
    schema = form_of(g=block(case(test, required=["why"]), yes=YES, why=TEXT))
    refused = place_field(schema, "g.why", Spot("form"))
    assert isinstance(refused, Refusal)


def told(schema: Any, path: str, rename: tuple[str, str] = ("", "")) -> list[Any]:
    """What each case of the field says of each question, with whether the field must then be answered."""
    field = read_form(schema).field_at(path)
    assert field is not None
    cases = [(apart(each.test, each.holder) or {"": each.test}, each.required) for each in field.asked_when]
    return [({renamed(key, *rename): says for key, says in said.items()}, must) for said, must in cases]


def renamed(path: str, old: str, new: str) -> str:
    return new + path.removeprefix(old) if old and f"{path}.".startswith(f"{old}.") else path


def drawn_move(schema: Any, data: st.DataObject) -> tuple[str, Any]:
    form = read_form(schema)
    blocks = ["", *(each.path for each in form.every_field() if each.kind in ("group", "rows"))]
    path = data.draw(st.sampled_from([each.path for each in form.every_field()]))
    page, holder = data.draw(st.sampled_from(form.pages)).key, data.draw(st.sampled_from(blocks))
    return path, place_field(schema, path, Spot(page, holder, data.draw(st.integers(0, 9))))


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_every_field_is_asked_in_the_cases_in_which_it_was_asked(name: str, data: st.DataObject) -> None:
    schema = FORMS[name]
    path, placed = drawn_move(schema, data)
    assume(not isinstance(placed, Refusal))
    after, there = placed
    assert codes(after) == codes(schema)
    for field in read_form(schema).every_field():
        now = renamed(field.path, path, there)
        assert told(after, now) == told(schema, field.path, (path, there))


def codes(schema: Any) -> list[str]:
    return sorted(each.code for each in check_cases(schema))


@pytest.mark.parametrize("schema", [IN_GROUP, OUTSIDE], ids=["in_group", "outside"])
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_the_same_answers_ask_the_same_questions(schema: Any, data: st.DataObject) -> None:
    path, placed = drawn_move(schema, data)
    assume(not isinstance(placed, Refusal))
    after, there = placed
    said = data.draw(answers_for(read_form(schema)))
    before = {there if each == path else each for each in visible(schema, said)}
    assert visible(after, carried(said, path, there)) >= {
        each for each in before if "." not in each or each == there
    }


def carried(said: dict[str, Any], path: str, there: str) -> dict[str, Any]:
    """The answers with that of the field in its new place."""
    whole = {key: dict(value) if isinstance(value, dict) else value for key, value in said.items()}
    holder, _, key = path.rpartition(".")
    around = whole.get(holder, {}) if holder else whole
    if key in around:
        block, _, new = there.rpartition(".")
        answer = around.pop(key)
        (whole.setdefault(block, {}) if block else whole)[new] = answer
    return whole
