"""Lists that every form may ask from and that only grow: nationalities and the ethnic groups of Việt Nam.

A code once in such a list stays a right answer, so a form names the list and old answers are judged as they were.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files

from babel import Locale

from common.text import Text, sort_key
from form_builder.choice import Choice

# Territories that Unicode names beyond ISO 3166-1: parts of others, unions, and codes to test with.
_BEYOND_ISO = "AC CP CQ DG EA EU EZ IC QO TA UN XA XB XK ZZ"
_NOT_ISO = frozenset(_BEYOND_ISO.split())
# Called otherwise on Vietnamese papers than in Unicode.
_NAMES = {
    "TW": "Đài Loan (Trung Quốc)",
    "HK": "Hồng Kông (Trung Quốc)",
    "MO": "Ma Cao (Trung Quốc)",
    "GB": "Anh",
}
# ICAO Doc 9303, part 3: a person without nationality.
_STATELESS = Choice("XXA", Text("Không quốc tịch", "Stateless"))
_USUAL_NATIONALITIES = ("VN", "CN", "KR", "JP", "LA", "KH", "US", _STATELESS.value)
# The seven groups of more than a million people, and who belongs to none.
_USUAL_GROUPS = ("01", "02", "03", "06", "08", "05", "07", "55", "56")


@dataclass(frozen=True)
class CodeList:
    """All choices; `usual` are the values most people pick, in their order: they come first."""

    choices: tuple[Choice, ...]
    usual: tuple[str, ...]

    @cached_property
    def codes(self) -> frozenset[str]:
        return frozenset(choice.value for choice in self.choices)

    @cached_property
    def usual_choices(self) -> tuple[Choice, ...]:
        known = {choice.value: choice for choice in self.choices}
        return tuple(known[value] for value in self.usual)

    @cached_property
    def others(self) -> tuple[Choice, ...]:
        return tuple(choice for choice in self.choices if choice.value not in self.usual)


@lru_cache(maxsize=1)
def nationalities() -> CodeList:
    """By the country codes of ISO 3166-1 (two letters), named as Unicode CLDR names them."""
    vietnamese, english = _territories("vi"), _territories("en")
    codes = [code for code in vietnamese if len(code) == 2 and code.isalpha() and code not in _NOT_ISO]
    countries = (Choice(code, Text(_NAMES.get(code, vietnamese[code]), english[code])) for code in codes)
    return CodeList(_sorted((*countries, _STATELESS)), _USUAL_NATIONALITIES)


def _territories(language: str) -> Mapping[str, str]:
    return {str(code): str(name) for code, name in Locale(language).territories.items()}


@lru_cache(maxsize=1)
def ethnic_groups() -> CodeList:
    """By the statistical codes of two digits; their source stands in ethnic_groups.toml."""
    text = files("form_builder").joinpath("ethnic_groups.toml").read_text(encoding="utf-8")
    groups = (Choice(each["code"], Text(each["vi"], each["en"])) for each in tomllib.loads(text)["group"])
    return CodeList(_sorted(tuple(groups)), _USUAL_GROUPS)


def _sorted(choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
    return tuple(sorted(choices, key=lambda choice: sort_key(choice.label.vi)))


# Key of the kind that asks from the list → the list.
LISTS: Mapping[str, Callable[[], CodeList]] = {
    "nationality": nationalities,
    "ethnic_group": ethnic_groups,
}


def choices_of(kind: str) -> tuple[Choice, ...]:
    """What a field of the kind offers; empty for kinds that ask from no list."""
    return LISTS[kind]().choices if kind in LISTS else ()
