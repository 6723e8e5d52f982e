"""A field moved to another place of the form: along its page or block, to another page, into and out of blocks."""

from dataclasses import dataclass
from typing import Any

from common.problems import Refusal
from form_builder.checks.cases import check_cases
from form_builder.conditions import named_by, written_in
from form_builder.editing.fields import remove_field
from form_builder.editing.keys import free_key
from form_builder.editing.pages import pages_of, with_pages
from form_builder.editing.relocating import with_cases_carried
from form_builder.editing.tree import Schema, holder_at, split, with_holder
from form_builder.form import ROW_ID
from form_builder.schema import read_form

LAST = 10_000


@dataclass(frozen=True, slots=True)
class Spot:
    """A place for a field: on the page, or inside the group or rows at `block`; before the field that then stands
    at `at`, counted from 0."""

    page: str = ""
    block: str = ""
    at: int = LAST


def place_field(schema: Schema, path: str, spot: Spot) -> tuple[dict[str, Any], str] | Refusal:
    """The form that asks the field there, and its path there. Refused where what is said about it in the object
    that holds it now could not be said in the other one, or a case would read what is asked later: nothing is lost
    on the way."""
    holder, key = split(path)
    if spot.block == holder:
        moved, there = _along(schema, holder, key, spot), path
    elif f"{spot.block}.".startswith(f"{path}."):
        return Refusal("form.move_into_itself")
    else:
        placed, there = _across(schema, path, spot)
        carried = None if _is_bound(schema, path) else _carried(schema, placed, path, there)
        if carried is None:
            return Refusal("form.move_loses_case")
        moved = dict(carried)
    return out_of_order(schema, moved, path, there) or (moved, there)


def _carried(schema: Schema, placed: Schema, path: str, there: str) -> Schema | None:
    field = read_form(schema).field_at(path)
    return with_cases_carried(placed, field.asked_when if field else (), path, there)


def _along(schema: Schema, holder: str, key: str, spot: Spot) -> dict[str, Any]:
    if holder:
        return with_holder(schema, holder, lambda inside: _reordered(inside, key, spot.at))
    return _on_page(schema, key, spot)


def _across(schema: Schema, path: str, spot: Spot) -> tuple[dict[str, Any], str]:
    holder, key = split(path)
    before = holder_at(schema, holder)
    node, is_required = before["properties"][key], key in before.get("required", ())
    without = remove_field(schema, path)
    free = free_key(key, holder_at(without, spot.block).get("properties", {}))

    def grown(inside: dict[str, Any]) -> dict[str, Any]:
        more = {**inside, "properties": {**inside.get("properties", {}), free: node}}
        if is_required:
            more["required"] = [*inside.get("required", ()), free]
        return _reordered(more, free, spot.at) if spot.block else more

    there = with_holder(without, spot.block, grown)
    if spot.block:
        return there, f"{spot.block}.{free}"
    # The pages of the form as it was: one that declares none has all its fields on one.
    return _on_page(with_pages(there, pages_of(without) or pages_of(there)), free, spot), free


def _on_page(schema: Schema, key: str, spot: Spot) -> dict[str, Any]:
    pages = [
        {**each, "fields": [name for name in each["fields"] if name != key]} for each in pages_of(schema)
    ]
    chosen = next((each for each in pages if each["key"] == spot.page), pages[-1])
    chosen["fields"].insert(spot.at, key)
    return with_pages(schema, pages)


def _reordered(holder: Schema, key: str, at: int) -> dict[str, Any]:
    """The object with its field elsewhere among its fields; a row's own name stays the first."""
    properties = holder["properties"]
    order = [name for name in properties if name not in (ROW_ID, key)]
    order.insert(at, key)
    first = [ROW_ID] if ROW_ID in properties else []
    return {**holder, "properties": {name: properties[name] for name in (*first, *order)}}


def _is_bound(schema: Schema, path: str) -> bool:
    """Whether the object that holds it says what it needs or what needs it, or in some case more of its answer."""
    holder, key = split(path)
    around = holder_at(schema, holder)
    needs = around.get("dependentRequired", {})
    cases = (case.get("then", {}) for _, case in written_in(around))
    said = any(key in then.get("properties", {}) and key not in named_by(then) for then in cases)
    return said or any(key in (given, *needed) for given, needed in needs.items())


def out_of_order(before: Schema, after: Schema, path: str, there: str) -> Refusal | None:
    """Refuses what makes a case read a question that is asked later than what it decides about."""
    known = {
        tuple(there + each.removeprefix(path) if f"{each}.".startswith(f"{path}.") else each for each in pair)
        for pair in _late(before)
    }
    fresh = next((pair for pair in _late(after) if pair not in known), None)
    if fresh is None:
        return None
    titles = {field.path: field.title for field in read_form(after).every_field()}
    reads, asks = (titles[each] for each in fresh)
    said = {"reads": reads.vi, "reads_en": reads.in_("en"), "asks": asks.vi, "asks_en": asks.in_("en")}
    return Refusal("form.move_out_of_order", said)


def _late(schema: Schema) -> list[tuple[str, ...]]:
    """What cases read too early: the question that is read, and the one that is asked by it before."""
    found = (each.parameters for each in check_cases(schema) if each.code == "form.condition_reads_later")
    return [(str(said["reads"]), str(said["asks"])) for said in found]
