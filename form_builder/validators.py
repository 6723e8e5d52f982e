"""JSON Schema 2020-12 validators, formats on, made once per schema text.

One keyword differs from the library's own: `multipleOf` counts exactly (0.3 is a multiple of 0.1).
"""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from jsonschema import Draft202012Validator, ValidationError
from jsonschema.validators import extend

from form_builder.formats import CHECKER

VALIDATORS_KEPT = 512
# 1e999999 would take a megabyte to divide; nobody's answer has a hundred digits.
MOST_DIGITS = 100


def _multiple_of(validator: Any, step: Any, value: Any, _: Any) -> Iterator[ValidationError]:
    if validator.is_type(value, "number") and not _divides(Decimal(str(step)), Decimal(str(value))):
        yield ValidationError(f"{value!r} is not a multiple of {step}")


def _divides(step: Decimal, value: Decimal) -> bool:
    within = value.is_finite() and abs(value.adjusted()) <= MOST_DIGITS
    return within and (Fraction(value) / Fraction(step)).denominator == 1


Judge: Any = extend(  # type: ignore[no-untyped-call]
    Draft202012Validator, {"multipleOf": _multiple_of}
)


@lru_cache(maxsize=VALIDATORS_KEPT)
def validator_of(text: str) -> Any:
    """The validator of a schema given as JSON text."""
    return Judge(json.loads(text, parse_float=Decimal), format_checker=CHECKER)


def accepts(test: Mapping[str, Any], value: Any) -> bool:
    """Whether a small schema (the `if` of a case) accepts the value."""
    return bool(Judge(test, format_checker=CHECKER).is_valid(value))
