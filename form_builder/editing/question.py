"""One field as its author thinks of it, and the JSON Schema that says so."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from common.text import Text
from form_builder.exemplified import example_of
from form_builder.form import ROW_ID, Choice, Field
from form_builder.kinds import KINDS, kind_of
from form_builder.kinds.blocks import BLOCKS
from form_builder.kinds.documents import component_of
from form_builder.parts import FILLS, SHOWS, STEPS, named_in
from form_builder.schema import read_form

Schema = Mapping[str, Any]
NOTHING = Text("")
# Kinds whose answers the author lists.
OFFERING = ("choice", "choices")
# kind → the keywords of its least and its most, both inclusive.
LIMITS: Mapping[str, tuple[str, str]] = {
    "text": ("minLength", "maxLength"),
    "long_text": ("minLength", "maxLength"),
    "integer": ("minimum", "maximum"),
    "decimal": ("minimum", "maximum"),
    "money": ("minimum", "maximum"),
    "choices": ("minItems", "maxItems"),
    "rows": ("minItems", "maxItems"),
    "document": ("minItems", "maxItems"),
}
# What an object says about the fields inside it: it stays when a group becomes rows.
INSIDE = ("properties", "required", "additionalProperties", "allOf", "if", "then", "dependentRequired")


@dataclass(frozen=True, slots=True)
class Question:
    """What an author decides about a field, its place and key aside.

    `least` and `most` are inclusive limits: letters, a number, an amount in the currency's smallest unit, or
    how many; None: no limit. `example` is an answer as JSON has it; None: none is shown. `asked_when` holds the
    tests (JSON Schemas) of the cases in which it is asked; empty: always. `row_title` names one row of rows.
    `currency` belongs to money alone; `files` (kinds; empty: the usual ones), `megabytes` (the largest; None: what
    the house takes) and `component` (a rule; "": none) to documents. `fills` and `shows` name the steps that answer
    it and those that see it (`form_builder.parts`); empty: as its page.
    """

    kind: str
    title: Text
    help: Text = NOTHING
    example: Any = None
    required: bool = False
    choices: tuple[Choice, ...] = ()
    least: Decimal | None = None
    most: Decimal | None = None
    currency: str = ""
    prefill: str = ""
    personal: str = ""
    row_title: Text = NOTHING
    asked_when: tuple[Schema, ...] = field(default=())
    files: tuple[str, ...] = ()
    megabytes: int | None = None
    component: str = ""
    fills: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()


def question_at(schema: Schema, path: str) -> Question | None:
    """The field at the path as it is decided now; None when the form has none there."""
    found = read_form(schema).field_at(path)
    return None if found is None else _question(found)


def _question(read: Field) -> Question:
    least, most = LIMITS.get(read.kind, ("", ""))
    is_document = read.kind == "document"
    return Question(
        kind=read.kind,
        title=read.title,
        help=read.help,
        example=example_of(read),
        required=read.required,
        choices=read.choices if read.kind in OFFERING else (),
        least=_number(read.schema.get(least)),
        most=_number(read.schema.get(most)),
        currency=str(read.schema.get("x-motcua-currency", "VND")) if read.kind == "money" else "",
        prefill=read.prefill,
        personal=read.personal,
        row_title=read.row_title,
        asked_when=tuple(case.test for case in read.asked_when),
        files=tuple(read.schema.get("x-motcua-files", ())) if is_document else (),
        megabytes=read.schema.get("x-motcua-megabytes") if is_document else None,
        component=component_of(read) if is_document else "",
        fills=named_in(read.schema, FILLS),
        shows=named_in(read.schema, SHOWS),
    )


def written(question: Question, before: Schema) -> dict[str, Any]:
    """The schema of a new field, or of one that becomes another kind: fields inside a block stay."""
    node = {**_shape(question, before), **dict(_said(question))}
    if question.kind == "rows":
        node["items"] |= _titles(question.row_title, NOTHING)
    if question.kind == "choice":
        node |= offered(question) or {"x-motcua-kind": question.kind}
    if question.kind == "choices":
        node["items"] = offered(question)
    return node


def told(question: Question) -> dict[str, Any]:
    """What the question decides of a field of its kind: the rest of its schema is nobody's decision here."""
    said = dict(_said(question))
    if question.kind == "rows":
        said["items"] = _titles(question.row_title, NOTHING)
    if question.kind == "choices":
        said["items"] = offered(question)
    return said | (offered(question) if question.kind == "choice" else {})


def offered(question: Question) -> dict[str, Any]:
    """The answers offered; empty when there are none yet: JSON Schema knows no empty `oneOf`."""
    choices = [{"const": each.value, **_titles(each.label, NOTHING)} for each in question.choices]
    return {"oneOf": choices} if choices else {}


def _shape(question: Question, before: Schema) -> dict[str, Any]:
    """The least schema of the kind; a block with the fields that the block before it held."""
    shape = {name: part for name, part in KINDS[question.kind].shape.items() if name != "oneOf"}
    if kind_of(KINDS[question.kind].shape) != question.kind:
        shape["x-motcua-kind"] = question.kind
    if question.kind not in BLOCKS:
        return shape
    holder = before.get("items", {}) if before.get("type") == "array" else before
    inside = {name: holder[name] for name in INSIDE if name in holder} if "properties" in holder else {}
    properties = {name: node for name, node in inside.get("properties", {}).items() if name != ROW_ID}
    if question.kind == "group":
        return {**shape, **inside, "properties": properties}
    return {
        **shape,
        "items": {"type": "object", **inside, "properties": {ROW_ID: {"type": "string"}, **properties}},
    }


def _said(question: Question) -> Iterator[tuple[str, Any]]:
    yield from _titles(question.title, question.help).items()
    if question.example is not None:
        yield "examples", [question.example]
    least, most = LIMITS.get(question.kind, ("", ""))
    for keyword, limit in ((least, question.least), (most, question.most)):
        if keyword and limit is not None:
            yield keyword, int(limit) if question.kind != "decimal" or limit == int(limit) else limit
    if question.kind == "money":
        yield "x-motcua-currency", question.currency or "VND"
    if question.kind == "document":
        yield from _files_said(question)
    if question.prefill:
        yield "x-motcua-prefill", question.prefill
    if question.personal:
        yield "x-motcua-personal", question.personal
    if steps := {
        verb: list(keys) for verb, keys in ((FILLS, question.fills), (SHOWS, question.shows)) if keys
    }:
        yield STEPS, steps


def _files_said(question: Question) -> Iterator[tuple[str, Any]]:
    if question.files:
        yield "x-motcua-files", list(question.files)
    if question.megabytes is not None:
        yield "x-motcua-megabytes", question.megabytes
    if question.component:
        yield "x-motcua-component", question.component


def _titles(title: Text, explained: Text) -> dict[str, Any]:
    vietnamese = {"title": title.vi, "description": explained.vi}
    english = {"title": title.en, "description": explained.en}
    said: dict[str, Any] = {name: text for name, text in vietnamese.items() if text}
    if spoken := {name: text for name, text in english.items() if text}:
        said["x-motcua-en"] = spoken
    return said


def _number(limit: Any) -> Decimal | None:
    return None if limit is None else Decimal(str(limit))
