"""The cases in which a field is asked: `if/then` in one canonical shape.

    "allOf": [{"if":   {"properties": {"result_channel": {"const": "post"}}, "required": ["result_channel"]},
               "then": {"required": ["post_address"]}}]

`then` names what is asked in that case: in `required` what must be answered, as `"properties": {"x": true}`
what may be left out. A field that several conditions name is asked in any of these cases. What the object
itself requires is always asked. `if` requires what it reads: a question not yet answered is no "yes".
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from form_builder.deciding import decider
from form_builder.form import Condition, Field, Form

Relation = Literal["is", "is_not", "at_least", "at_most", "above", "below", "given"]
BOUNDS: Mapping[str, Relation] = {
    "minimum": "at_least",
    "maximum": "at_most",
    "exclusiveMinimum": "above",
    "exclusiveMaximum": "below",
}


@dataclass(frozen=True, slots=True)
class Clause:
    """One part of a condition, to be read aloud: this field is (not) one of these values."""

    field: Field
    relation: Relation
    values: tuple[Any, ...]


def written_in(holder: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The `if/then` pairs of an object's schema with their JSON pointer below it."""
    if is_case(holder):
        yield "", holder
    for number, each in enumerate(holder.get("allOf", ())):
        if is_case(each):
            yield f"/allOf/{number}", each


def is_case(node: Any) -> bool:
    """Whether it says in which case what is asked; `true` and `false` are schemas, but ask nothing."""
    return isinstance(node, Mapping) and all(
        isinstance(node.get(part, otherwise), Mapping) for part, otherwise in (("if", None), ("then", {}))
    )


def conditions_on(key: str, path: str, holder: Mapping[str, Any]) -> tuple[Condition, ...]:
    """When the holder asks its field `key`; empty when always. `path` is where the holder stands."""
    if key in holder.get("required", ()):
        return ()
    found = ((pair["if"], pair.get("then", {})) for _, pair in written_in(holder))
    return tuple(
        Condition(path, test, key in then.get("required", ()), decider(test))
        for test, then in found
        if key in named_by(then)
    )


def in_any_of(cases: tuple[Condition, ...]) -> Callable[[Any], bool] | None:
    """Whether answers are in one of the cases; None when there are none, so that nothing need be asked."""
    if len(cases) <= 1:
        return cases[0].holds if cases else None
    return lambda answers: any(case.holds(answers) for case in cases)


def named_by(then: Mapping[str, Any]) -> tuple[str, ...]:
    """The fields that a `then` asks."""
    optional = [key for key, schema in then.get("properties", {}).items() if schema is True]
    return (*then.get("required", ()), *optional)


def read_by(test: Mapping[str, Any]) -> tuple[str, ...]:
    """The dotted keys a test reads, from the object at which it stands; groups by their innermost keys."""
    return tuple(_read_by(test, ""))


def _read_by(test: Mapping[str, Any], prefix: str) -> Iterator[str]:
    properties = test.get("properties", {})
    for key in dict.fromkeys((*properties, *test.get("required", ()))):
        inner = properties.get(key)
        if isinstance(inner, Mapping) and "properties" in inner:
            yield from _read_by(inner, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}"


def is_guarded(test: Mapping[str, Any]) -> bool:
    """Whether the test requires all that it reads."""
    properties = test.get("properties", {})
    inner = (schema for schema in properties.values() if isinstance(schema, Mapping))
    return set(properties) <= set(test.get("required", ())) and all(
        is_guarded(schema) for schema in inner if "properties" in schema
    )


def clauses(form: Form, holder: str, test: Mapping[str, Any]) -> tuple[Clause, ...] | None:
    """The test of the object at `holder` as clauses that must all hold; None when it has another shape."""
    found: list[Clause] = []
    return tuple(found) if _spell(form, holder, test, found) else None


def _spell(form: Form, holder: str, test: Mapping[str, Any], found: list[Clause]) -> bool:
    """Adds the clauses of a test to `found`; False when a part has no plain words."""
    if not set(test) <= {"properties", "required", "type"}:
        return False
    properties = test.get("properties", {})
    for key in dict.fromkeys((*properties, *test.get("required", ()))):
        path = f"{holder}.{key}" if holder else key
        asked, inner = form.field_at(path), properties.get(key, {})
        if asked is None or not isinstance(inner, Mapping):
            return False
        if "properties" in inner:
            if not _spell(form, path, inner, found):
                return False
        elif (clause := _clause(asked, inner)) is None:
            return False
        else:
            found.append(clause)
    return True


def _clause(asked: Field, test: Mapping[str, Any]) -> Clause | None:
    match dict(test):
        case {} as nothing if not nothing:
            return Clause(asked, "given", ())
        case {"const": value, **rest} if not rest:
            return Clause(asked, "is", (value,))
        case {"enum": list(values), **rest} if not rest:
            return Clause(asked, "is", tuple(values))
        case {"contains": {"const": value}, **rest} if not rest:
            return Clause(asked, "is", (value,))
        case {"not": Mapping() as inner, **rest} if not rest:
            opposite = _clause(asked, inner)
            return (
                Clause(asked, "is_not", opposite.values) if opposite and opposite.relation == "is" else None
            )
        case {**bounds} if len(bounds) == 1 and (name := next(iter(bounds))) in BOUNDS:
            return Clause(asked, BOUNDS[name], (bounds[name],))
    return None


def fields_read(form: Form) -> frozenset[str]:
    """The paths of all fields on which some condition of the form depends."""
    return frozenset(
        f"{case.holder}.{key}" if case.holder else key
        for field in form.every_field()
        for case in field.asked_when
        for key in read_by(case.test)
    )
