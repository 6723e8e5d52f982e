"""Can every condition be understood, and does it read only what was asked before?"""

from collections.abc import Iterator, Mapping
from typing import Any

from common.problems import Finding
from form_builder.checks.fields import place_of
from form_builder.conditions import clauses, is_guarded, named_by, read_by, written_in
from form_builder.form import Form
from form_builder.schema import read_form
from rules_dsl.pointers import resolved

Schema = Mapping[str, Any]


def check_cases(schema: Schema) -> Iterator[Finding]:
    """The `if/then` of the whole form and of each group and row."""
    form = read_form(schema)
    yield from _holder(form, schema, "", "")
    for field in form.every_field():
        if field.kind == "rows":
            items = resolved(form.schema, field.schema.get("items", {}))
            yield from _holder(form, items, field.path, f"{place_of(form, field.path)}/items")
        elif field.kind == "group":
            yield from _holder(form, field.schema, field.path, place_of(form, field.path))


def _holder(form: Form, holder: Schema, path: str, place: str) -> Iterator[Finding]:
    for below, pair in written_in(holder):
        yield from _case(form, holder, path, place + below, pair)
    for given, needed in holder.get("dependentRequired", {}).items():
        for key in (given, *needed):
            if key not in holder.get("properties", {}):
                yield Finding("form.condition_names_unknown", f"{place}/dependentRequired", {"key": key})


def _case(form: Form, holder: Schema, path: str, place: str, pair: Schema) -> Iterator[Finding]:
    test, then = pair["if"], pair.get("then", {})
    if "else" in pair:
        yield Finding("form.condition_else", f"{place}/else")
    for key in named_by(then):
        if key not in holder.get("properties", {}):
            yield Finding("form.condition_names_unknown", f"{place}/then", {"key": key})
    if not isinstance(test, Mapping):
        yield Finding("form.condition_shape", f"{place}/if")
        return
    unknown = [key for key in read_by(test) if form.field_at(_under(path, key)) is None]
    for key in unknown:
        yield Finding("form.condition_reads_unknown", f"{place}/if", {"key": key})
    if not unknown:
        yield from _test(form, path, test, named_by(then), f"{place}/if")


def _test(form: Form, holder: str, test: Schema, named: tuple[str, ...], place: str) -> Iterator[Finding]:
    if not is_guarded(test):
        yield Finding("form.condition_unguarded", place)
    spelt = clauses(form, holder, test)
    if spelt is None:
        yield Finding("form.condition_shape", place)
    for clause in spelt or ():
        offered = {choice.value for choice in clause.field.choices}
        for value in clause.values if clause.field.kind in ("choice", "choices") else ():
            if value not in offered:
                parameters = {"field": clause.field.title.vi, "value": str(value)}
                yield Finding("form.condition_value_unknown", place, parameters)
    order = [field.path for field in form.every_field()]
    for name in named:
        for read in read_by(test):
            yield from _reads_before(order, _under(holder, read), _under(holder, name), place)


def _reads_before(order: list[str], read: str, named: str, place: str) -> Iterator[Finding]:
    if named in order and order.index(read) >= order.index(named):
        yield Finding("form.condition_reads_later", place, {"reads": read, "asks": named})


def _under(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
