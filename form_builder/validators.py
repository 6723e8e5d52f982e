"""JSON Schema 2020-12 validators, formats on, made once per schema text and list of places. They are the judges.

Three things differ from the library's own: `multipleOf` counts exactly (0.3 is a multiple of 0.1), an exact 2.0 is
a whole number as a float's 2.0 is, and patterns are those of `form_builder.patterns`. One keyword is ours: of an
address (`x-motcua-list`) the commune lies in the province.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from jsonschema import Draft202012Validator, ValidationError
from jsonschema.validators import extend

from form_builder.faults import Fault
from form_builder.formats import CHECKER, CHECKERS_KEPT, checker_of
from form_builder.patterns import matches
from form_builder.places import LIST, Places

VALIDATORS_KEPT = 512
# 1e999999 would take a megabyte to divide; nobody's answer has a hundred digits.
MOST_DIGITS = 100


def _multiple_of(validator: Any, step: Any, value: Any, _: Any) -> Iterator[ValidationError]:
    if validator.is_type(value, "number") and not _divides(Decimal(str(step)), Decimal(str(value))):
        yield ValidationError(f"{value!r} is not a multiple of {step}")


def _divides(step: Decimal, value: Decimal) -> bool:
    within = value.is_finite() and abs(value.adjusted()) <= MOST_DIGITS
    return within and (Fraction(value) / Fraction(step)).denominator == 1


def _pattern(validator: Any, pattern: str, value: Any, _: Any) -> Iterator[ValidationError]:
    if validator.is_type(value, "string") and not matches(pattern, value):
        yield ValidationError(f"{value!r} does not match {pattern!r}")


def _is_whole(_: Any, value: Any) -> bool:
    if isinstance(value, float | Decimal):
        return Decimal(value).is_finite() and value == int(value)
    return isinstance(value, int) and not isinstance(value, bool)


Judge: Any = extend(  # type: ignore[no-untyped-call]
    Draft202012Validator,
    {"multipleOf": _multiple_of, "pattern": _pattern},
    type_checker=Draft202012Validator.TYPE_CHECKER.redefine("integer", _is_whole),
)


@lru_cache(maxsize=CHECKERS_KEPT)
def _judge_with(places: Places) -> Any:
    def belong_together(_: Any, __: Any, address: Any, ___: Any) -> Iterator[ValidationError]:
        if places.misplaced(address):
            yield ValidationError("the commune does not lie in the province")

    return extend(Judge, {LIST: belong_together})  # type: ignore[no-untyped-call]


@lru_cache(maxsize=VALIDATORS_KEPT)
def validator_of(text: str, places: Places | None = None) -> Any:
    """The validator of a schema given as JSON text, with the list that addresses are judged by."""
    judge = Judge if places is None else _judge_with(places)
    return judge(json.loads(text, parse_float=Decimal), format_checker=checker_of(places))


def faults(text: str, answers: Mapping[str, Any], places: Places | None = None) -> Iterator[Fault]:
    """What the schema finds wrong."""
    for error in validator_of(text, places).iter_errors(answers):
        where = ".".join(str(part) for part in error.absolute_path)
        yield Fault(str(error.validator), where, error.validator_value, error.instance, tuple(_keys(error)))


def _keys(error: ValidationError) -> Iterator[str]:
    """Which answers of the object are missing, or not asked."""
    said: Any = error.validator_value
    has: Any = error.instance
    match error.validator:
        case "required":
            yield from (key for key in said if key not in has)
        case "dependentRequired":
            yield from (
                key for given, needed in said.items() if given in has for key in needed if key not in has
            )
        case "additionalProperties" | "unevaluatedProperties":
            asked = error.schema.get("properties", {}) if isinstance(error.schema, Mapping) else {}
            yield from (str(key) for key in has if key not in asked)


def accepts(test: Mapping[str, Any]) -> Callable[[Any], bool]:
    """Whether a small schema (the `if` of a case) accepts a value, made ready to be asked often."""
    judge = Judge(test, format_checker=CHECKER)
    return lambda value: bool(judge.is_valid(value))
