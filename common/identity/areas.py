"""Codes of places in the list of administrative units (Decision 19/2025/QĐ-TTg), as units bear them.

A province has two digits, a commune five. A commune's code does not begin with its province's: which province
decides its amounts is known from the units above it, or has to be said.
"""

import re

PROVINCE = re.compile(r"[0-9]{2}", re.ASCII)
COMMUNE = re.compile(r"[0-9]{5}", re.ASCII)


def is_area_code(code: str, level: str) -> bool:
    """Whether a unit of the level may bear the code. A department may bear none: it works for its province."""
    if level == "commune":
        return COMMUNE.fullmatch(code) is not None
    return PROVINCE.fullmatch(code) is not None or (level == "department" and not code)


def is_province_code(code: str, level: str, *, is_top: bool) -> bool:
    """Whether the unit may say that this is its province: it must when none is above it, else it may not."""
    if is_top and level == "commune":
        return PROVINCE.fullmatch(code) is not None
    return not code
