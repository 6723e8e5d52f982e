"""Blocks of the question bank: put in and taken out, compared in three, and updated without losing anything."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from common.problems import Refusal
from form_builder.bank import Source, Use, cut, marked, offered, put, take_out, updated, use_at, uses
from form_builder.checks import check_form
from form_builder.editing import question_at
from form_builder.schema import read_form
from tests.form_builder.samples import FORMS, form_of
from tests.form_builder.test_untouched import schemas

# Such schemas take minutes to shrink, and are small enough to read as they come.
drawn = settings(
    phases=(Phase.reuse, Phase.generate),
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
OLD, NEW = Source("child", 1, "0123456789ab"), Source("child", 2, "ba9876543210")
NAME = {
    "type": "string",
    "title": "Họ tên",
    "x-motcua-en": {"title": "Name"},
    "x-motcua-personal": "identity",
}
ABROAD = {"type": "boolean", "title": "Sinh ở nước ngoài", "x-motcua-en": {"title": "Born abroad"}}
COUNTRY = {"type": "string", "format": "nationality", "title": "Nước", "x-motcua-en": {"title": "Country"}}
IF_ABROAD = {
    "if": {"properties": {"abroad": {"const": True}}, "required": ["abroad"]},
    "then": {"required": ["country"]},
}
CHILD: dict[str, Any] = {
    "type": "object",
    "properties": {"name": NAME, "abroad": ABROAD, "country": COUNTRY},
    "required": ["name", "abroad"],
    "allOf": [IF_ABROAD],
}


def block_of(schema: Any) -> dict[str, Any]:
    """All questions of the form as a block."""
    found = cut(schema, "", {field.key: field.key for field in read_form(schema).fields})
    assert not isinstance(found, Refusal)
    return dict(found.block)


def taken_back(schema: Any, use: Use) -> Any:
    found = cut(schema, use.holder, use.names)
    assert not isinstance(found, Refusal)
    return found.block


def spoken(node: Any) -> Any:
    """The schema without lists that demand nothing: one that had none and one that is empty say the same."""
    if isinstance(node, list):
        return [spoken(each) for each in node]
    if not isinstance(node, dict):
        return node
    return {key: spoken(each) for key, each in node.items() if (key, each) != ("required", [])}


blocks = schemas.map(block_of)


@pytest.mark.parametrize("name", FORMS)
def test_a_block_is_put_on_a_page_and_into_a_group_and_is_a_form_without_new_faults(name: str) -> None:
    whole = FORMS[name]
    page = read_form(whole).pages[0].key
    grown, use = put(whole, CHILD, OLD, page=page)
    assert check_form(grown) == check_form(whole)
    assert [field.path for field in read_form(grown).page(page).fields][-3:] == list(use.paths)
    assert taken_back(grown, use) == CHILD
    assert take_out(grown, use) == whole


def test_keys_are_free_ones_and_conditions_follow_them() -> None:
    schema = form_of(name={"title": "Tên cũ"}, abroad_2={"title": "Khác"})
    once, first = put(schema, CHILD, OLD)
    twice, second = put(once, CHILD, OLD)
    assert dict(first.names) == {"name": "name_2", "abroad": "abroad", "country": "country"}
    assert dict(second.names) == {"name": "name_3", "abroad": "abroad_3", "country": "country_2"}
    assert [use.number for use in uses(twice)] == [1, 2]
    assert twice["allOf"][1]["if"]["required"] == ["abroad_3"]
    assert use_at(twice, "country_2") == second
    assert read_form(twice).field_at("name_3").personal == "identity"  # type: ignore[union-attr]


@given(schema=schemas, block=blocks)
@drawn
def test_what_is_put_in_and_taken_out_again_leaves_the_form_as_it_was(schema: Any, block: Any) -> None:
    before = deepcopy(schema)
    holders = ["", *(field.path for field in read_form(schema).every_field() if field.fields)]
    for holder in holders:
        grown, use = put(schema, block, OLD, holder=holder)
        assert taken_back(grown, use) == block
        assert uses(grown) == (use,)
        if not is_referred_to(schema, holder):
            assert spoken(take_out(grown, use)) == spoken(before)
    assert schema == before


def is_referred_to(schema: Any, holder: str) -> bool:
    """Whether the object stands in a definition: that is then written out."""
    node = schema
    for key in holder.split(".") if holder else ():
        node = node["properties"][key]
        if "$ref" in node:
            return True
        node = node.get("items", node)
    return False


@given(schema=schemas, old=blocks, new=blocks)
@drawn
def test_an_update_where_nothing_was_changed_is_exactly_the_new_block(
    schema: Any, old: Any, new: Any
) -> None:
    grown, use = put(schema, old, OLD)
    merge = offered(grown, use, old, new)
    assert not isinstance(merge, Refusal)
    assert {change.kind for change in merge.changes} <= {"taken"}
    assert merge.block == new
    after = updated(grown, use, merge.block, NEW)
    (now,) = uses(after)
    assert now.source == NEW
    assert taken_back(after, now) == new
    assert list(taken_back(after, now)["properties"]) == list(new["properties"])
    others = [field.path for field in read_form(schema).every_field()]
    assert {each: question_at(after, each) for each in others} == {
        each: question_at(schema, each) for each in others
    }
    assert spoken(take_out(after, now)) == spoken(schema)


def test_what_the_author_changed_stays_and_a_question_taken_out_stays_out() -> None:
    form = form_of(kind={"title": "Loại", "type": "boolean"})
    form["x-motcua-pages"] = [
        {"key": "one", "title": {"vi": "Một"}, "fields": [{"note": {"vi": "A"}}, "kind"]}
    ]
    grown = put(form, CHILD, OLD, page="one")[0]
    steps = {"x-motcua-steps": {"fills": ["sign"]}}
    grown["properties"]["name"] = {**grown["properties"]["name"], "title": "Tên khai sinh", **steps}
    own = {
        "if": {"properties": {"kind": {"const": True}}, "required": ["kind"]},
        "then": {"required": ["abroad"]},
    }
    grown["required"] = [key for key in grown["required"] if key != "abroad"]
    grown["allOf"] = [own, *grown["allOf"]]
    grown = take_out(grown, Use(OLD, 1, "", {"country": "country"}))
    (mine,) = uses(grown)
    newer = deepcopy(CHILD)
    newer["properties"] = {
        "born_on": {"type": "string", "format": "date", "title": "Ngày sinh"},
        **newer["properties"],
    }
    newer["required"] = ["born_on", "name", "abroad"]
    newer["properties"]["abroad"] = {**ABROAD, "title": "Sinh ngoài Việt Nam"}
    merge = offered(grown, mine, CHILD, newer)
    assert not isinstance(merge, Refusal)
    told = {(change.kind, change.where) for change in merge.changes}
    assert ("kept", "/properties/name/title") in told
    assert ("kept", "/properties/country") in told
    assert ("taken", "/properties/abroad/title") in told
    after = updated(grown, mine, merge.block, NEW)
    assert list(after["properties"]) == ["kind", "born_on", "name", "abroad"]
    assert after["x-motcua-pages"][0]["fields"] == [
        {"note": {"vi": "A"}},
        "kind",
        "born_on",
        "name",
        "abroad",
    ]
    assert after["properties"]["name"]["title"] == "Tên khai sinh"
    assert after["properties"]["name"]["x-motcua-steps"] == {"fills": ["sign"]}
    assert after["properties"]["abroad"]["title"] == "Sinh ngoài Việt Nam"
    assert after["allOf"] == [own]
    assert after["required"] == ["born_on", "name"]
    assert {use.source for use in uses(after)} == {NEW}


def test_questions_stay_on_the_pages_where_their_author_put_them() -> None:
    form = form_of(kind={"title": "Loại", "type": "boolean"})
    form["x-motcua-pages"] = [
        {"key": "one", "title": {"vi": "Một"}, "fields": ["kind"]},
        {"key": "two", "title": {"vi": "Hai"}, "fields": []},
    ]
    grown, use = put(form, CHILD, OLD, page="one")
    pages = [
        {**form["x-motcua-pages"][0], "fields": ["name", "kind"]},
        {**form["x-motcua-pages"][1], "fields": ["abroad", "country"]},
    ]
    grown["x-motcua-pages"] = pages
    turned = {**CHILD, "properties": {"abroad": ABROAD, "name": NAME, "place": NAME, "country": COUNTRY}}
    after = updated(grown, use, turned, NEW)
    assert [page["fields"] for page in after["x-motcua-pages"]] == [
        ["abroad", "kind"],
        ["name", "place", "country"],
    ]


def test_a_condition_on_a_question_outside_stays_behind_and_is_named() -> None:
    form = {
        **form_of(kind=ABROAD, abroad=ABROAD, country=COUNTRY),
        "allOf": [
            {
                "if": {"properties": {"kind": {"const": True}}, "required": ["kind"]},
                "then": {"required": ["abroad"]},
            },
            IF_ABROAD,
        ],
    }
    found = cut(form, "", {"abroad": "abroad", "country": "country"})
    assert not isinstance(found, Refusal)
    assert found.alone == ("abroad",)
    assert found.block == {
        "type": "object",
        "properties": {"abroad": ABROAD, "country": COUNTRY},
        "required": ["abroad"],
        "allOf": [IF_ABROAD],
    }


def test_references_are_written_out_and_circles_refused() -> None:
    form = {
        **form_of(person={"$ref": "#/$defs/person"}),
        "$defs": {
            "person": {"type": "object", "title": "Người", "properties": {"name": {"$ref": "#/$defs/name"}}},
            "name": NAME,
        },
    }
    assert block_of(form)["properties"]["person"]["properties"] == {"name": NAME}
    circle = {
        **form,
        "$defs": {"person": {"type": "object", "properties": {"child": {"$ref": "#/$defs/person"}}}},
    }
    assert cut(circle, "", {"person": "person"}) == Refusal("form.bank_circular")


def test_questions_that_are_there_become_a_use_of_the_block() -> None:
    form = form_of(name=NAME, abroad=ABROAD)
    once = marked(form, Use(OLD, 1, "", {"name": "name", "away": "abroad"}))
    assert [dict(use.names) for use in uses(once)] == [{"name": "name", "away": "abroad"}]
    fewer = marked(once, Use(NEW, 1, "", {"away": "abroad"}))
    assert [(use.source, dict(use.names)) for use in uses(fewer)] == [(NEW, {"away": "abroad"})]
    assert fewer["properties"]["name"] == NAME


@pytest.mark.parametrize(
    "written", ["child", {}, {"block": "child", "version": "2", "digest": "", "key": "a", "use": 1}]
)
def test_an_origin_nobody_can_read_is_no_use_and_a_finding(written: Any) -> None:
    form = form_of(name={**NAME, "x-motcua-origin": written})
    assert uses(form) == ()
    assert "form.keyword_shape" in {finding.code for finding in check_form(form)}
