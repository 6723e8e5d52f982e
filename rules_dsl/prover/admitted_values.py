"""Which values a field admits: one truth for each keyword of JSON Schema that speaks of a single value."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from rules_dsl.prover import civil
from rules_dsl.prover.any_answers import Leaf, Schema
from rules_dsl.prover.logic import Term, any_of, at_most, between, equal, implies, less, times
from rules_dsl.prover.words import OTHER, Words

if TYPE_CHECKING:
    from rules_dsl.prover.admitted import Admission

SECONDS_A_DAY = 86_400
MINUTES_A_DAY = 1_440
NUMBERS = ("integer", "decimal", "money")


def sort_of(leaf: Leaf, words: Words) -> tuple[Term, ...]:
    """What holds of every value of the field's kind."""
    match leaf.kind:
        case "text" | "choice":
            known = (number for word, number in words.numbers.items() if _fits(leaf.schema, word))
            return (any_of(at_most(OTHER, leaf.term), *(equal(leaf.term, number) for number in known)),)
        case "date":
            return (civil.is_a_day(leaf.term),)
        case "instant":
            # On the first and the last day there is, other zones have days that do not exist.
            return (between((civil.FIRST + 1) * SECONDS_A_DAY, leaf.term, civil.LAST * SECONDS_A_DAY - 1),)
        case "time":
            return (between(0, leaf.term, MINUTES_A_DAY - 1),)
        case "choices":
            return (implies(leaf.present, any_of(*leaf.members.values())),)
    return ()


def holds(keyword: str, part: Any, leaf: Leaf, admission: "Admission") -> Term | None:
    """Whether the value fits what the keyword says; None when that is not understood."""
    read = _READ.get(keyword)
    return None if read is None else read(part, leaf, admission)


def number(value: Any) -> int | Fraction:
    """An exact number of the schema: floats are taken as they are written."""
    exact = Fraction(Decimal(str(value)))
    return exact.numerator if exact.denominator == 1 else exact


def _const(value: Any, leaf: Leaf, admission: "Admission") -> Term | None:
    match leaf.kind, value:
        case "boolean", bool():
            return equal(leaf.term, value)
        case (("text" | "choice"), str()):
            return equal(leaf.term, admission.words.number(value))
        case "date", str():
            return equal(leaf.term, date.fromisoformat(value).toordinal())
        case (("integer" | "decimal" | "money"), (int() | float() | Decimal())):
            return equal(leaf.term, number(value))
    return None


def _enum(values: Any, leaf: Leaf, admission: "Admission") -> Term | None:
    found = [_const(value, leaf, admission) for value in values]
    return None if None in found else any_of(*found)


def _one_of(options: Any, leaf: Leaf, admission: "Admission") -> Term | None:
    # Options of a choice are different constants: at most one fits anyway.
    return _enum([each["const"] for each in options], leaf, admission) if _is_choice(options) else None


def _is_choice(options: Any) -> bool:
    return all(isinstance(each, Mapping) and "const" in each for each in options)


def _contains(part: Schema, leaf: Leaf, _: "Admission") -> Term | None:
    values = [part["const"]] if "const" in part else part.get("enum")
    if values is None or set(part) - {"const", "enum", "type"}:
        return None
    return any_of(*(leaf.members[value] for value in values if value in leaf.members))


def _multiple(step: Any, leaf: Leaf, admission: "Admission") -> Term | None:
    if leaf.kind not in NUMBERS:
        return True
    steps = admission.planting.unknown("integer", leaf.place, f"multiple {step}")
    return equal(leaf.term, times(number(step), steps))


def _limited(compared: Callable[[Term, Term], Term]) -> Callable[..., Term | None]:
    def read(limit: Any, leaf: Leaf, _: "Admission") -> Term | None:
        return compared(number(limit), leaf.term) if leaf.kind in NUMBERS else True

    return read


_READ: Mapping[str, Callable[..., Term | None]] = {
    "const": _const,
    "enum": _enum,
    "oneOf": _one_of,
    "contains": _contains,
    "multipleOf": _multiple,
    "minimum": _limited(at_most),
    "exclusiveMinimum": _limited(less),
    "maximum": _limited(lambda limit, term: at_most(term, limit)),
    "exclusiveMaximum": _limited(lambda limit, term: less(term, limit)),
}


def _fits(schema: Schema, word: str) -> bool:
    """Whether the word may be an answer, as far as length and pattern tell."""
    length = len(word)
    if not int(schema.get("minLength", 0)) <= length <= int(schema.get("maxLength", length)):
        return False
    pattern = schema.get("pattern")
    return pattern is None or re.search(pattern, word) is not None
