"""The list of provinces and communes as it is kept and exchanged: {"provinces": [[code, kind, name]], "communes":
[[code, kind, name, code of the province]]}."""

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from common.problems import Finding
from form_builder.places import Place, Places
from procedure_library.canonical import canonical

CODES = {"provinces": re.compile(r"\d{2}", re.ASCII), "communes": re.compile(r"\d{5}", re.ASCII)}
PARTS = {"provinces": 3, "communes": 4}


def entries_of(provinces: tuple[Place, ...], communes: tuple[Place, ...]) -> dict[str, list[list[str]]]:
    """The lists as they are kept, by code."""
    by_code = {"provinces": sorted(provinces, key=_code), "communes": sorted(communes, key=_code)}
    rows = {
        name: [[place.code, place.kind, place.name, place.province] for place in places]
        for name, places in by_code.items()
    }
    return {name: [row[: PARTS[name]] for row in lines] for name, lines in rows.items()}


def digest_of(entries: Mapping[str, Any]) -> str:
    """By which one list is told from another."""
    return sha256(canonical(entries).encode()).hexdigest()


def read_places(version: int, digest: str, entries: Mapping[str, Any]) -> Places:
    """The list that `entries_of` wrote."""
    provinces, communes = (tuple(Place(*row) for row in entries[name]) for name in PARTS)
    return Places(version, digest, provinces, communes)


def wrong_in(entries: Mapping[str, Any]) -> Iterator[Finding]:
    """What keeps the entries of a file from being a list of places."""
    for name in PARTS:
        rows = entries.get(name)
        if not isinstance(rows, list) or not rows:
            yield Finding("reference.lacks", name, {"name": name})
            return
    provinces: set[str] = set()
    for name in PARTS:
        seen: set[str] = set()
        for number, row in enumerate(entries[name]):
            if not _is_place(name, row) or row[0] in seen or (name == "communes" and row[3] not in provinces):
                yield Finding("reference.bad_place", f"{name}.{number}", {"row": str(row)[:100]})
            else:
                seen.add(row[0])
        provinces |= seen if name == "provinces" else set()


def _is_place(name: str, row: Any) -> bool:
    texts = isinstance(row, list) and len(row) == PARTS[name] and all(isinstance(part, str) for part in row)
    return texts and CODES[name].fullmatch(row[0]) is not None and all(part.strip() for part in row[1:3])


def _code(place: Place) -> str:
    return place.code
