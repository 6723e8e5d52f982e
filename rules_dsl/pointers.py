"""Follows references inside one JSON Schema (`#/$defs/address`)."""

from collections.abc import Mapping
from typing import Any

Schema = Mapping[str, Any]


def resolved(root: Schema, node: Schema) -> Schema:
    """The node with a reference inside this schema replaced; what is beside it wins."""
    seen: set[str] = set()
    while isinstance(node.get("$ref"), str) and node["$ref"] not in seen:
        seen.add(node["$ref"])
        beside = {key: value for key, value in node.items() if key != "$ref"}
        node = {**target(root, node["$ref"]), **beside}
    return node


def target(root: Schema, reference: str) -> Schema:
    """What a local reference points to; an empty schema when it points nowhere."""
    found: Any = root
    for name in parts(reference):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def parts(reference: str) -> list[str]:
    """The names on the way to what a local reference points to."""
    written = reference.removeprefix("#").strip("/").split("/")
    return [part.replace("~1", "/").replace("~0", "~") for part in written]
