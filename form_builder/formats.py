"""Formats of text that the judge knows beyond its own: dates, times, e-mail, phone, numbers of people and firms."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from form_builder.code_lists import ethnic_groups, nationalities
from form_builder.official_numbers import IDENTITY_PATTERN, wrong_in_tax_number
from form_builder.patterns import matches
from form_builder.places import COMMUNE, PROVINCE, Places

CHECKER = FormatChecker()
CHECKER.checkers = dict(Draft202012Validator.FORMAT_CHECKER.checkers)

# Of these the codes are reference data: `checker_of` is told the list, and without one no code is right.
PLACE_FORMATS = (PROVINCE, COMMUNE)
CHECKERS_KEPT = 16

# Longer than any text of a known shape.
MOST_LETTERS = 1_000
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

_NAME = r"[^\x00-\x20\x7f\p{Z}@<>()\[\],;:\"\\]"
_LABEL = _NAME.replace("@", "@.", 1)

# Formats that keywords of JSON Schema say whole.
SHAPES: Mapping[str, Mapping[str, Any]] = {
    "identity-number": {"pattern": IDENTITY_PATTERN},
    # A Vietnamese number with its 0 (mobile 10 digits, landline 10 or 11), or + and a foreign one.
    "phone": {"pattern": r"^(0[35789]\d{8}|02\d{8,9}|\+([1-79]\d{7,14}|8[0-35-9]\d{6,13}))$"},
    # A month of a year that calendars have, written 2026-03.
    "month": {"pattern": r"^[1-9]\d{3}-(0[1-9]|1[0-2])$"},
    # A time of day on the unit's own clock, written 15:30.
    "local-time": {"pattern": r"^([01]\d|2[0-3]):[0-5]\d$"},
    # The content of a file that was handed in: its SHA-256.
    "file-digest": {"pattern": "^[0-9a-f]{64}$"},
    # An address that mail can be sent to over the internet: a name, @ and a domain with a dot.
    "email": {"pattern": rf"^{_NAME}{{1,64}}@({_LABEL}+\.)+\p{{L}}{{2,63}}$", "maxLength": 254},
}


def is_date(text: str) -> bool:
    """A day that exists, written 2026-03-02."""
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _shaped(shape: Mapping[str, Any]) -> Callable[[str], bool]:
    most, pattern = shape.get("maxLength", MOST_LETTERS), shape["pattern"]
    if "\\p" in pattern:
        return lambda text: len(text) <= most and matches(pattern, text)
    # Python's own engine answers the plain ones in a tenth of the time.
    whole = re.compile(pattern.removeprefix("^").removesuffix("$"), re.ASCII).fullmatch
    return lambda text: len(text) <= most and whole(text) is not None


OURS: Mapping[str, Callable[[str], bool]] = {
    "date": is_date,
    "nationality": lambda text: text in nationalities().codes,
    "ethnic-group": lambda text: text in ethnic_groups().codes,
    "tax-number": lambda text: wrong_in_tax_number(text) is None,
    **dict.fromkeys(PLACE_FORMATS, lambda _: False),
    **{name: _shaped(shape) for name, shape in SHAPES.items()},
}


def _of_text(check: Any) -> Any:
    # JSON Schema: a format judges text only; other kinds are the business of `type`.
    return lambda value: not isinstance(value, str) or check(value)


for _name, _check in OURS.items():
    CHECKER.checks(_name)(_of_text(_check))


@lru_cache(maxsize=CHECKERS_KEPT)
def checker_of(places: Places | None) -> FormatChecker:
    """All formats, the codes of provinces and communes as the list has them."""
    if places is None:
        return CHECKER
    made = FormatChecker()
    made.checkers = dict(CHECKER.checkers)
    for name in PLACE_FORMATS:
        made.checks(name)(_of_text(places.by_code[name].__contains__))
    return made
