"""Is it a JSON Schema 2020-12 of an object, and are the `x-motcua-*` keywords of the right shape?"""

from collections.abc import Iterator, Mapping
from typing import Any

from jsonschema import Draft202012Validator

from common.problems import Finding
from form_builder.kinds.documents import TAKEN
from form_builder.nodes import nodes, pointer
from form_builder.places import COMMUNES, LIST
from form_builder.remarks import COMPUTED, HEADING, NOTE

_TEXT = {
    "type": ["string", "object"],
    "required": ["vi"],
    "properties": {"vi": {"type": "string", "minLength": 1}, "en": {"type": "string"}},
}
_REMARKS = {HEADING: _TEXT, NOTE: _TEXT, COMPUTED: {"type": "string", "minLength": 1}}
_REMARK = {
    "type": "object",
    "properties": _REMARKS,
    "additionalProperties": False,
    "minProperties": 1,
    "maxProperties": 1,
}
_PAGE = {
    "type": "object",
    "required": ["key", "title", "fields"],
    "additionalProperties": False,
    "properties": {
        "key": {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"},
        "title": _TEXT,
        "help": _TEXT,
        "fields": {
            "type": "array",
            "items": {"if": {"type": "object"}, "then": _REMARK, "else": {"type": "string"}},
        },
    },
}
_NAMES = {"type": "object", "additionalProperties": {"type": "string"}}
_ORIGIN = {
    "type": "object",
    "required": ["block", "version", "digest", "key", "use"],
    "additionalProperties": False,
    "properties": {
        **{name: {"type": "string"} for name in ("block", "digest", "key")},
        **{name: {"type": "integer"} for name in ("version", "use")},
    },
}
_KEYS = {"type": "array", "items": {"type": "string"}, "minItems": 1, "uniqueItems": True}
_STEPS = {
    "type": "object",
    "properties": {"fills": _KEYS, "shows": _KEYS},
    "additionalProperties": False,
    "minProperties": 1,
}
KEYWORDS: Mapping[str, Mapping[str, Any]] = {
    "x-motcua-pages": {"type": "array", "minItems": 1, "items": _PAGE},
    "x-motcua-en": _NAMES,
    "x-motcua-kind": {"type": "string"},
    "x-motcua-currency": {"type": "string"},
    "x-motcua-prefill": {"type": "string"},
    "x-motcua-personal": {"type": "string"},
    LIST: {"const": COMMUNES},
    "x-motcua-origin": _ORIGIN,
    "x-motcua-files": {"type": "array", "minItems": 1, "items": {"enum": [*TAKEN]}},
    "x-motcua-megabytes": {"type": "integer", "minimum": 1, "maximum": 200},
    "x-motcua-component": {"type": "string", "minLength": 1, "maxLength": 80},
    "x-motcua-steps": _STEPS,
}


def check_shape(schema: Any) -> Iterator[Finding]:
    """Findings that make it useless to look further."""
    if not isinstance(schema, Mapping) or schema.get("type") != "object":
        yield Finding("form.not_an_object", "")
        return
    for error in Draft202012Validator(Draft202012Validator.META_SCHEMA).iter_errors(schema):
        yield Finding("form.not_a_schema", pointer(error.absolute_path), {"detail": error.message[:200]})
    for place, node in nodes(schema):
        yield from _keywords(place, node)
        for keyword in ("if", "then"):
            if not isinstance(node.get(keyword, {}), Mapping):
                yield Finding("form.condition_shape", f"{place}/{keyword}")


def _keywords(place: str, node: Mapping[str, Any]) -> Iterator[Finding]:
    for keyword in node:
        if not keyword.startswith("x-motcua-"):
            continue
        if keyword not in KEYWORDS:
            yield Finding("form.unknown_keyword", f"{place}/{keyword}", {"keyword": keyword})
            continue
        for error in Draft202012Validator(KEYWORDS[keyword]).iter_errors(node[keyword]):
            where = f"{place}/{keyword}{pointer(error.absolute_path)}"
            yield Finding("form.keyword_shape", where, {"keyword": keyword, "detail": error.message[:200]})
