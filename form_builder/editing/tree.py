"""The way to a place inside a schema, and the same schema with that place changed."""

from collections.abc import Callable, Mapping
from typing import Any

from form_builder.nodes import nodes
from rules_dsl.pointers import parts, resolved, target

Schema = Mapping[str, Any]
Change = Callable[[dict[str, Any]], dict[str, Any]]
Place = tuple[str, ...]
# Said beside a reference, these take the place of what is referred to: the fields are here,
FIELDS = frozenset({"properties", "items"})
# or something is said about fields that are there.
HELD = frozenset({"required", "allOf", "if", "then", "dependentRequired"})


def split(path: str) -> tuple[str, str]:
    """Where a field stands and what it is called there: "documents.pages" → ("documents", "pages")."""
    holder, _, key = path.rpartition(".")
    return holder, key


def holder_at(schema: Schema, path: str) -> Schema:
    """The object that holds fields: the form ("" ), a group, or one row of rows. KeyError: there is none."""
    node: Schema = schema
    for key in path.split(".") if path else ():
        node = resolved(schema, node["properties"][key])
        if "items" in node:
            node = resolved(schema, node["items"])
    return node


def with_holder(schema: Schema, path: str, change: Change) -> dict[str, Any]:
    """The schema with the object at `path` changed where it is written: in the definition that is referred to,
    when nobody else refers to it; else the reference is written out here, and the others keep theirs."""
    opened, place = _opened(schema, path)
    return _put(opened, place, change(dict(_at(opened, place))))


def without_new_empty(before: Schema, after: Schema, *keywords: str) -> dict[str, Any]:
    """The schema without those of the keywords that say nothing any more, unless they were written so."""
    return {
        name: part for name, part in after.items() if part or name not in keywords or before.get(name) == part
    }


def _opened(schema: Schema, path: str) -> tuple[Schema, Place]:
    """Where the object at the path is written, once what is shared on the way is written out."""
    place: Place = ()
    for key in path.split(".") if path else ():
        schema, place = _followed(schema, (*place, "properties", key))
        if isinstance(_at(schema, place).get("items"), Mapping):
            schema, place = _followed(schema, (*place, "items"))
    return schema, place


def _followed(schema: Schema, place: Place) -> tuple[Schema, Place]:
    passed = {place}
    while isinstance(said := _at(schema, place).get("$ref"), str):
        node, there = _at(schema, place), tuple(parts(said))
        if FIELDS & node.keys() or not target(schema, said):
            break
        if there in passed or HELD & node.keys() or not _is_alone(schema, said):
            return _put(schema, place, resolved(schema, node)), place
        place = there
        passed.add(place)
    return schema, place


def _is_alone(schema: Schema, said: str) -> bool:
    """Whether one place refers to the definition, to what holds it or to what it holds."""
    every = [each["$ref"] for _, each in nodes(schema) if isinstance(each.get("$ref"), str)]
    near = [each for each in every if f"{each}/".startswith(f"{said}/") or f"{said}/".startswith(f"{each}/")]
    return near == [said]


def _at(schema: Schema, place: Place) -> Schema:
    node: Any = schema
    for part in place:
        node = node[part]
    return dict(node)


def _put(schema: Schema, place: Place, node: Schema) -> dict[str, Any]:
    if not place:
        return dict(node)
    first, *rest = place
    return {**schema, first: _put(schema[first], tuple(rest), node)}
