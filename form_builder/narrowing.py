"""The form cut down to some of its questions, for whoever wants to try what depends on those alone."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from form_builder.conditions import read_by
from form_builder.form import ROW_ID, Field
from form_builder.moments import of_keys
from form_builder.schema import read_form
from rules_dsl.pointers import resolved

Schema = Mapping[str, Any]


def narrowed(schema: Schema, paths: Collection[str]) -> dict[str, Any]:
    """A form of one page with the questions at these dotted paths, the groups and rows around them, and the
    questions on whose answers it depends whether they are asked. Paths the form does not have are passed over.
    """
    single = {keyword: part for keyword, part in schema.items() if keyword != "x-motcua-pages"}
    return _cut(single, single, "", frozenset(_needed(single, paths)))


def _needed(schema: Schema, paths: Collection[str]) -> Iterator[str]:
    """The paths, and those their conditions read, and so on."""
    form = read_form(schema)
    ahead, seen = list(paths), set(paths)
    while ahead:
        path = ahead.pop()
        if form.field_at(path) is not None:
            yield path
        for field in _around(form.field_at, path):
            read = {
                f"{case.holder}.{key}".lstrip(".") for case in field.asked_when for key in read_by(case.test)
            }
            ahead += read - seen
            seen |= read


def _around(field_at: Any, path: str) -> Iterator[Field]:
    """The field at the path and the groups it stands in."""
    parts = path.split(".")
    fields = (field_at(".".join(parts[:count])) for count in range(1, len(parts) + 1))
    return (field for field in fields if field is not None)


def _cut(root: Schema, node: Schema, path: str, needed: frozenset[str]) -> dict[str, Any]:
    inside = {key: f"{path}.{key}".lstrip(".") for key in node.get("properties", {})}
    keys = {key for key, at in inside.items() if at in needed or _reaches(at, needed)}
    kept = of_keys(node, keys | ({ROW_ID} & inside.keys()))
    fields = {
        key: _child(root, child, inside[key], needed) for key, child in kept.get("properties", {}).items()
    }
    return {**kept, "properties": fields}


def _child(root: Schema, child: Schema, path: str, needed: frozenset[str]) -> Schema:
    """A question as it is; a group or rows with only what is needed of them, whole when nothing particular is."""
    if not _reaches(path, needed):
        return child
    whole = resolved(root, child)
    if "items" in whole:
        return {**whole, "items": _cut(root, resolved(root, whole["items"]), path, needed)}
    return _cut(root, whole, path, needed)


def _reaches(path: str, needed: frozenset[str]) -> bool:
    return any(each.startswith(f"{path}.") for each in needed)
