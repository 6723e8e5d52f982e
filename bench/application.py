"""The application that form benchmarks fill in: forty questions, five members of a family, five conditions."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from form_builder.form import ROW_ID, Form
from form_builder.schema import read_form

MEMBERS = 5


def _text(title: str, **more: Any) -> dict[str, Any]:
    return {
        "type": "string",
        "title": title,
        "x-motcua-en": {"title": title},
        "minLength": 1,
        "maxLength": 120,
        **more,
    }


def _choice(title: str, *values: str) -> dict[str, Any]:
    offered = [{"const": each, "title": each, "x-motcua-en": {"title": each}} for each in values]
    return {"type": "string", "title": title, "x-motcua-en": {"title": title}, "oneOf": offered}


def _format(title: str, name: str) -> dict[str, Any]:
    return {"type": "string", "title": title, "x-motcua-en": {"title": title}, "format": name}


def _number(title: str, most: int) -> dict[str, Any]:
    return {"type": "integer", "title": title, "x-motcua-en": {"title": title}, "minimum": 0, "maximum": most}


MEMBER = {
    ROW_ID: {"type": "string"},
    "name": _text("Họ tên"),
    "born_on": _format("Ngày sinh", "date"),
    "relation": _choice("Quan hệ", "spouse", "child", "parent"),
    "identity_number": _format("Số định danh", "identity-number"),
    "job": _text("Nghề nghiệp"),
}
KINDS_IN_TURN: tuple[tuple[dict[str, Any], Any], ...] = (
    (_text("Địa chỉ", pattern="^[^<>]+$"), "Thôn 3, xã Lộc Ninh"),
    (_format("Ngày cấp", "date"), "2026-03-02"),
    (_choice("Loại", "first", "second", "third"), "second"),
    (_format("Điện thoại", "phone"), "0912345678"),
    (_number("Diện tích", 10_000), 120),
    ({"type": "boolean", "title": "Có nhà ở", "x-motcua-en": {"title": "Has a house"}}, True),
    (_format("Số định danh", "identity-number"), "001085123456"),
    (_format("Thư điện tử", "email"), "lan@example.vn"),
)
QUESTIONS = 40
ASKED = 5


def _case(number: int) -> dict[str, Any]:
    """The question `number` is asked when the one of a choice before it says so; half of them are."""
    read = f"q{2 + 8 * number}"
    wanted = "second" if number % 2 else "third"
    return {
        "if": {"properties": {read: {"const": wanted}}, "required": [read]},
        "then": {"required": [f"q{7 + 8 * number}"]},
    }


def schema() -> dict[str, Any]:
    """The form of QUESTIONS questions, with MEMBERS rows expected."""
    properties = {f"q{number}": KINDS_IN_TURN[number % 8][0] for number in range(QUESTIONS)}
    family = {
        "type": "array",
        "title": "Thành viên gia đình",
        "x-motcua-en": {"title": "Family"},
        "maxItems": 20,
        "items": {
            "type": "object",
            "properties": MEMBER,
            "required": ["name", "born_on"],
            "additionalProperties": False,
        },
    }
    conditional = {f"q{7 + 8 * number}" for number in range(ASKED)}
    return {
        "type": "object",
        "properties": {**properties, "family": family},
        "required": [key for key in properties if key not in conditional],
        "additionalProperties": False,
        "allOf": [_case(number) for number in range(ASKED)],
    }


@cache
def form() -> Form:
    """Read once, as a compiled definition keeps it."""
    return read_form(schema())


def answers() -> Mapping[str, Any]:
    """Right answers to everything, those that the conditions then drop as well."""
    said = {f"q{number}": KINDS_IN_TURN[number % 8][1] for number in range(QUESTIONS)}
    member = {
        "name": "Nguyễn Thị Bình",
        "born_on": "2011-05-06",
        "relation": "child",
        "identity_number": "001311123456",
        "job": "Học sinh",
    }
    return {**said, "family": [{ROW_ID: f"r{number}", **member} for number in range(MEMBERS)]}


def spoilt() -> Mapping[str, Any]:
    """The answers with eight things wrong, three of them in the family."""
    said = dict(answers())
    first, second, *others = said["family"]
    wrong_rows = [
        {**first, "born_on": "2026-02-30", "identity_number": "12"},
        {**second, "name": ""},
        *others,
    ]
    return {
        **{key: value for key, value in said.items() if key != "q8"},
        "q0": "<b>",
        "q1": "2026-13-01",
        "q3": "12",
        "q4": 20_000,
        "family": wrong_rows,
    }
