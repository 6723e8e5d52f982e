"""Numbers as Vietnamese officials and citizens write them: 1.000.000 and 2,5.

A dot before exactly three digits groups thousands, a comma begins the decimals. What cannot be a group
("0.125", "2.5") is read as decimals, because telephone keypads offer a dot; groups by comma are read only
where they cannot mean decimals ("1,000,000").
"""

import re
from decimal import Decimal

LONGEST = 40
_BLANKS = " \u00a0\u202f\u2009"
_PLAIN = re.compile(r"[+-]?\d+", re.ASCII)
_BY_DOT = re.compile(r"[+-]?[1-9]\d{0,2}(\.\d{3})+(,\d+)?", re.ASCII)
_BY_BLANK = re.compile(r"[+-]?[1-9]\d{0,2}( \d{3})+(,\d+)?", re.ASCII)
_BY_COMMA = re.compile(r"[+-]?[1-9]\d{0,2}((,\d{3}){2,}(\.\d+)?|(,\d{3})+\.\d+)", re.ASCII)
_WITH_COMMA = re.compile(r"[+-]?\d+,\d+", re.ASCII)
_WITH_DOT = re.compile(r"[+-]?\d+\.\d+", re.ASCII)


def read_number(typed: str) -> Decimal | None:
    """The number that was typed, exact; None when it is not one or could be two."""
    text = typed.strip(_BLANKS).translate({ord(blank): " " for blank in _BLANKS}).replace("−", "-")
    if len(text) > LONGEST:
        return None
    for spelling in (_PLAIN, _BY_DOT, _BY_BLANK):
        if spelling.fullmatch(text):
            return Decimal(text.replace(".", "").replace(" ", "").replace(",", "."))
    if _BY_COMMA.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if _WITH_COMMA.fullmatch(text) or _WITH_DOT.fullmatch(text):
        return Decimal(text.replace(",", "."))
    return None


def write_number(number: Decimal | int, language: str, *, grouped: bool = True) -> str:
    """The number in full, never with an exponent: 1.000,5 in Vietnamese, 1,000.5 in English."""
    text = format(Decimal(number), ",f" if grouped else "f")
    return text if language == "en" else text.translate(str.maketrans(",.", ".,"))
