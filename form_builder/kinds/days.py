"""Dates, months and times of day, as they are written on Vietnamese papers: 02/03/2026, 3/2026, 15:30."""

import re
from datetime import date
from typing import Any

from babel.dates import format_skeleton

from common.text import nfc
from form_builder.form import Field
from form_builder.kinds.kind import Kind, Typed, Unreadable, first

DATE_PARTS = ("-day", "-month", "-year")
MONTH_PARTS = ("-month", "-year")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_SEPARATED = re.compile(r"(\d{1,2})\s*[/.\-\s]\s*(\d{1,2})\s*[/.\-\s]\s*(\d{1,4})", re.ASCII)
_RUN_TOGETHER = re.compile(r"(\d{2})(\d{2})(\d{4})", re.ASCII)
_ISO_MONTH = re.compile(r"(\d{4})-(\d{1,2})", re.ASCII)
_MONTH = re.compile(
    r"(?:tháng\s*)?(\d{1,2})\s*(?:[/.\-\s]|năm)\s*(?:năm\s*)?(\d{4})", re.ASCII | re.IGNORECASE
)
_MONTH_RUN_TOGETHER = re.compile(r"(\d{2})(\d{4})", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2})\s*[:.hg]\s*(\d{2})?", re.ASCII | re.IGNORECASE)


def split_day(text: str) -> Typed:
    """Day, month and year of a date typed in one piece; the whole text as day when it has not three."""
    text = text.strip()
    if found := _ISO.fullmatch(text):
        return found.group(3), found.group(2), found.group(1)
    if found := _SEPARATED.fullmatch(text) or _RUN_TOGETHER.fullmatch(text):
        return found.groups()
    return text, "", ""


def read_date(_: Field, typed: Typed) -> str | Unreadable | None:
    """The day as 2026-03-02. Years have four digits: 26 could be this century or the last. Who types 2/3/2026 into
    the first input is understood."""
    parts = tuple(part.strip() for part in typed)
    if not any(parts):
        return None
    parts = parts if any(parts[1:]) else split_day(parts[0])
    if not all(re.fullmatch(r"\d{1,4}", part, re.ASCII) for part in parts) or len(parts) != len(DATE_PARTS):
        return Unreadable("form.unreadable_date")
    if len(parts[2]) != 4:
        return Unreadable("form.year_too_short")
    try:
        return date(int(parts[2]), int(parts[1]), int(parts[0])).isoformat()
    except ValueError:
        return Unreadable("form.no_such_day")


def date_typed(_: Field, value: Any) -> Typed:
    return split_day(str(value))


def date_told(_: Field, value: Any, __: str) -> str:
    found = _ISO.fullmatch(str(value))
    return f"{found.group(3)}/{found.group(2)}/{found.group(1)}" if found else str(value)


def split_month(text: str) -> Typed:
    """Month and year typed in one piece; the whole text as month when it has not both."""
    text = nfc(text.strip())
    if found := _ISO_MONTH.fullmatch(text):
        return found.group(2), found.group(1)
    found = _MONTH.fullmatch(text) or _MONTH_RUN_TOGETHER.fullmatch(text)
    return found.groups() if found else (text, "")


def read_month(_: Field, typed: Typed) -> str | Unreadable | None:
    """The month as 2026-03. Who types 3/2026 into the first input is understood."""
    parts = tuple(part.strip() for part in typed)
    if not any(parts):
        return None
    month, year = split_month(parts[0]) if not any(parts[1:]) else parts
    if not all(re.fullmatch(r"\d{1,4}", part, re.ASCII) for part in (month, year)):
        return Unreadable("form.unreadable_month")
    if len(year) != 4:
        return Unreadable("form.year_too_short")
    return f"{year}-{int(month):02}" if 1 <= int(month) <= 12 else Unreadable("form.no_such_month")


def month_typed(_: Field, value: Any) -> Typed:
    return split_month(str(value))


def month_told(_: Field, value: Any, language: str) -> str:
    """In words. Nghị định 30/2020/NĐ-CP, Phụ lục I: the months 1 and 2 are written with a 0 before them."""
    found = _ISO_MONTH.fullmatch(str(value))
    if not found or not 1 <= int(found.group(2)) <= 12 or int(found.group(1)) < 1:
        return str(value)
    year, month = int(found.group(1)), int(found.group(2))
    if language == "en":
        return format_skeleton("yMMMM", date(year, month, 1), locale="en")
    return f"tháng {month:02} năm {year}" if month <= 2 else f"tháng {month} năm {year}"


def read_time(_: Field, typed: Typed) -> str | Unreadable | None:
    """The time as 15:30; "15h30", "15 giờ 30", "9h" are understood."""
    text = re.sub(r"\s*giờ\s*", ":", first(typed)).removesuffix("phút").strip()
    if not text:
        return None
    found = _CLOCK.fullmatch(text)
    if not found or int(found.group(1)) > 23 or int(found.group(2) or 0) > 59:
        return Unreadable("form.unreadable_time")
    return f"{int(found.group(1)):02}:{found.group(2) or '00'}"


def time_typed(_: Field, value: Any) -> Typed:
    return (str(value),)


def time_told(_: Field, value: Any, __: str) -> str:
    return str(value)


DATE = Kind(
    "date",
    {"type": "string", "format": "date"},
    "date",
    read_date,
    date_typed,
    date_told,
    parts=DATE_PARTS,
    split=split_day,
)
MONTH = Kind(
    "month",
    {"type": "string", "format": "month"},
    "date",
    read_month,
    month_typed,
    month_told,
    parts=MONTH_PARTS,
    split=split_month,
)
TIME = Kind(
    "time",
    {"type": "string", "format": "local-time"},
    "input",
    read_time,
    time_typed,
    time_told,
    attributes={"inputmode": "numeric", "size": "8"},
)
