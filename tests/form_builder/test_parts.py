"""Questions that name steps part their page; every question is in one part, and a form that names none is as before."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.text import Text
from form_builder.checks import check_form
from form_builder.editing import Question, add_field, change_field, question_at
from form_builder.moments import schema_at
from form_builder.parts import STEPS, fillers, page_of, part_of, parts, steps_of
from form_builder.remarks import keys_in
from form_builder.schema import read_form
from tests.form_builder.samples import FORMS, form_of, whole_forms

PAGED = ("certified_copy", "birth_registration")
steps = st.sets(st.sampled_from(["appraise", "sign", "hand_over"]), min_size=1).map(sorted)


@pytest.mark.parametrize("name", PAGED)
def test_a_form_that_names_no_steps_has_its_pages_as_parts(name: str) -> None:
    assert list(parts(FORMS[name])) == [page.key for page in read_form(FORMS[name]).pages]


def test_a_page_falls_into_the_questions_of_its_filler_and_those_of_steps() -> None:
    schema = form_of(
        a={"title": "A"},
        b={"title": "B", STEPS: {"fills": ["sign"]}},
        c={"title": "C", STEPS: {"fills": ["sign", "appraise"], "shows": ["hand_over"]}},
        d={"title": "D", STEPS: {"fills": ["appraise", "sign"]}},
        e={"title": "E", STEPS: {"shows": ["sign"]}},
    )
    note = {"note": {"vi": "Lời dặn"}}
    schema["x-motcua-pages"] = [
        {"key": "one", "title": {"vi": "Một"}, "fields": ["b", note, "a", "c", "d", "e"]}
    ]
    assert parts(schema) == ("one", "one@sign", "one@appraise+sign")
    assert [fillers(part) for part in parts(schema)] == [(), ("sign",), ("appraise", "sign")]
    assert {page_of(part) for part in parts(schema)} == {"one"}
    assert steps_of(schema, "c", "shows") == ("hand_over",)
    told = {part: schema_at(schema, [part])["x-motcua-pages"][0]["fields"] for part in parts(schema)}
    assert told == {"one": [note, "a", "e"], "one@sign": ["b"], "one@appraise+sign": ["c", "d"]}


@pytest.mark.parametrize("name", PAGED)
@whole_forms
@given(data=st.data())
def test_every_question_is_in_one_part_whatever_steps_are_named(name: str, data: st.DataObject) -> None:
    schema: Any = deepcopy(FORMS[name])
    for key in data.draw(st.sets(st.sampled_from(sorted(schema["properties"])))):
        schema["properties"][key] = {**schema["properties"][key], STEPS: {"fills": data.draw(steps)}}
    keys = [list(schema_at(schema, [part]).get("properties", {})) for part in parts(schema)]
    assert sorted(key for some in keys for key in some) == sorted(schema["properties"])
    assert schema_at(schema, parts(schema)) == schema
    for page in schema["x-motcua-pages"]:
        for key in keys_in(page["fields"]):
            assert key in schema_at(schema, [part_of(schema, page["key"], key)])["properties"]


def test_the_editor_reads_and_writes_the_steps_and_nothing_else() -> None:
    schema, path = add_field(form_of(), Question("text", Text("Ý kiến"), fills=("sign",), shows=("check",)))
    assert schema["properties"][path][STEPS] == {"fills": ["sign"], "shows": ["check"]}
    question = question_at(schema, path)
    assert question is not None
    assert (question.fills, question.shows) == (("sign",), ("check",))
    plain = change_field(schema, path, Question("text", Text("Ý kiến")))
    assert STEPS not in plain["properties"][path]


@pytest.mark.parametrize("said", [{}, {"fills": []}, {"fills": "sign"}, {"hides": ["sign"]}, ["sign"]])
def test_what_names_no_steps_is_a_finding_and_changes_nothing(said: Any) -> None:
    schema = form_of(a={"title": "A", "type": "string", STEPS: said})
    assert "form.keyword_shape" in {finding.code for finding in check_form(schema)}
    assert steps_of(schema, "a", "fills") == ()


def test_inside_a_block_no_steps_can_be_named() -> None:
    inner = {"title": "A", "type": "string", STEPS: {"fills": ["sign"]}}
    schema = form_of(group={"type": "object", "title": "Nhóm", "properties": {"a": inner}})
    assert [finding.where for finding in check_form(schema) if finding.code == "form.steps_inside"] == [
        f"/properties/group/properties/a/{STEPS}"
    ]
