"""Types come from the form: kinds, limits, labels, and when a field may be absent."""

from decimal import Decimal
from typing import Any

from common.text import Text
from rules_dsl.fact_types import FactType, Holds
from rules_dsl.facts import Facts, read_facts, scope
from tests.rules_dsl.world import DAY, INTEGER, MONEY, TEXT, TIME, form, one_of, rows

CHOICE: dict[str, Any] = {
    "title": "Đối tượng",
    "x-motcua-en": {"title": "Group"},
    "oneOf": [{"const": "poor", "title": "Hộ nghèo", "x-motcua-en": {"title": "Poor household"}}],
}


def test_kinds_labels_and_limits_are_read_from_the_form() -> None:
    found = scope(
        form(
            price={**MONEY, "minimum": 5},
            size={"type": "number", "exclusiveMinimum": 0, "multipleOf": 0.01},
            born_on=DAY,
            met_at={"type": "string", "format": "date-time"},
            sworn={"type": "boolean", "x-motcua-kind": "declaration"},
            group=CHOICE,
            ways={"type": "array", "items": {"enum": ["a", "b"]}},
            note=TEXT,
            opens_at=TIME,
        )
    ).facts
    kinds = {name: fact.kind for name, fact in found.items() if not name.startswith("dossier.")}
    assert kinds == {
        "price": "money",
        "size": "decimal",
        "born_on": "date",
        "met_at": "instant",
        "sworn": "boolean",
        "group": "choice",
        "ways": "choices",
        "note": "text",
        "opens_at": "time",
    }
    assert found["group"] == FactType(
        "choice", Text("Đối tượng", "Group"), ("poor",), {"poor": Text("Hộ nghèo", "Poor household")}
    )
    assert found["ways"].values == ("a", "b")
    assert (found["price"].minimum, found["size"].minimum) == (Decimal(5), Decimal("0.01"))


def test_a_field_is_certain_only_where_the_form_requires_it() -> None:
    schema = form(kind=one_of("house", "shop"), note_=TEXT, floors_=INTEGER, roof_=TEXT, tiles_=TEXT)
    schema["allOf"] = [
        {
            "if": {"properties": {"kind": {"enum": ["house"]}}, "required": ["kind"]},
            "then": {"required": ["floors"]},
        }
    ]
    schema["dependentRequired"] = {"roof": ["tiles"]}
    found = scope(schema).facts
    assert found["kind"].always
    assert (found["note"].always, found["note"].present_when) == (False, ())
    assert found["floors"].present_when == ((Holds("kind", frozenset({"house"})),),)
    assert found["tiles"].present_when == ((Holds("roof"),),)


def test_what_stands_in_an_optional_group_comes_with_the_group() -> None:
    found = scope(form(spouse_=form(born_on=DAY, note_=TEXT), child=form(born_on=DAY))).facts
    assert found["child.born_on"].always
    assert found["spouse.born_on"].present_when == ((Holds("spouse"),),)
    assert found["spouse.note"].present_when == ()


def test_a_condition_that_asks_more_than_answers_makes_nothing_certain() -> None:
    schema = form(count=INTEGER, note_=TEXT)
    schema |= {
        "if": {"properties": {"count": {"minimum": 3}}, "required": ["count"]},
        "then": {"required": ["note"]},
    }
    assert scope(schema).facts["note"].present_when == ()
    # Without `required`, JSON Schema lets the test pass when the field is missing.
    schema |= {"if": {"properties": {"count": {"const": 3}}}, "then": {"required": ["note"]}}
    assert scope(schema).facts["note"].present_when == ()


def test_rows_know_their_group_and_their_least_number() -> None:
    found = scope(form(documents={**rows(pages=INTEGER, note_=TEXT), "minItems": 1})).facts
    assert (found["documents"].kind, found["documents"].minimum) == ("rows", Decimal(1))
    assert (found["documents.pages"].rows, found["documents.pages"].always) == ("documents", True)
    assert not found["documents.note"].always


def test_absent_is_what_the_form_lets_be_absent() -> None:
    schema = form(kind=one_of("house", "shop"), floors_=INTEGER, note_=TEXT)
    schema |= {
        "if": {"properties": {"kind": {"const": "house"}}, "required": ["kind"]},
        "then": {"required": ["floors"]},
    }
    known = scope(schema)

    def absent(answers: dict[str, Any]) -> frozenset[str]:
        read = read_facts(known, {"answers": answers})
        assert isinstance(read, Facts)
        return frozenset(name for name in read.absent if not name.startswith("dossier."))

    assert absent({"kind": "shop"}) == {"floors", "note"}
    assert absent({"kind": "house"}) == {"note"}
    assert absent({"kind": "house", "note": "x"}) == set()


def test_a_repeated_group_that_was_left_out_has_no_rows() -> None:
    known = scope(form(documents_=rows(pages=INTEGER), papers=rows(pages=INTEGER)))
    read = read_facts(known, {"answers": {}})
    assert isinstance(read, Facts)
    assert read.rows == {"documents": ()}


def test_case_types_are_the_values_of_their_fact() -> None:
    assert scope(form(), ["new", "again"]).facts["dossier.case_type"].values == ("new", "again")
    assert scope(form()).facts["dossier.case_type"].kind == "text"


def test_fields_of_later_pages_are_known_to_come() -> None:
    known = scope(form(note=TEXT), whole=form(note=TEXT, decision=TEXT))
    assert known.later == {"decision"}
