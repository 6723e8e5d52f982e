"""The lists of places that ship: today's provinces and communes, and where former communes went.

Two packages keep them. Their data files are read and none of their code is imported: one makes 3,000 members of an
enum, the other needs a library of geometry.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from common.text import nfc, sort_key
from form_builder.places import Former, Place, Places
from procedure_library.place_files import digest_of, entries_of, read_places

TODAY, FORMER = "vietnam-provinces", "vietnamadminunits"
TWO_LEVELS_SINCE = date(2025, 7, 1)
BASIS = "Quyết định 19/2025/QĐ-TTg, Bảng danh mục và mã số các đơn vị hành chính Việt Nam"
_FORMER_UNITS = """
select provinceKey || '_' || districtKey || '_' || coalesce(wardKey, ''), ward, district, province, wardCode
from admin_units_legacy
"""
_UNITS = "select provinceKey, wardKey, provinceCode, ward from admin_units"


@dataclass(frozen=True, slots=True)
class FormerCommune:
    """A commune of before 01/07/2025; `code` is "" for the five islands that were districts without communes."""

    code: str
    name: str
    district: str
    province: str
    becomes: tuple[str, ...]

    @property
    def former(self) -> Former:
        parts = (self.name, self.district, self.province)
        return Former(", ".join(part for part in parts if part), self.becomes)


def source_of(package: str) -> str:
    """Which edition of which package a list was read from."""
    return f"{package} {version(package)}"


@cache
def national_places() -> Places:
    """The provinces and communes since 01/07/2025, as examples and previews read them."""
    entries = national_entries()
    return read_places(1, digest_of(entries), entries)


def national_entries() -> dict[str, list[list[str]]]:
    """The same as it is kept."""
    return entries_of(*_places_of_package())


@cache
def _places_of_package() -> tuple[tuple[Place, ...], tuple[Place, ...]]:
    body = json.loads((_folder("vietnam_provinces") / "data" / "nested-divisions.json").read_bytes())
    provinces = tuple(_province(each) for each in body)
    communes = (
        _place(f"{ward['code']:05}", ward["name"], ward["division_type"], f"{each['code']:02}")
        for each in body
        for ward in each["wards"]
    )
    return provinces, tuple(communes)


def _province(body: Mapping[str, Any]) -> Place:
    kind = str(body["division_type"]).removesuffix(" trung ương")
    return _place(f"{body['code']:02}", body["name"], kind)


def _place(code: str, written: str, kind: str, province: str = "") -> Place:
    """The name without its kind, which stands before that of cities and communes."""
    name = " ".join(nfc(written).split())
    bare = name[len(kind) :].strip() if name.lower().startswith(f"{kind} ") else name
    return Place(code, kind, bare, province)


@cache
def former_communes() -> tuple[FormerCommune, ...]:
    """Each commune of before with the codes of those that have its land now, the main one first."""
    data = _folder("vietnamadminunits") / "data"
    now = json.loads((data / "converter_2025.json").read_bytes())
    with closing(sqlite3.connect(f"file:{data / 'dataset.db'}?mode=ro", uri=True)) as database:
        becomes = dict(_becomes(now, _codes_now(database)))
        rows = database.execute(_FORMER_UNITS).fetchall()
    return tuple(
        FormerCommune(code or "", ward or "", district, province, becomes[key])
        for key, ward, district, province, code in rows
    )


def _codes_now(database: sqlite3.Connection) -> dict[tuple[str, str], str]:
    """Code by the package's own names of province and commune.

    Some of its codes are not those of the decision, so places are found by their name in their province.
    """
    official = {(place.province, _spoken(place.full)): place.code for place in _places_of_package()[1]}
    rows = database.execute(_UNITS)
    return {(province, ward): official[code, _spoken(name)] for province, ward, code, name in rows}


def _spoken(name: str) -> str:
    """The name whatever its spelling: hoà is hòa, and H’leo is H'Leo."""
    return sort_key("".join(letter if letter.isalnum() else " " for letter in nfc(name)))


def _becomes(
    now: Mapping[str, Any], codes: Mapping[tuple[str, str], str]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for province, wards in now["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, formers in wards.items():
            yield from ((former, (codes[province, ward],)) for former in formers)
    for province, formers in now["DICT_PROVINCE_WARD_DIVIDED"].items():
        for former, parts in formers.items():
            main_first = sorted(parts, key=lambda part: not part["isDefaultNewWard"])
            yield former, tuple(dict.fromkeys(codes[province, part["newWardKey"]] for part in main_first))


def _folder(module: str) -> Path:
    """Where a package lies, found without running any of it."""
    found = find_spec(module)
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError(module)
    return Path(found.submodule_search_locations[0])
