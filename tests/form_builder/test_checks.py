"""A form that is wrong is told where and what to do; one form, one mistake, one finding."""

import copy
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import form_builder
from common.messages import catalogue, message_of
from form_builder.checks import check_form
from form_builder.checks.shape import KEYWORDS
from form_builder.kinds import KINDS
from form_builder.prefill import SOURCES
from tests.form_builder.samples import FORMS, NAMES, form_of

EN = {"x-motcua-en": {"title": "Name"}}
NAME = {"type": "string", "title": "Tên", **EN}
COPIES = {"type": "integer", "title": "Số bản sao", **EN}
OFFER = [{"const": "x", "title": "X", **EN}]
CHANNEL = {"type": "string", "title": "Cách nhận", "oneOf": OFFER, **EN}
PAGE = {"key": "one", "title": {"vi": "Một", "en": "One"}, "fields": ["name"]}


def asked(**keywords):
    return form_of(name={**NAME, **keywords})


def paged(*pages, **more):
    return {**form_of(name=NAME), "x-motcua-pages": list(pages), **more}


def case(test, *required, **more):
    form = form_of(channel=CHANNEL, copies=COPIES, name=NAME)
    return {**form, "allOf": [{"if": test, "then": {"required": list(required)}, **more}]}


IS_X = {"properties": {"channel": {"const": "x"}}, "required": ["channel"]}

WRONG = [
    ([], "form.not_an_object", ""),
    ({"type": "array"}, "form.not_an_object", ""),
    ({"type": "object", "properties": {"a": {"type": "texts"}}}, "form.not_a_schema", "/properties/a/type"),
    (asked(**{"x-motcua-colour": "red"}), "form.unknown_keyword", "/properties/name/x-motcua-colour"),
    (asked(**{"x-motcua-kind": 5}), "form.keyword_shape", "/properties/name/x-motcua-kind"),
    (paged({"key": "one"}), "form.keyword_shape", "/x-motcua-pages/0"),
    (form_of(**{"Họ tên": NAME}), "form.bad_key", "/properties/Họ tên"),
    (form_of(name={"type": "string"}), "form.no_title", "/properties/name"),
    (form_of(name={"type": "string", "title": "Tên"}), "form.no_english", "/properties/name"),
    (
        asked(**{"x-motcua-prefill": "profile.shoe"}),
        "form.unknown_prefill",
        "/properties/name/x-motcua-prefill",
    ),
    (asked(**{"x-motcua-kind": "signature"}), "form.unknown_kind", "/properties/name/x-motcua-kind"),
    (form_of(name={**COPIES, "x-motcua-kind": "text"}), "form.kind_mismatch", "/properties/name"),
    (
        form_of(name={**COPIES, "x-motcua-currency": "EUR"}),
        "form.unknown_currency",
        "/properties/name/x-motcua-currency",
    ),
    (asked(minLength=9, maxLength=2), "form.limits_crossed", "/properties/name"),
    (asked(format="postcode"), "form.unknown_format", "/properties/name/format"),
    (asked(pattern="["), "form.bad_pattern", "/properties/name/pattern"),
    (asked(**{"not": {"const": "x"}}), "form.unread_keyword", "/properties/name/not"),
    (form_of(name={**CHANNEL, "oneOf": [{"const": 5}]}), "form.no_choices", "/properties/name"),
    (form_of(name={**CHANNEL, "oneOf": OFFER * 2}), "form.choice_twice", "/properties/name"),
    (
        form_of(name={"type": "object", "title": "Nhóm", **EN, "properties": {}}),
        "form.empty_block",
        "/properties/name",
    ),
    (
        form_of(
            name={
                "type": "array",
                "title": "Dòng",
                **EN,
                "items": {"type": "object", "properties": {"a": NAME}, "additionalProperties": False},
            }
        ),
        "form.rows_without_id",
        "/properties/name/items",
    ),
    ({**form_of(name=NAME), "required": ["other"]}, "form.required_unknown", "/required"),
    (form_of(name={**NAME, "$ref": "#/$defs/nothing"}), "form.lost_reference", "/properties/name/$ref"),
    (paged(PAGE, {**PAGE, "fields": []}), "form.page_twice", "/x-motcua-pages/0"),
    (paged(PAGE, {**PAGE, "key": "two", "fields": []}), "form.empty_page", "/x-motcua-pages/1"),
    (paged({**PAGE, "fields": ["name", "x"]}), "form.page_names_unknown", "/x-motcua-pages/0/fields"),
    (paged({**PAGE, "title": "Một"}), "form.no_english", "/x-motcua-pages/0/title"),
    (paged({**PAGE, "fields": []}), "form.field_on_no_page", "/properties/name"),
    (paged(PAGE, {**PAGE, "key": "two"}), "form.field_on_two_pages", "/properties/name"),
    (case(IS_X, "name", **{"else": {"required": ["copies"]}}), "form.condition_else", "/allOf/0/else"),
    (case({"anyOf": [IS_X]}, "name"), "form.condition_shape", "/allOf/0/if"),
    (case(True, "name"), "form.condition_shape", "/allOf/0/if"),
    (
        case({"properties": {"channel": {"const": "x"}}}, "name"),
        "form.condition_unguarded",
        "/allOf/0/if",
    ),
    (case(IS_X, "other"), "form.condition_names_unknown", "/allOf/0/then"),
    (
        {**form_of(name=NAME), "dependentRequired": {"name": ["x"]}},
        "form.condition_names_unknown",
        "/dependentRequired",
    ),
    (case({"required": ["other"]}, "name"), "form.condition_reads_unknown", "/allOf/0/if"),
    (case({"required": ["name"]}, "copies"), "form.condition_reads_later", "/allOf/0/if"),
    (
        case({"properties": {"channel": {"const": "y"}}, "required": ["channel"]}, "name"),
        "form.condition_value_unknown",
        "/allOf/0/if",
    ),
]


@pytest.mark.parametrize(("schema", "code", "where"), WRONG, ids=[code for _, code, _ in WRONG])
def test_each_mistake_is_found_at_its_place(schema, code, where):
    findings = check_form(schema)
    assert (code, where) in [(finding.code, finding.where) for finding in findings]
    told = message_of(next(finding for finding in findings if finding.code == code))
    assert "…" not in told.text + told.remedy


@pytest.mark.parametrize("name", NAMES)
def test_the_sample_forms_have_no_findings(name):
    assert check_form(FORMS[name]) == ()


def test_every_code_has_a_test_and_every_sentence_a_use():
    found = {code for _, code, _ in WRONG}
    sentences = {code for code in catalogue() if code.startswith("form.")}
    assert found <= sentences
    written = "".join(path.read_text(encoding="utf-8") for path in sources())
    assert {code for code in sentences if f'"{code}"' not in written} == set()


def sources():
    return [path for folder in form_builder.__path__ for path in Path(folder).rglob("*.py")]


def test_a_case_in_rows_is_checked_where_it_stands():
    schema = copy.deepcopy(FORMS["certified_copy"])
    schema["properties"]["documents"]["items"]["allOf"][0]["then"]["required"] = ["colour"]
    assert [(f.code, f.where) for f in check_form(schema)] == [
        ("form.condition_names_unknown", "/properties/documents/items/allOf/0/then")
    ]


@settings(deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["type", "properties", "allOf", "if", "then", "x-motcua-pages", "$ref", "items", "a"]
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_anything_at_all_may_be_checked(anything):
    findings = check_form({"type": "object", "properties": {"a": anything}, "allOf": [anything]})
    assert all(message_of(finding).text for finding in findings)


def test_a_reference_that_leads_to_itself_ends():
    schema = {**form_of(name={"$ref": "#/$defs/a"}), "$defs": {"a": {"type": "object", "title": "A", **EN}}}
    schema["$defs"]["a"]["properties"] = {"again": {"$ref": "#/$defs/a"}}
    assert [finding.code for finding in check_form(schema)] == ["form.too_deep"]


def test_the_page_on_forms_names_every_kind_and_keyword():
    page = (Path(__file__).parents[2] / "docs/forms.md").read_text(encoding="utf-8")
    assert [name for name in (*KINDS, *KEYWORDS, *SOURCES) if name not in page] == []
