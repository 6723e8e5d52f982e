"""The example beside a question: told as people type it, read back as the same answer, in the schema as JSON has it."""

from typing import Any

import pytest

from form_builder.editing.question import Question, question_at, written
from form_builder.exemplified import example_of, hint_of, read_example, typed_example
from form_builder.form import Field
from form_builder.kinds.kind import Unreadable
from form_builder.pages import show
from form_builder.schema import read_form
from tests.form_builder.samples import FORMS

ASKED: dict[str, Any] = FORMS["every_kind"]["properties"]


def asked(key: str, **more: Any) -> Field:
    (field,) = read_form({"type": "object", "properties": {key: {**ASKED[key], **more}}}).fields
    return field


@pytest.mark.parametrize(
    ("key", "example", "vi", "en"),
    [
        ("text", "Bằng tốt nghiệp đại học", "Bằng tốt nghiệp đại học", "Bằng tốt nghiệp đại học"),
        ("integer", 1200, "1200", "1200"),
        ("date", "1990-03-02", "02/03/1990", "02/03/1990"),
        ("phone", "0912345678", "0912345678", "0912345678"),
    ],
)
def test_an_example_is_told_as_one_types_it(key: str, example: Any, vi: str, en: str) -> None:
    field = asked(key, examples=[example], description="Ghi như trên giấy.")
    assert (typed_example(field, example, "vi"), typed_example(field, example, "en")) == (vi, en)
    assert read_example(field, vi) == example
    assert hint_of(field, "vi") == f"Ghi như trên giấy. Ví dụ: {vi}."
    page = show(read_form({"type": "object", "properties": {key: dict(field.schema)}}), "form", {}, "vi")
    assert f"Ví dụ: {vi}." in next(iter(page)).description


@pytest.mark.parametrize(("key", "example"), [("integer", "mười"), ("date", "hôm qua"), ("choice", "post")])
def test_what_cannot_be_an_answer_is_no_example(key: str, example: Any) -> None:
    field = asked(key, examples=[example])
    assert example_of(field) is None
    assert hint_of(field, "vi") == field.help.vi


def test_what_cannot_be_read_is_told_to_the_author() -> None:
    assert isinstance(read_example(asked("integer"), "mười"), Unreadable)


def test_an_example_is_decided_like_a_title() -> None:
    node = written(Question("integer", asked("integer").title, example=5), {})
    assert node["examples"] == [5]
    found = question_at({"type": "object", "properties": {"copies": node}}, "copies")
    assert found is not None
    assert found.example == 5
