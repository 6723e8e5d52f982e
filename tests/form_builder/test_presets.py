"""Blocks with the usual questions: sound, complete, and known from the account only where it is the applicant's."""

from typing import Any

import pytest

from common.text import Text
from form_builder.checks import check_form
from form_builder.editing import Question, add_field
from form_builder.judge import judge
from form_builder.prefill import SOURCES, prefill
from form_builder.presets import PRESETS, with_preset
from form_builder.sampling import sample
from form_builder.schema import read_form
from form_builder.visibility import prune

PROFILE = dict.fromkeys(SOURCES, "x")


def form(preset: str) -> dict[str, Any]:
    schema, path = add_field({"type": "object"}, Question("group", Text("Người", "Person"), required=True))
    return with_preset(schema, path, preset)


@pytest.mark.parametrize("preset", PRESETS)
def test_a_form_of_one_block_has_no_findings_and_can_be_answered(preset: str) -> None:
    schema = form(preset)
    assert check_form(schema) == ()
    assert judge(schema, sample(schema)) == ()


def test_the_account_fills_in_the_applicant_and_nobody_else() -> None:
    assert set(prefill(form("applicant"), PROFILE)["nguoi"]) == set(SOURCES)
    assert prefill(form("person"), PROFILE) == {}
    assert prefill(form("organisation"), PROFILE) == {}


def test_what_says_who_somebody_is_has_its_class_of_personal_data() -> None:
    classes = {
        field.key: field.personal for field in read_form(form("person")).every_field() if not field.fields
    }
    assert all(classes.values())
    assert classes["identity_number"] == "identity"
    assert classes["phone"] == "contact"


@pytest.mark.parametrize(
    ("nationality", "missing"), [("VN", "nguoi.identity_number"), ("LA", "nguoi.passport_number")]
)
def test_a_vietnamese_gives_the_identity_number_and_a_foreigner_the_passport(
    nationality: str, missing: str
) -> None:
    schema = form("applicant")
    answers = sample(schema)["nguoi"]
    said = {key: value for key, value in answers.items() if key not in ("identity_number", "passport_number")}
    problems = judge(schema, prune(schema, {"nguoi": {**said, "nationality": nationality}}))
    assert [(problem.code, problem.where) for problem in problems] == [("form.required", missing)]
