"""Cases when a field moves: its own, and those that read it, go on saying the same of the same questions.

A test is taken apart into what it says of each question it reads, by the question's path in the form, and put
together again for the object that is to hold it. That can be done with tests in the canonical shape alone.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from form_builder.conditions import read_by, written_in
from form_builder.editing.cases import asking, each_case
from form_builder.editing.tree import Change, Schema, holder_at, split, with_holder
from form_builder.form import Condition, Form
from form_builder.schema import read_form

# What a test says of the question at each path; None: only that it was answered.
Said = Mapping[str, Any]


def apart(test: Any, holder: str) -> Said | None:
    """What a test of the object at `holder` says of each question; None: it has another shape, or does not require
    all that it reads."""
    found: dict[str, Any] = {}
    return found if _take_apart(test, f"{holder}." if holder else "", found) else None


def _take_apart(test: Any, prefix: str, found: dict[str, Any]) -> bool:
    if not isinstance(test, Mapping) or not {"required"} <= set(test) <= {"properties", "required"}:
        return False
    properties = test.get("properties", {})
    if not set(properties) <= set(test["required"]):
        return False
    for key in test["required"]:
        inner = properties.get(key)
        if isinstance(inner, Mapping) and {"properties", "required"} & set(inner):
            if not _take_apart(inner, f"{prefix}{key}.", found):
                return False
        else:
            found[prefix + key] = inner
    return True


def together(said: Said, holder: str, form: Form) -> dict[str, Any] | None:
    """The test that says so of the object at `holder`; None where it cannot read all of that: it stands beside the
    object, or in rows below it."""
    start = f"{holder}." if holder else ""
    if not all(path.startswith(start) and _is_in_reach(path, start, form) for path in said):
        return None
    return _nested([(path.removeprefix(start).split("."), says) for path, says in said.items()])


def _is_in_reach(path: str, start: str, form: Form) -> bool:
    steps = path.split(".")
    above = (".".join(steps[:count]) for count in range(start.count(".") + 1, len(steps)))
    return all((field := form.field_at(each)) is not None and field.kind != "rows" for each in above)


def _nested(said: list[tuple[list[str], Any]]) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    keys = list(dict.fromkeys(keys[0] for keys, _ in said))
    for key in keys:
        inside = [(keys[1:], says) for keys, says in said if keys[0] == key]
        if inside[0][0]:
            properties[key] = _nested(inside)
        elif inside[0][1] is not None:
            properties[key] = inside[0][1]
    return {**({"properties": properties} if properties else {}), "required": keys}


def with_cases_carried(schema: Schema, before: tuple[Condition, ...], path: str, there: str) -> Schema | None:
    """The form whose field was moved from `path` to `there`, asking it in the same cases as `before`, and asking by
    it what was asked by it before; None where that cannot be said from where those cases stand."""
    form = read_form(schema)
    holder, key = split(there)
    for case in before:
        test = _relocated(case.test, case.holder, holder, form, (path, there))
        if test is None:
            return None
        schema = with_holder(schema, holder, _asker(test, key, required=case.required))
    return _readers_carried(schema, form, path, there)


def _readers_carried(schema: Schema, form: Form, path: str, there: str) -> Schema | None:
    for holder, test in list(_tests(schema, form, there)):
        if not any(_is_under(each, path) for each in _read(test, holder)):
            continue
        moved = _relocated(test, holder, holder, form, (path, there))
        if moved is None:
            return None
        schema = with_holder(schema, holder, _reader(test, moved))
    return schema


def _asker(test: Schema, key: str, *, required: bool) -> Change:
    return lambda holder: asking(holder, test, key, required=required)


def _reader(old: Any, new: Schema) -> Change:
    def read_anew(case: dict[str, Any]) -> dict[str, Any]:
        return {**case, "if": new} if case["if"] == old else case

    return lambda holder: each_case(holder, read_anew)


def _tests(schema: Schema, form: Form, there: str) -> Iterator[tuple[str, Any]]:
    """The tests of all objects but those inside the field that moved: they moved with what they read."""
    blocks = (each.path for each in form.every_field() if each.kind in ("group", "rows"))
    for holder in ("", *(each for each in blocks if not _is_under(each, there))):
        for _, case in written_in(holder_at(schema, holder)):
            yield holder, case["if"]


def _relocated(test: Any, holder: str, new_holder: str, form: Form, moved: tuple[str, str]) -> Any:
    """The test for another object, of a form in which a field was moved; None: not from there, or another shape."""
    said, (path, there) = apart(test, holder), moved
    if said is None:
        return None
    renamed = {
        there + each.removeprefix(path) if _is_under(each, path) else each: says
        for each, says in said.items()
    }
    return together(renamed, new_holder, form)


def _read(test: Any, holder: str) -> Iterator[str]:
    """The paths a test reads, whatever its shape."""
    from_here = f"{holder}." if holder else ""
    yield from (from_here + key for key in read_by(test))


def _is_under(path: str, block: str) -> bool:
    return f"{path}.".startswith(f"{block}.")
