"""Provinces and communes: the list that addresses are asked from and judged by, as one of its versions has it.

It is reference data: it stands in no form. A form that is read with it (`schema.read_form`) asks from it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from common.text import Text, sort_key
from form_builder.choice import Choice

# The keyword of an address: which list it is asked from; and the only list there is so far.
LIST, COMMUNES = "x-motcua-list", "communes"
PROVINCE, COMMUNE, LINE = "province", "commune", "line"


@dataclass(frozen=True, slots=True)
class Place:
    """A province, or a commune in the province with the code `province`. `kind` is its kind as it stands before
    the name in an address: "tỉnh", "phường"."""

    code: str
    kind: str
    name: str
    province: str = ""

    @property
    def full(self) -> str:
        return f"{self.kind} {self.name}"

    @property
    def choice(self) -> Choice:
        """As it is picked: the name first, because a list is searched by its first letters."""
        return Choice(self.code, Text(f"{self.name} ({self.kind})"))


@dataclass(frozen=True)
class Places:
    """A version of the list. Two are the same when their digests are."""

    version: int
    digest: str
    provinces: tuple[Place, ...] = field(compare=False, repr=False)
    communes: tuple[Place, ...] = field(compare=False, repr=False)

    @cached_property
    def by_code(self) -> Mapping[str, Mapping[str, Place]]:
        """The provinces and the communes, by the format of their codes."""
        return {
            PROVINCE: {place.code: place for place in self.provinces},
            COMMUNE: {place.code: place for place in self.communes},
        }

    @cached_property
    def province_choices(self) -> tuple[Choice, ...]:
        """All provinces by name."""
        return _by_name(self.provinces)

    def communes_of(self, province: str | None) -> tuple[Choice, ...]:
        """The communes of a province by name; none while no province is known."""
        return self._communes_of.get(province or "", ())

    @cached_property
    def _communes_of(self) -> Mapping[str, tuple[Choice, ...]]:
        inside: dict[str, list[Place]] = defaultdict(list)
        for place in self.communes:
            inside[place.province].append(place)
        return {province: _by_name(places) for province, places in inside.items()}

    def name_of(self, level: str, code: Any) -> str:
        """How the place is written in an address; a code that the list does not have stays a code."""
        found = self.by_code[level].get(str(code))
        return found.full if found else str(code)

    def read(self, text: str) -> dict[str, str] | None:
        """The address in a text that ends in a commune and a province of the list: "…, phường Ba Đình, Hà Nội".

        None: it does not, as with addresses of before 01/07/2025, where a district stands between them.
        """
        *line, commune_said, province_said = [*["", ""], *(part.strip() for part in text.split(","))]
        province = self._called[""].get(sort_key(province_said))
        commune = self._called[province.code].get(sort_key(commune_said)) if province else None
        if province is None or commune is None:
            return None
        rest = ", ".join(part for part in line if part)
        return {PROVINCE: province.code, COMMUNE: commune.code, **({LINE: rest} if rest else {})}

    @cached_property
    def _called(self) -> Mapping[str, Mapping[str, Place]]:
        """The provinces under "", with and without their kind, and under each the communes by kind and name."""
        called: dict[str, dict[str, Place]] = defaultdict(dict)
        for place in self.provinces:
            called[""] |= {sort_key(place.name): place, sort_key(place.full): place}
        for place in self.communes:
            called[place.province][sort_key(place.full)] = place
        return called

    def misplaced(self, address: Any) -> tuple[Place, Place] | None:
        """Commune and province of an address that do not belong together; None when they do, or one is not known."""
        if not isinstance(address, Mapping):
            return None
        commune, province = (_known(self.by_code[part], address.get(part)) for part in (COMMUNE, PROVINCE))
        if commune is None or province is None or commune.province == province.code:
            return None
        return commune, province


@dataclass(frozen=True, slots=True)
class Former:
    """A commune of before: `name` with its district and province, `codes` of the communes that have its land now."""

    name: str
    codes: tuple[str, ...]

    def now(self, places: Places) -> tuple[Place, ...]:
        """These communes, as far as the list has them."""
        known = places.by_code[COMMUNE]
        return tuple(known[code] for code in self.codes if code in known)


def told(places: Places | None, address: Any) -> str:
    """The address as it is written on papers: "Số 5, ngõ 12, phường Ba Đình, thành phố Hà Nội"."""
    if not isinstance(address, Mapping):
        return str(address)
    named = (
        places.name_of(level, address[level]) if places else str(address[level])
        for level in (COMMUNE, PROVINCE)
        if address.get(level)
    )
    return ", ".join([*([str(address[LINE])] if address.get(LINE) else []), *named])


def _known(places: Mapping[str, Place], code: Any) -> Place | None:
    return places.get(code) if isinstance(code, str) else None


def _by_name(places: Iterable[Place]) -> tuple[Choice, ...]:
    ordered = sorted(places, key=lambda place: (sort_key(place.name), place.kind, place.code))
    return tuple(place.choice for place in ordered)
