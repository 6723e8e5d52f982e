"""Formats of text that the judge knows beyond its own: date, local time, e-mail, phone, identity number."""

import re
from datetime import date
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

CHECKER = FormatChecker()
CHECKER.checkers = dict(Draft202012Validator.FORMAT_CHECKER.checkers)

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"\\]{1,64}@([^\s@.<>()\[\],;:\"\\]+\.)+[^\W\d_]{2,63}")
_PHONE_HERE = re.compile(r"0[35789]\d{8}|02\d{8,9}", re.ASCII)
_PHONE_ABROAD = re.compile(r"\+(?!84)[1-9]\d{7,14}", re.ASCII)

# Thông tư 59/2021/TT-BCA, annex: codes of the place of birth registration. They stayed when provinces merged
# in 2025: nobody's number changes. Codes of countries follow from 101.
_PROVINCES = (
    "001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 "
    "040 042 044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082 "
    "083 084 086 087 089 091 092 093 094 095 096"
)
PROVINCES = frozenset(_PROVINCES.split())
FIRST_COUNTRY, LAST_COUNTRY = 101, 399
# Nghị định 137/2015/NĐ-CP, Điều 7: 0 and 1 for the 20th century (male, female), 2 and 3 for the 21st.
CENTURIES_SO_FAR = "0123"


def is_identity_number(text: str) -> bool:
    """Twelve digits: a place of birth registration, century and sex, year of birth, six at random."""
    if not re.fullmatch(r"\d{12}", text, re.ASCII):
        return False
    place = text[:3]
    known = place in PROVINCES or FIRST_COUNTRY <= int(place) <= LAST_COUNTRY
    return known and text[3] in CENTURIES_SO_FAR


def is_phone(text: str) -> bool:
    """A Vietnamese number with its 0 (mobile 10 digits, landline 10 or 11), or + and a foreign one."""
    return bool(_PHONE_HERE.fullmatch(text) or _PHONE_ABROAD.fullmatch(text))


def is_email(text: str) -> bool:
    """An address that mail can be sent to over the internet: a name, @ and a domain with a dot."""
    return len(text) <= 254 and bool(_ADDRESS.fullmatch(text))


def is_date(text: str) -> bool:
    """A day that exists, written 2026-03-02."""
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_local_time(text: str) -> bool:
    """A time of day on the unit's own clock, written 15:30."""
    return bool(_TIME.fullmatch(text))


OURS = {
    "date": is_date,
    "local-time": is_local_time,
    "email": is_email,
    "phone": is_phone,
    "identity-number": is_identity_number,
}


def _of_text(check: Any) -> Any:
    # JSON Schema: a format judges text only; other kinds are the business of `type`.
    return lambda value: not isinstance(value, str) or check(value)


for _name, _check in OURS.items():
    CHECKER.checks(_name)(_of_text(_check))
