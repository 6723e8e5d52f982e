"""Walks a schema as it is written, with JSON pointers."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Schema = Mapping[str, Any]

# How deep a schema is walked. A person writes six levels, a machine that wants to hurt a thousand.
DEEPEST_NODE = 24
_OF_NAMES = ("properties", "$defs", "dependentSchemas", "patternProperties")
_OF_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
_OF_ONE = ("items", "if", "then", "else", "not", "contains", "additionalProperties")


def pointer(parts: Iterable[Any]) -> str:
    """The JSON pointer of a path; "" is the whole schema."""
    return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in parts)


def nodes(schema: Schema, place: str = "", left: int = DEEPEST_NODE) -> Iterator[tuple[str, Schema]]:
    """Every schema inside the schema, itself first, with its pointer."""
    yield place, schema
    for below, node in _below(schema) if left else ():
        if isinstance(node, Mapping):
            yield from nodes(node, place + below, left - 1)


def _below(schema: Schema) -> Iterator[tuple[str, Any]]:
    for keyword in _OF_NAMES:
        named = schema.get(keyword)
        for name, node in named.items() if isinstance(named, Mapping) else ():
            yield pointer((keyword, name)), node
    for keyword in _OF_LISTS:
        listed = schema.get(keyword)
        for number, node in enumerate(listed if isinstance(listed, list | tuple) else ()):
            yield pointer((keyword, number)), node
    for keyword in _OF_ONE:
        yield pointer((keyword,)), schema.get(keyword)
