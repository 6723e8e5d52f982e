"""Answers to fields that are not asked are dropped, never judged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from form_builder.judge import judge
from form_builder.schema import read_form
from form_builder.visibility import prune, visible
from tests.form_builder.samples import ANSWERS, FORMS, NAMES, answers_for, form_of, whole_forms

CERTIFIED = FORMS["certified_copy"]


def when(key, value, *asked):
    return {"if": {"properties": {key: {"const": value}}, "required": [key]}, "then": {"required": [*asked]}}


def test_an_answer_to_a_field_not_asked_is_dropped_and_not_judged():
    answers = {**ANSWERS["certified_copy"], "result_channel": "counter", "delivery_address": "x" * 999}
    kept = prune(CERTIFIED, answers)
    assert "delivery_address" not in kept
    assert judge(CERTIFIED, kept) == ()
    assert answers["delivery_address"] == "x" * 999


def test_each_row_has_its_own_case():
    documents = [{"id": "a", "kind": "other", "name": "Đơn"}, {"id": "b", "kind": "land", "name": "Đơn"}]
    kept = prune(CERTIFIED, {"documents": documents})
    assert kept["documents"] == [{"id": "a", "kind": "other", "name": "Đơn"}, {"id": "b", "kind": "land"}]
    shown = visible(CERTIFIED, {"documents": documents})
    assert "documents.0.name" in shown
    assert "documents.1.name" not in shown
    assert "documents.1.copies" in shown


def test_a_field_dropped_closes_what_it_had_opened():
    schema = {
        **form_of(a={"title": "A"}, b={"title": "B"}, c={"title": "C"}),
        "allOf": [when("a", "yes", "b"), when("b", "yes", "c")],
    }
    assert prune(schema, {"a": "no", "b": "yes", "c": "yes"}) == {"a": "no"}
    assert prune(schema, {"a": "yes", "b": "yes", "c": "yes"}) == {"a": "yes", "b": "yes", "c": "yes"}


def test_a_field_of_several_cases_is_asked_in_any_of_them():
    schema = {
        **form_of(a={"title": "A"}, b={"title": "B"}),
        "allOf": [when("a", "x", "b"), when("a", "y", "b")],
    }
    assert [prune(schema, {"a": a, "b": "1"}).get("b") for a in ("x", "y", "z")] == ["1", "1", None]
    assert prune(schema, {"b": "1"}) == {}


def test_what_the_form_requires_is_always_asked():
    schema = {
        **form_of(a={"title": "A"}, b={"title": "B"}),
        "required": ["b"],
        "allOf": [when("a", "x", "b")],
    }
    assert prune(schema, {"b": "1"}) == {"b": "1"}


def test_an_optional_group_emptied_by_it_goes_too():
    group = {
        "title": "Mẹ",
        "type": "object",
        "properties": {"known": {"type": "boolean", "title": "?"}, "name": {"title": "Tên"}},
        "required": [],
        "allOf": [when("known", True, "name")],
    }
    assert prune(form_of(mother=group), {"mother": {"name": "Lan"}}) == {}
    required = {**form_of(mother=group), "required": ["mother"]}
    assert prune(required, {"mother": {"name": "Lan"}}) == {"mother": {}}


@pytest.mark.parametrize("name", NAMES)
@whole_forms
@given(data=st.data())
def test_pruning_twice_is_pruning_once(name, data):
    form = read_form(FORMS[name])
    first, second = data.draw(answers_for(form)), data.draw(answers_for(form))
    mixed = {**first, **{key: second[key] for key in second if data.draw(st.booleans())}}
    once = prune(form, mixed)
    assert prune(form, once) == once
    assert set(once) <= set(mixed)


@pytest.mark.parametrize(
    "answers", [{"documents": "x"}, {"documents": ["x", 5]}, {"requester": []}, {"requester": 1}]
)
def test_answers_of_the_wrong_shape_are_left_to_the_judge(answers):
    assert prune(CERTIFIED, answers) == answers
    assert judge(CERTIFIED, answers)
