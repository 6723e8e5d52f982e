"""jsonschema is the judge: what it says is told with the field's name, and nothing is added or lost."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from common.messages import catalogue, message_of
from common.problems import Problem
from form_builder.faults import CODES, FORMATS, LIMITS
from form_builder.formats import OURS, checker_of
from form_builder.judge import judge
from form_builder.kinds import KINDS
from form_builder.official_numbers import CODES as NUMBERS
from tests.form_builder.samples import (
    ANSWERS,
    FORMS,
    NAMES,
    PLACES,
    answers_for,
    form_of,
    read,
    whole_forms,
)

CHOICE = {"title": "Cách nhận", "oneOf": [{"const": "post", "title": "Bưu chính"}]}

WRONG = [
    ({"title": "Tên", "type": "string", "minLength": 2}, "x", "form.too_short", {"limit": "2"}),
    ({"title": "Tên", "type": "string", "maxLength": 2}, "xyz", "form.too_long", {"limit": "2"}),
    ({"title": "Tên", "type": "string", "minLength": 2}, "", "form.required", {}),
    ({"title": "Tên", "type": "string", "pattern": "^[^0-9]*$"}, "Lan 2", "form.wrong_pattern", {}),
    ({"title": "Tên", "type": "string"}, 5, "form.wrong_type", {}),
    ({"title": "Bản sao", "type": "integer", "minimum": 1}, 0, "form.too_small", {"limit": "1"}),
    (
        {"title": "Bản sao", "type": "integer", "maximum": 10_000},
        10_001,
        "form.too_large",
        {"limit": "10.000"},
    ),
    ({"title": "Cao", "type": "number", "exclusiveMinimum": 0}, 0, "form.not_above", {"limit": "0"}),
    ({"title": "Cao", "type": "number", "exclusiveMaximum": 9}, 9, "form.not_below", {"limit": "9"}),
    ({"title": "Cao", "type": "number", "multipleOf": 0.01}, 1.234, "form.too_many_decimals", {"limit": 2}),
    ({"title": "Bộ", "type": "integer", "multipleOf": 5}, 7, "form.not_a_step", {"limit": "5"}),
    (
        {"title": "Vốn", "type": "integer", "x-motcua-currency": "VND", "minimum": 1_000_000},
        5,
        "form.too_small",
        {"limit": "1.000.000 đồng", "limit_en": "VND 1,000,000"},
    ),
    ({"title": "Ngày", "type": "string", "format": "date"}, "2026-02-31", "form.no_such_day", {}),
    ({"title": "Giờ", "type": "string", "format": "local-time"}, "24:00", "form.unreadable_time", {}),
    ({"title": "Thư", "type": "string", "format": "email"}, "lan@", "form.not_an_email", {}),
    ({"title": "Số", "type": "string", "format": "phone"}, "123", "form.not_a_phone", {}),
    (
        {"title": "Số", "type": "string", "format": "identity-number"},
        "003187000123",
        "form.identity_number_place",
        {"place": "003"},
    ),
    (
        {"title": "Số", "type": "string", "format": "identity-number"},
        "001987000123",
        "form.identity_number_century",
        {"digit": "9"},
    ),
    (
        {"title": "Số", "type": "string", "format": "identity-number"},
        "012345678",
        "form.identity_number_length",
        {"count": 9},
    ),
    (
        {"title": "Số", "type": "string", "format": "identity-number"},
        "00118700012x",
        "form.not_an_identity_number",
        {},
    ),
    ({"title": "Mã", "type": "string", "format": "tax-number"}, "0100233480", "form.tax_number_check", {}),
    (
        {"title": "Mã", "type": "string", "format": "tax-number"},
        "010023348",
        "form.tax_number_length",
        {"count": 9},
    ),
    ({"title": "Mã", "type": "string", "format": "tax-number"}, "0100233488000", "form.not_a_tax_number", {}),
    (
        {"title": "Mã", "type": "string", "format": "tax-number"},
        "0314409058-002",
        "form.not_a_tax_number",
        {},
    ),
    (
        {"title": "Mã", "type": "string", "format": "tax-number"},
        "003187000123",
        "form.identity_number_place",
        {"place": "003"},
    ),
    ({"title": "Nước", "type": "string", "format": "nationality"}, "XK", "form.not_offered", {}),
    ({"title": "Dân tộc", "type": "string", "format": "ethnic-group"}, "57", "form.not_offered", {}),
    ({"title": "Tháng", "type": "string", "format": "month"}, "2026-13", "form.no_such_month", {}),
    (CHOICE, "online", "form.not_offered", {}),
    ({"title": "Diện", "type": "array", "items": CHOICE, "maxItems": 1}, ["post"] * 2, "form.too_many", {}),
    ({"title": "Diện", "type": "array", "items": CHOICE, "minItems": 2}, ["post"], "form.too_few", {}),
    (
        {"title": "Diện", "type": "array", "items": CHOICE, "uniqueItems": True},
        ["post"] * 2,
        "form.twice",
        {},
    ),
    ({"title": "Cam đoan", "type": "boolean", "const": True}, False, "form.not_declared", {}),
    ({"title": "Khác", "type": "string", "not": {"const": "x"}}, "x", "form.not_accepted", {}),
]


@pytest.mark.parametrize(("schema", "answer", "code", "parameters"), WRONG)
def test_each_violation_has_its_code_at_its_field(schema, answer, code, parameters):
    (problem,) = judge(form_of(asked=schema), {"asked": answer})
    assert (problem.code, problem.where) == (code, "asked")
    assert {"field": schema["title"], **parameters}.items() <= problem.parameters.items()


def test_what_is_missing_is_named_inside_groups_and_rows():
    schema = FORMS["certified_copy"]
    answers = copy.deepcopy(ANSWERS["certified_copy"])
    del answers["documents"][1]["copies"], answers["requester"]["phone"], answers["declaration"]
    answers["documents"][0]["pages"] = 0
    assert [(p.code, p.where, p.parameters["field"]) for p in judge(schema, answers)] == [
        ("form.too_small", "documents.0.pages", "Giấy tờ 1 – Số trang của bản chính"),
        ("form.required", "documents.1.copies", "Giấy tờ 2 – Số bản sao cần chứng thực"),
        ("form.required", "requester.phone", "Người yêu cầu chứng thực – Số điện thoại"),
        (
            "form.not_declared",
            "declaration",
            "Tôi cam đoan bản chính là thật và chịu trách nhiệm về nội dung của bản chính",
        ),
    ]


def test_no_rows_nothing_chosen_and_unknown_keys_are_told():
    schema = FORMS["certified_copy"]
    answers = {"documents": [], "requester": {}, "surprise": 1}
    codes = {p.where: p.code for p in judge(schema, answers)}
    assert codes["documents"] == "form.no_rows"
    assert codes["result_channel"] == "form.not_chosen"
    assert codes["requester.full_name"] == "form.required"
    assert codes["surprise"] == "form.not_asked"


def test_dependent_fields_are_required_once_the_other_is_given():
    schema = {
        **form_of(number={"title": "Số", "type": "string"}, issued_on={"title": "Ngày", "type": "string"}),
        "dependentRequired": {"number": ["issued_on"]},
    }
    assert judge(schema, {}) == ()
    assert judge(schema, {"number": "1"}) == (
        Problem("form.required", "issued_on", {"field": "Ngày", "field_en": "Ngày"}),
    )


def test_every_code_of_the_judge_has_a_sentence_that_names_the_field():
    codes = {
        *CODES.values(),
        *LIMITS.values(),
        *FORMATS.values(),
        *NUMBERS,
        *(kind.missing for kind in KINDS.values()),
    }
    for code in codes:
        assert "{field}" in catalogue()[code]["vi"], code
        assert "{field_en}" in catalogue()[code]["en"], code


def test_a_problem_reads_as_a_sentence_in_both_languages():
    schema = form_of(
        copies={"title": "Số bản sao", "type": "integer", "minimum": 1, "x-motcua-en": {"title": "Copies"}}
    )
    (problem,) = judge(schema, {"copies": 0})
    assert message_of(problem, "vi").text == "«Số bản sao» quá nhỏ"
    assert message_of(problem, "vi").remedy == "Hãy nhập từ 1 trở lên."
    assert message_of(problem, "en").text == "“Copies” is too small"


@pytest.mark.parametrize("name", NAMES)
def test_the_sample_answers_are_right(name):
    assert judge(read(name), ANSWERS[name]) == ()


NOISE = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)


@pytest.mark.parametrize("name", NAMES)
@whole_forms
@given(data=st.data())
def test_the_judge_agrees_with_plain_jsonschema(name, data):
    """Right answers with one of them replaced by anything at all: both say yes, or both say no."""
    form = read(name)
    answers = data.draw(answers_for(form))
    if answers and data.draw(st.booleans()):
        answers = {**answers, data.draw(st.sampled_from(sorted(answers))): data.draw(NOISE)}
    plain = Draft202012Validator(FORMS[name], format_checker=checker_of(PLACES))
    problems = judge(form, answers)
    # That a commune lies in its province is a keyword of ours.
    elsewhere = [problem for problem in problems if problem.code == "form.commune_elsewhere"]
    assert (problems == ()) == (plain.is_valid(answers) and not elsewhere)
    assert len({problem.where for problem in problems}) == len(problems)


@pytest.mark.parametrize(
    ("number", "plausible"),
    [
        ("001187000123", True),
        ("079300012345", True),
        ("101187000123", True),
        ("003187000123", False),
        ("001987000123", False),
        ("00118700012", False),
        ("0011870001234", False),
        ("00118700012x", False),
        ("٠٠١١٨٧٠٠٠١٢٣", False),
    ],
)
def test_identity_numbers_have_plausible_parts(number, plausible):
    assert OURS["identity-number"](number) is plausible


@pytest.mark.parametrize(
    ("number", "right"),
    [
        ("0912345678", True),
        ("02438251234", True),
        ("+819012345678", True),
        ("+84912345678", False),
        ("0112345678", False),
        ("091234567", False),
    ],
)
def test_phone_numbers(number, right):
    assert OURS["phone"](number) is right


@pytest.mark.parametrize(
    ("number", "plausible"),
    [
        ("0100233488", True),
        ("0314409058002", True),
        ("001187000123", True),
        ("0100233480", False),
        ("0314409058000", False),
        ("0000000000", False),
        ("003187000123", False),
        ("٠١٠٠٢٣٣٤٨٨", False),
    ],
)
def test_tax_numbers_are_those_of_firms_their_units_and_people(number, plausible):
    assert OURS["tax-number"](number) is plausible
