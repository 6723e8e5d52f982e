"""Answers made for a form are right; spoilt in one way, the fault is told at its question, in both languages."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.messages import message_of
from common.problems import Problem
from form_builder.form import Form
from form_builder.judge import judge
from form_builder.pages import show
from form_builder.schema import read_form
from form_builder.visibility import prune
from procedure_library.ready_made import packages
from tests.form_builder.samples import ANSWERS, FORMS, answers_for, whole_forms
from tests.form_builder.violations import ANY, decides, violations


def _ready_made() -> dict[str, Any]:
    files = {folder.name: folder / "form.schema.json" for folder in packages()}
    return {
        name: json.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
        for name, file in files.items()
    }


READ: Mapping[str, Form] = {name: read_form(form) for name, form in {**FORMS, **_ready_made()}.items()}


@pytest.mark.parametrize("name", READ)
@whole_forms
@given(data=st.data())
def test_answers_made_for_a_form_are_right(name: str, data: st.DataObject) -> None:
    assert judge(READ[name], data.draw(answers_for(READ[name]))) == ()


@pytest.mark.parametrize("name", READ)
@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_each_fault_is_told_at_its_question(name: str, data: st.DataObject) -> None:
    form = READ[name]
    for spoilt in violations(form, data.draw(answers_for(form))):
        answers = prune(form, spoilt.answers)
        found = judge(form, answers)
        (here,) = [problem for problem in found if problem.where == spoilt.where]
        assert spoilt.code in (ANY, here.code), spoilt
        assert decides(form, spoilt.where) or found == (here,), spoilt
        _has_words(here)


@pytest.mark.parametrize("name", FORMS)
def test_each_fault_of_a_question_is_linked_to_it(name: str) -> None:
    form = READ[name]
    for spoilt in violations(form, ANSWERS[name]):
        for page in form.pages:
            if spoilt.where.partition(".")[0] not in {field.key for field in page.fields}:
                continue
            problems = judge(form, prune(form, spoilt.answers))
            shown = show(form, page.key, prune(form, spoilt.answers), "vi", problems=problems)
            anchors = {problem.where: anchor for anchor, problem in shown.summary}
            linked = spoilt.keyword == "additionalProperties" or anchors[spoilt.where]
            assert linked, spoilt


def test_every_way_to_be_wrong_is_tried() -> None:
    tried = {spoilt.keyword for name in FORMS for spoilt in violations(READ[name], ANSWERS[name])}
    assert tried >= {
        "additionalProperties",
        "const",
        "format",
        "maxItems",
        "maxLength",
        "maximum",
        "minItems",
        "minimum",
        "multipleOf",
        "null",
        "oneOf",
        "pattern",
        "required",
        "type",
        "uniqueItems",
    }


def _has_words(problem: Problem) -> None:
    said = {language: message_of(problem, language) for language in ("vi", "en")}
    for message in said.values():
        for sentence in (message.text, message.remedy):
            assert sentence, problem
            assert not {"…", "{", "}"} & set(sentence), problem
    assert said["vi"].remedy != said["en"].remedy, problem
