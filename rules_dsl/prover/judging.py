"""The judge of answers where nobody gives a better one: the form's JSON Schema, formats of the library's own."""

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from jsonschema import Draft202012Validator

Judge = Callable[[Mapping[str, Any]], bool]


def judge_of(schema: Mapping[str, Any]) -> Judge:
    """Whether the schema accepts answers. Numbers are compared exactly, as decimals."""
    exact = json.loads(json.dumps(schema, default=_number), parse_float=Decimal)
    validator = Draft202012Validator(exact, format_checker=Draft202012Validator.FORMAT_CHECKER)
    return lambda answers: bool(validator.is_valid(answers))


def _number(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else float(value)
