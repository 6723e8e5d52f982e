"""Definition ⇄ canonical JSON bytes, and the SHA-256 digest that names them.

Stored formats live for ever: bytes of an older format are brought up to date, one upgrade after another,
before they are read. Their digest stays that of the bytes that were stored.
"""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from common.problems import Finding, MotcuaError
from procedure_library.canonical import canonical, parsed
from procedure_library.definition import FORMAT, Definition
from procedure_library.structure import plain, read

# format n → what turns its body into one of format n + 1. One golden file each in tests.
UPGRADES: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}


class UnreadableDefinition(MotcuaError):
    """Stored bytes that no decoder understands: damaged, or written by a newer Motcua."""


def encode(definition: Definition) -> bytes:
    """The canonical JSON: sorted keys, UTF-8, no blanks, attributes with their default value left out."""
    return canonical({**plain(definition), "format": definition.format}).encode()


def decode(content: bytes) -> Definition:
    """The definition that the bytes spell; raises UnreadableDefinition. decode(encode(d)) == d."""
    findings: list[Finding] = []
    definition = read(Definition, _up_to_date(content), "", findings.append)
    if findings:
        raise UnreadableDefinition(f"{findings[0].code} at {findings[0].where}")
    assert isinstance(definition, Definition)
    return definition


def digest(definition: Definition) -> str:
    """64 hexadecimal digits: equal digests mean equal definitions."""
    return digest_of(encode(definition))


def digest_of(content: bytes) -> str:
    """The SHA-256 of stored bytes, which for older formats differs from the digest of what they decode to."""
    return hashlib.sha256(content).hexdigest()


def _up_to_date(content: bytes) -> dict[str, Any]:
    try:
        body = parsed(content)
        found = body["format"]
    except (ValueError, TypeError, KeyError) as broken:
        raise UnreadableDefinition("not a definition") from broken
    while found < FORMAT:
        body, found = UPGRADES[found](body), found + 1
    if found != FORMAT:
        raise UnreadableDefinition(f"format {found} is newer than {FORMAT}")
    return {**body, "format": FORMAT}
