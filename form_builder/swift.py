"""The same judgement by jsonschema-rs, a validator written in Rust: a hundred times as fast as the judge.

It speaks only for schemas whose every keyword is in KEYWORDS; of the others the judge decides itself.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

import jsonschema_rs

from form_builder.faults import Fault
from form_builder.formats import SHAPES, checker_of
from form_builder.nodes import nodes
from form_builder.patterns import pattern_of
from form_builder.places import LIST, Places

VALIDATORS_KEPT = 512
# What only tells, and what both validators understand alike.
TOLD = {"$schema", "$id", "$comment", "$defs", "title", "description", "default", "examples"}
KEYWORDS = TOLD | {
    "$ref",
    "additionalProperties",
    "allOf",
    "const",
    "contains",
    "dependentRequired",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "if",
    "items",
    "maxItems",
    "maxLength",
    "maximum",
    "minItems",
    "minLength",
    "minimum",
    "multipleOf",
    "not",
    "oneOf",
    "pattern",
    "properties",
    "required",
    "then",
    "type",
    "uniqueItems",
}


_NO_SCHEMAS = ("const", "enum", "default", "examples")
# Rust's own dates are ours but for the year 0, which no calendar has.
_SOME_YEAR = {"pattern": r"^0*[1-9]\d*-"}


@dataclass(frozen=True, slots=True)
class SwiftValidator:
    """One schema, ready to judge: `lean` only says whether all is right, `telling` also what is not."""

    lean: Any
    telling: Any

    def faults(self, answers: Mapping[str, Any]) -> list[Fault] | None:
        """What the schema finds wrong; None when answers are not JSON as Rust has it, so the judge must look."""
        try:
            if self.lean.is_valid(answers):
                return []
            return [_fault(error) for error in self.telling.iter_errors(answers)]
        except (ValueError, OverflowError, RecursionError):
            return None


@lru_cache(maxsize=VALIDATORS_KEPT)
def swift_validator(text: str, places: Places | None = None) -> SwiftValidator | None:
    """The validator of a schema given as JSON text; None when it has a part of which the judge must decide.

    `places` is the list that addresses are judged by.
    """
    schema = json.loads(text)
    if not all(map(_is_agreed, (node for _, node in nodes(schema)))):
        return None
    telling = _formats(places)
    lean = {name: check for name, check in telling.items() if name != "date"}
    try:
        return SwiftValidator(_rust(_lean(schema), lean, places), _rust(schema, telling, places))
    except (ValueError, jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError):
        return None


def _formats(places: Places | None) -> Mapping[str, Any]:
    checker = checker_of(places)

    def conforms(name: str) -> Any:
        return lambda text: checker.conforms(text, name)

    return {name: conforms(name) for name in checker.checkers}


def _rust(schema: Any, formats: Mapping[str, Any], places: Places | None) -> Any:
    return jsonschema_rs.Draft202012Validator(
        schema,
        validate_formats=True,
        formats=dict(formats),
        pattern_options=jsonschema_rs.RegexOptions(),
        keywords={LIST: _together(places)} if places else None,
    )


def _together(places: Places) -> Any:
    """The keyword of an address as Rust asks it: its commune lies in its province."""

    class Together:
        def __init__(self, _schema: Any, _value: Any, _path: Any) -> None:
            pass

        def validate(self, address: Any) -> None:
            if places.misplaced(address):
                raise ValueError("the commune does not lie in the province")

    return Together


def _lean(node: Any) -> Any:
    """The schema with plain keywords in place of our formats: Rust then need not ask Python."""
    if isinstance(node, list):
        return [_lean(each) for each in node]
    if not isinstance(node, dict):
        return node
    inner = {key: part if key in _NO_SCHEMAS else _lean(part) for key, part in node.items()}
    if node.get("format") == "date":
        return {**inner, "allOf": [*inner.get("allOf", ()), _SOME_YEAR]}
    if isinstance(node.get("format"), str) and node["format"] in SHAPES:
        shape = SHAPES[inner.pop("format")]
        return {**inner, "allOf": [*inner.get("allOf", ()), shape]}
    return inner


def _is_agreed(node: Mapping[str, Any]) -> bool:
    known = all(keyword in KEYWORDS or keyword.startswith("x-motcua-") for keyword in node)
    return known and ("pattern" not in node or pattern_of(str(node["pattern"])) is not None)


def _fault(error: Any) -> Fault:
    kind, where = error.kind, ".".join(str(part) for part in error.instance_path)
    match kind.name:
        case "required":
            return Fault("required", where, None, None, (kind.property,))
        case "additionalProperties":
            return Fault("additionalProperties", where, None, None, tuple(kind.unexpected))
        case "custom":
            return Fault(kind.keyword, where, None, error.instance)
    return Fault(kind.name, where, _exact(kind.value), error.instance)


def _exact(limit: Any) -> Any:
    """A limit as it was written: 0.1, not the nearest binary fraction."""
    return Decimal(repr(limit)) if isinstance(limit, float) else limit
