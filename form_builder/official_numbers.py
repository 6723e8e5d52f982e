"""Identity numbers and tax numbers: are they plausible, and which part of one is not.

Nothing here knows who has which number: a digit typed wrong is found only where the number itself tells.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from stdnum.exceptions import InvalidChecksum, ValidationError
from stdnum.vn import mst

from common.problems import Parameter

# Thông tư 59/2021/TT-BCA, annex: codes of the place of birth registration. They stayed when provinces merged
# in 2025: nobody's number changes. Codes of countries follow from 101.
_PROVINCES = (
    "001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 "
    "040 042 044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082 "
    "083 084 086 087 089 091 092 093 094 095 096"
)
PROVINCES = frozenset(_PROVINCES.split())
FIRST_COUNTRY, LAST_COUNTRY = 101, 399
_COUNTRIES = "10[1-9]|1[1-9]\\d|[23]\\d\\d"
# Nghị định 137/2015/NĐ-CP, Điều 7: 0 and 1 for the 20th century (male, female), 2 and 3 for the 21st.
CENTURIES_SO_FAR = "0123"
IDENTITY_DIGITS = 12
# Twelve digits: a place of birth registration, century and sex, year of birth, six at random.
IDENTITY_PATTERN = rf"^({'|'.join(sorted(PROVINCES))}|{_COUNTRIES})[{CENTURIES_SO_FAR}]\d{{8}}$"
# Thông tư 86/2024/TT-BTC, Điều 5: ten digits for an organisation, thirteen for a unit of it. Since 01/07/2025
# persons, households and household businesses use the personal identity number in their place.
TAX_DIGITS = (10, 13)

_DIGITS = re.compile(r"\d+", re.ASCII)
_PLACE = re.compile(_COUNTRIES, re.ASCII)


@dataclass(frozen=True, slots=True)
class WrongPart:
    """What is wrong with a number: `code` is that of the Problem."""

    code: str
    parameters: Mapping[str, Parameter] = field(default_factory=dict)


CODES = (
    "form.not_an_identity_number",
    "form.identity_number_length",
    "form.identity_number_place",
    "form.identity_number_century",
    "form.not_a_tax_number",
    "form.tax_number_length",
    "form.tax_number_check",
)


def wrong_in_identity_number(number: str) -> WrongPart | None:
    """The first part that cannot be: other signs than digits, their number, the place, the century; None: none."""
    if not _DIGITS.fullmatch(number):
        return WrongPart("form.not_an_identity_number")
    if len(number) != IDENTITY_DIGITS:
        return WrongPart("form.identity_number_length", {"count": len(number)})
    if number[:3] not in PROVINCES and not _PLACE.fullmatch(number[:3]):
        return WrongPart("form.identity_number_place", {"place": number[:3]})
    if number[3] not in CENTURIES_SO_FAR:
        return WrongPart("form.identity_number_century", {"digit": number[3]})
    return None


def wrong_in_tax_number(number: str) -> WrongPart | None:
    """The first part that cannot be; a number of twelve digits is judged as the identity number that it is."""
    if not _DIGITS.fullmatch(number):
        return WrongPart("form.not_a_tax_number")
    if len(number) == IDENTITY_DIGITS:
        return wrong_in_identity_number(number)
    if len(number) not in TAX_DIGITS:
        return WrongPart("form.tax_number_length", {"count": len(number)})
    try:
        mst.validate(number)
    except InvalidChecksum:
        return WrongPart("form.tax_number_check")
    except ValidationError:
        return WrongPart("form.not_a_tax_number")
    return None


def tax_number_told(number: str) -> str:
    """As it stands on papers: the three digits of a unit behind a hyphen."""
    return f"{number[:10]}-{number[10:]}" if len(number) == max(TAX_DIGITS) else number
