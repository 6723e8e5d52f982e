"""The form at one moment asks a part of the form, and judges that part alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from form_builder.checks import check_form
from form_builder.judge import judge
from form_builder.moments import answers_at, schema_at
from form_builder.schema import read_form
from tests.form_builder.samples import ANSWERS, FORMS, answers_for, form_of, whole_forms

PAGED = ("certified_copy", "birth_registration")


def pages_of(name):
    return [page.key for page in read_form(FORMS[name]).pages]


def test_only_the_pages_asked_for_are_kept_with_what_speaks_of_them():
    schema = schema_at(FORMS["certified_copy"], ["documents", "register"])
    assert list(schema["properties"]) == ["documents", "register_number", "certified_on", "note"]
    assert schema["required"] == ["documents", "register_number", "certified_on"]
    assert [page["key"] for page in schema["x-motcua-pages"]] == ["documents", "register"]
    assert "allOf" not in schema


def test_a_case_keeps_what_it_asks_at_the_moment():
    schema = schema_at(FORMS["certified_copy"], ["result"])
    assert [case["then"]["required"] for case in schema["allOf"]] == [["delivery_address"], ["result_email"]]


def test_all_pages_are_the_whole_form():
    schema = FORMS["birth_registration"]
    assert schema_at(schema, None) == schema
    assert schema_at(schema, pages_of("birth_registration")) == schema
    assert schema_at(form_of(a={"title": "A"}), ["form"]) == form_of(a={"title": "A"})


def test_a_case_at_the_form_itself_and_dependent_fields_are_trimmed():
    schema = {
        **form_of(a={"title": "A"}, b={"title": "B"}, c={"title": "C"}),
        "x-motcua-pages": [{"key": key, "title": key, "fields": [key]} for key in "abc"],
        "if": {"properties": {"a": {"const": "x"}}, "required": ["a"]},
        "then": {"required": ["b", "c"], "properties": {"b": True}},
        "dependentRequired": {"a": ["b", "c"], "c": ["a"]},
    }
    at = schema_at(schema, ["a", "b"])
    assert at["then"] == {"required": ["b"], "properties": {"b": True}}
    assert at["dependentRequired"] == {"a": ["b"]}
    assert "if" not in schema_at(schema, ["a"])


@pytest.mark.parametrize("name", PAGED)
@whole_forms
@given(data=st.data())
def test_a_moment_is_a_part_of_the_form(name, data):
    whole = FORMS[name]
    pages = data.draw(st.sets(st.sampled_from(pages_of(name))))
    part = schema_at(whole, pages)
    assert part.get("properties", {}).items() <= whole["properties"].items()
    assert set(part.get("required", ())) == set(whole["required"]) & set(part.get("properties", {}))
    assert schema_at(part, pages) == part
    assert schema_at(part, pages_of(name)) == part


@pytest.mark.parametrize("name", PAGED)
@whole_forms
@given(data=st.data())
def test_right_answers_to_the_form_are_right_at_every_moment(name, data):
    form = read_form(FORMS[name])
    answers = data.draw(answers_for(form))
    part = schema_at(FORMS[name], data.draw(st.sets(st.sampled_from(pages_of(name)))))
    assert judge(part, answers_at(part, answers)) == ()


def test_a_moment_that_asks_a_field_before_the_case_that_reads_it_is_a_form_without_errors():
    part = schema_at(FORMS["birth_registration"], ["applicant", "child"])
    assert check_form(part) == ()
    assert judge(part, answers_at(part, ANSWERS["birth_registration"])) == ()
