"""Tests of conditions made ready to be asked often: plain comparisons where a test is in the canonical shape.

What has another shape is put to the validator. Both answer alike: JSON Schema says what a test means.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from form_builder.validators import accepts

Decide = Callable[[Any], bool]

_BOUNDS: Mapping[str, Callable[[Any, Any], bool]] = {
    "minimum": lambda value, limit: value >= limit,
    "maximum": lambda value, limit: value <= limit,
    "exclusiveMinimum": lambda value, limit: value > limit,
    "exclusiveMaximum": lambda value, limit: value < limit,
}


def decider(test: Mapping[str, Any]) -> Decide:
    """Whether answers, a dict as JSON gives it, pass the test."""
    return _of_object(test) or accepts(test)


def _of_object(test: Any) -> Decide | None:
    """The test of an object: each of its parts, and that those it requires are there. None: another shape."""
    if not isinstance(test, Mapping) or not set(test) <= {"properties", "required", "type"}:
        return None
    if test.get("type", "object") != "object":
        return None
    properties = test.get("properties", {})
    parts = {key: _of_value(inner) for key, inner in properties.items()}
    if None in parts.values():
        return None
    needed = frozenset(test.get("required", ()))
    if needed == parts.keys() and len(parts) == 1 and "type" not in test:
        return _alone(*next(iter(parts.items())))
    return _whole(tuple(parts.items()), needed, must_be="type" in test)


def _alone(key: str, part: Any) -> Decide:
    """The commonest test: one answer must be there and pass."""
    return lambda value: not isinstance(value, dict) or (key in value and part(value[key]))


def _whole(parts: tuple[Any, ...], needed: frozenset[str], *, must_be: bool) -> Decide:
    def decide(value: Any) -> bool:
        if not isinstance(value, dict):
            return not must_be
        return needed <= value.keys() and all(key not in value or part(value[key]) for key, part in parts)

    return decide


def _of_value(test: Any) -> Decide | None:
    """The test of one answer. None: another shape."""
    match test:
        case {"properties": _}:
            return _of_object(test)
        case Mapping() if not test:
            return lambda _: True
        case {"const": wanted, **rest} if not rest:
            return _equal(wanted)
        case {"enum": list(wanted), **rest} if not rest:
            return _any_of([_equal(each) for each in wanted])
        case {"contains": {"const": wanted, **more}, **rest} if not rest and not more:
            return _among(_equal(wanted))
        case {"not": Mapping() as inner, **rest} if not rest:
            return _opposite(_of_value(inner))
        case {**bounds} if len(bounds) == 1 and (name := str(next(iter(bounds)))) in _BOUNDS:
            return _within(_BOUNDS[name], bounds[name])
    return None


def _equal(wanted: Any) -> Decide | None:
    """Equality as JSON has it: yes is not 1. None for what is neither text, number nor yes and no."""
    match wanted:
        case bool():
            return lambda value: value is wanted
        case str():
            return lambda value: value == wanted
        case int() | float() | Decimal():
            return lambda value: _is_number(value) and value == wanted
    return None


def _any_of(tests: list[Decide | None]) -> Decide | None:
    known = [test for test in tests if test is not None]
    return (lambda value: any(test(value) for test in known)) if len(known) == len(tests) else None


def _among(test: Decide | None) -> Decide | None:
    if test is None:
        return None
    return lambda value: not isinstance(value, list | tuple) or any(test(each) for each in value)


def _opposite(test: Decide | None) -> Decide | None:
    return None if test is None else lambda value: not test(value)


def _within(compare: Callable[[Any, Any], bool], limit: Any) -> Decide:
    return lambda value: not _is_number(value) or compare(value, limit)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)
