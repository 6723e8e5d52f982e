"""The way to a place inside a schema, and the same schema with that place changed."""

from collections.abc import Callable, Mapping
from typing import Any

from rules_dsl.pointers import resolved

Schema = Mapping[str, Any]
Change = Callable[[dict[str, Any]], dict[str, Any]]


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


def node_at(schema: Schema, path: str) -> Schema:
    """The schema of the field at the path, references resolved. KeyError: there is none."""
    holder, key = split(path)
    return resolved(schema, holder_at(schema, holder)["properties"][key])


def with_holder(schema: Schema, path: str, change: Change) -> dict[str, Any]:
    """The schema with the object at `path` changed; what was written by reference on the way is written out."""
    return _within(schema, schema, path.split(".") if path else [], change)


def _within(root: Schema, node: Schema, keys: list[str], change: Change) -> dict[str, Any]:
    if not keys:
        return change(dict(node))
    key, *rest = keys
    field = resolved(root, node["properties"][key])
    if "items" in field:
        inside: Schema = {**field, "items": _within(root, resolved(root, field["items"]), rest, change)}
    else:
        inside = _within(root, field, rest, change)
    return {**node, "properties": {**node["properties"], key: inside}}


def without_empty(schema: Schema, *keywords: str) -> dict[str, Any]:
    """The schema without those of the keywords that say nothing any more."""
    return {name: part for name, part in schema.items() if name not in keywords or part}
