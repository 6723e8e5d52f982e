"""Cells as people fill them in: words, days and instants, whichever program wrote them."""

import re
from datetime import date, datetime, time
from decimal import Decimal

from common.clock import ZONE
from common.text import nfc
from rules_dsl.spreadsheets.sheet import Broken, CellValue, Share

# 15/09/2025, 15-9-2025 9:30, 2025-09-15, 2025-09-15T09:30
_VIETNAMESE = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(?:[ T,]+(\d{1,2})[:h](\d{2}))?", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]+(\d{1,2}):(\d{2})(?::\d{2})?)?", re.ASCII)


def words(value: CellValue) -> str:
    """What the cell says, letters composed: a number as it is shown, a day as on the papers."""
    match value:
        case None:
            return ""
        case date():
            return f"{value:%d/%m/%Y}"
        case Decimal():
            return f"{value:f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"
        case Share():
            return str(value.value)
        case Broken(text):
            return text
    return nfc(str(value)).strip()


def moment(value: CellValue, when: time) -> datetime | None:
    """The instant that the cell names, of a bare day at `when`; None when it is none."""
    if isinstance(value, date):
        return datetime.combine(value, when, ZONE)
    text = words(value)
    if found := _ISO.fullmatch(text):
        year, month, day, *clock = found.groups()
    elif found := _VIETNAMESE.fullmatch(text):
        day, month, year, *clock = found.groups()
    else:
        return None
    try:
        at = time(int(clock[0]), int(clock[1])) if clock[0] else when
        return datetime.combine(date(int(year), int(month), int(day)), at, ZONE)
    except ValueError:
        return None
