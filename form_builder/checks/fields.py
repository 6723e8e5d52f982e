"""Can every field be asked, read and judged?"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from common.money import EXPONENTS
from common.problems import Finding
from form_builder.checks.addresses import address_findings
from form_builder.form import ROW_ID, Field, Form
from form_builder.formats import CHECKER
from form_builder.kinds import KINDS
from form_builder.nodes import nodes
from form_builder.parts import STEPS
from form_builder.patterns import pattern_of
from form_builder.prefill import SOURCES
from form_builder.schema import read_form
from rules_dsl.pointers import resolved, target

KEY = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
TOLD = {
    "title",
    "description",
    "examples",
    "default",
    "$comment",
    "deprecated",
    "readOnly",
    "writeOnly",
    "$ref",
}
_LIMITS = {
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
}
SHOWN = TOLD | _LIMITS | {"type", "format", "pattern", "enum", "oneOf", "const", "items", "uniqueItems"}
BLOCK = {
    "properties",
    "required",
    "additionalProperties",
    "allOf",
    "if",
    "then",
    "else",
    "dependentRequired",
}
ROWS = {"minItems", "maxItems"}
_PAIRS = (("minLength", "maxLength"), ("minimum", "maximum"), ("minItems", "maxItems"))

Schema = Mapping[str, Any]


def check_fields(schema: Schema) -> Iterator[Finding]:
    """Keys, titles, kinds, choices, limits, formats and references of all fields."""
    form = read_form(schema)
    for field in form.every_field():
        place = place_of(form, field.path)
        yield from _names(field, place)
        yield from _kind(field, place)
        yield from _limits(field, place)
        yield from _choices(field, place)
        yield from _block(form, field, place)
        yield from address_findings(form, field, place)
    yield from _required(schema, "")
    yield from _references(schema)


def place_of(form: Form, path: str) -> str:
    """The JSON pointer of a field in the schema as written."""
    place, keys = "", path.split(".")
    for number, key in enumerate(keys):
        place += f"/properties/{key}"
        field = form.field_at(".".join(keys[: number + 1]))
        if field is not None and field.kind == "rows" and number + 1 < len(keys):
            place += "/items"
    return place


def _names(field: Field, place: str) -> Iterator[Finding]:
    if not KEY.fullmatch(field.key):
        yield Finding("form.bad_key", place, {"key": field.key})
    if "title" not in field.schema:
        yield Finding("form.no_title", place, {"key": field.key})
    elif not field.title.en:
        yield Finding("form.no_english", place, {"field": field.title.vi}, "warning")
    if STEPS in field.schema and "." in field.path:
        yield Finding("form.steps_inside", f"{place}/{STEPS}", {"field": field.title.vi})
    if field.prefill and field.prefill.removeprefix("profile.") not in SOURCES:
        yield Finding("form.unknown_prefill", f"{place}/x-motcua-prefill", {"source": field.prefill})


def _kind(field: Field, place: str) -> Iterator[Finding]:
    said, kind = field.schema.get("x-motcua-kind"), KINDS[field.kind]
    if said is not None and said not in KINDS:
        yield Finding("form.unknown_kind", f"{place}/x-motcua-kind", {"kind": str(said)})
    for keyword in ("type", "format"):
        asked, has = kind.shape.get(keyword), field.schema.get(keyword)
        if asked is not None and has != asked and not (kind.key == "choice" and has is None):
            parameters = {"kind": kind.key, "keyword": keyword, "asked": str(asked), "has": str(has)}
            yield Finding("form.kind_mismatch", place, parameters)
    currency = field.schema.get("x-motcua-currency", "VND")
    if currency not in EXPONENTS:
        yield Finding("form.unknown_currency", f"{place}/x-motcua-currency", {"currency": currency})


def _limits(field: Field, place: str) -> Iterator[Finding]:
    node = field.schema
    for least, most in _PAIRS:
        if least in node and most in node and node[least] > node[most]:
            yield Finding("form.limits_crossed", place, {"least": str(node[least]), "most": str(node[most])})
    if "format" in node and node["format"] not in CHECKER.checkers:
        yield Finding("form.unknown_format", f"{place}/format", {"format": str(node["format"])})
    if "pattern" in node and pattern_of(str(node["pattern"])) is None:
        yield Finding("form.bad_pattern", f"{place}/pattern", {"pattern": str(node["pattern"])})
    known = (
        SHOWN
        | (BLOCK if field.kind in ("group", "address") else set())
        | (ROWS if node.get("type") == "array" else set())
    )
    for keyword in node:
        if keyword not in known and not keyword.startswith("x-motcua-"):
            yield Finding("form.unread_keyword", f"{place}/{keyword}", {"keyword": keyword}, "warning")


def _choices(field: Field, place: str) -> Iterator[Finding]:
    if field.kind not in ("choice", "choices"):
        return
    if not field.choices:
        yield Finding("form.no_choices", place, {"field": field.title.vi})
    values = [choice.value for choice in field.choices]
    for value in sorted({value for value in values if values.count(value) > 1}):
        yield Finding("form.choice_twice", place, {"value": value})
    for choice in field.choices:
        if not choice.label.en:
            yield Finding("form.no_english", place, {"field": choice.label.vi}, "warning")


def _block(form: Form, field: Field, place: str) -> Iterator[Finding]:
    if field.kind not in ("group", "rows"):
        return
    inner, inside = field.schema, place
    if field.kind == "rows":
        inner, inside = resolved(form.schema, field.schema.get("items", {})), f"{place}/items"
        if inner.get("additionalProperties") is False and ROW_ID not in inner.get("properties", {}):
            yield Finding("form.rows_without_id", inside, {"field": field.title.vi})
    if not field.fields:
        code = "form.too_deep" if inner.get("properties") else "form.empty_block"
        yield Finding(code, place, {"field": field.title.vi})
    yield from _required(inner, inside)


def _required(holder: Schema, place: str) -> Iterator[Finding]:
    for key in holder.get("required", ()):
        if key not in holder.get("properties", {}):
            yield Finding("form.required_unknown", f"{place}/required", {"key": key})


def _references(schema: Schema) -> Iterator[Finding]:
    for place, node in nodes(schema):
        said = node.get("$ref")
        if isinstance(said, str) and (not said.startswith("#/") or not target(schema, said)):
            yield Finding("form.lost_reference", f"{place}/$ref", {"reference": said})
