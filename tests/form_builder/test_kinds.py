"""What people type, what is kept of it, what they see again and how it is told."""

from decimal import Decimal

import pytest

from form_builder.kinds import KINDS, kind_of
from form_builder.kinds.kind import Unreadable
from tests.form_builder.samples import field_of

CHANNELS = [
    {"const": "counter", "title": "Tại quầy", "x-motcua-en": {"title": "At the counter"}},
    {"const": "post", "title": "Bưu chính"},
]
MANY = {"type": "array", "items": {"oneOf": CHANNELS}, "uniqueItems": True}

READ = [
    ("text", {"type": "string"}, ("  Lê  Văn\tTám ",), "Lê Văn Tám"),
    ("text", {"type": "string"}, ("Huê\u0301",), "Huế"),
    ("text", {"type": "string"}, ("a\x00b\u202ec",), "abc"),
    ("text", {"type": "string"}, ("   ",), None),
    ("text", {"type": "string"}, (), None),
    ("long_text", {"type": "string", "x-motcua-kind": "long_text"}, (" một \r\n\r\nhai ",), "một\n\nhai"),
    ("integer", {"type": "integer"}, ("12",), 12),
    ("integer", {"type": "integer"}, ("1.000.000",), 1_000_000),
    ("integer", {"type": "integer"}, ("1 000 000",), 1_000_000),
    ("integer", {"type": "integer"}, ("1,000,000",), 1_000_000),
    ("integer", {"type": "integer"}, ("-3",), -3),
    ("integer", {"type": "integer"}, ("2,0",), 2),
    ("integer", {"type": "integer"}, ("2,5",), Unreadable("form.not_whole")),
    ("integer", {"type": "integer"}, ("1.00",), 1),
    ("integer", {"type": "integer"}, ("hai",), Unreadable("form.unreadable_integer")),
    ("integer", {"type": "integer"}, ("1 00",), Unreadable("form.unreadable_integer")),
    ("integer", {"type": "integer"}, ("²",), Unreadable("form.unreadable_integer")),
    ("integer", {"type": "integer"}, ("9" * 50,), Unreadable("form.unreadable_integer")),
    ("decimal", {"type": "number"}, ("2,5",), Decimal("2.5")),
    ("decimal", {"type": "number"}, ("1.200,75",), Decimal("1200.75")),
    ("decimal", {"type": "number"}, ("1,200.75",), Decimal("1200.75")),
    ("decimal", {"type": "number"}, ("2.5",), Decimal("2.5")),
    ("decimal", {"type": "number"}, ("0.125",), Decimal("0.125")),
    ("decimal", {"type": "number"}, ("1.200",), Decimal(1200)),
    ("decimal", {"type": "number"}, ("12,5 m",), Unreadable("form.unreadable_decimal")),
    ("money", {"type": "integer", "x-motcua-currency": "VND"}, ("1.500.000 đồng",), 1_500_000),
    ("money", {"type": "integer", "x-motcua-currency": "VND"}, ("1500000đ",), 1_500_000),
    (
        "money",
        {"type": "integer", "x-motcua-currency": "VND"},
        ("1.500,5",),
        Unreadable("form.money_too_fine"),
    ),
    (
        "money",
        {"type": "integer", "x-motcua-currency": "VND"},
        ("đồng",),
        Unreadable("form.unreadable_money"),
    ),
    ("money", {"type": "integer", "x-motcua-currency": "USD"}, ("1.200,50",), 120_050),
    ("date", {"type": "string", "format": "date"}, ("2", "3", "2026"), "2026-03-02"),
    ("date", {"type": "string", "format": "date"}, ("", "", ""), None),
    ("date", {"type": "string", "format": "date"}, ("31", "2", "2026"), Unreadable("form.no_such_day")),
    ("date", {"type": "string", "format": "date"}, ("29", "2", "2024"), "2024-02-29"),
    ("date", {"type": "string", "format": "date"}, ("2", "3", "26"), Unreadable("form.year_too_short")),
    ("date", {"type": "string", "format": "date"}, ("2/3/2026", "", ""), "2026-03-02"),
    ("date", {"type": "string", "format": "date"}, ("2/3/26", "", ""), Unreadable("form.year_too_short")),
    ("date", {"type": "string", "format": "date"}, ("mai", "", ""), Unreadable("form.unreadable_date")),
    ("date", {"type": "string", "format": "date"}, ("2", "", "2026"), Unreadable("form.unreadable_date")),
    ("month", {"type": "string", "format": "month"}, ("3", "2026"), "2026-03"),
    ("month", {"type": "string", "format": "month"}, ("3/2026", ""), "2026-03"),
    ("month", {"type": "string", "format": "month"}, ("tháng 3 năm 2026", ""), "2026-03"),
    ("month", {"type": "string", "format": "month"}, ("", ""), None),
    ("month", {"type": "string", "format": "month"}, ("13", "2026"), Unreadable("form.no_such_month")),
    ("month", {"type": "string", "format": "month"}, ("0", "2026"), Unreadable("form.no_such_month")),
    ("month", {"type": "string", "format": "month"}, ("3", "26"), Unreadable("form.year_too_short")),
    ("month", {"type": "string", "format": "month"}, ("3", ""), Unreadable("form.unreadable_month")),
    ("month", {"type": "string", "format": "month"}, ("ba", "2026"), Unreadable("form.unreadable_month")),
    ("time", {"type": "string", "format": "local-time"}, ("15:30",), "15:30"),
    ("time", {"type": "string", "format": "local-time"}, ("9h",), "09:00"),
    ("time", {"type": "string", "format": "local-time"}, ("15 giờ 05 phút",), "15:05"),
    ("time", {"type": "string", "format": "local-time"}, ("25:00",), Unreadable("form.unreadable_time")),
    ("boolean", {"type": "boolean"}, ("true",), True),
    ("boolean", {"type": "boolean"}, ("false",), False),
    ("boolean", {"type": "boolean"}, ("maybe",), None),
    ("choice", {"type": "string", "oneOf": CHANNELS}, ("post",), "post"),
    ("choice", {"type": "string", "oneOf": CHANNELS}, ("",), None),
    ("choice", {"type": "string", "oneOf": CHANNELS}, ("elsewhere",), "elsewhere"),
    ("choices", MANY, ("post", "counter", "post"), ["counter", "post"]),
    ("choices", MANY, (), None),
    ("email", {"type": "string", "format": "email"}, (" lan@example.vn ",), "lan@example.vn"),
    ("phone", {"type": "string", "format": "phone"}, ("+84 912.345.678",), "0912345678"),
    ("phone", {"type": "string", "format": "phone"}, ("(024) 3825-1234",), "02438251234"),
    ("phone", {"type": "string", "format": "phone"}, ("+81 90 1234 5678",), "+819012345678"),
    (
        "identity_number",
        {"type": "string", "format": "identity-number"},
        ("001 187 000 123",),
        "001187000123",
    ),
    ("tax_number", {"type": "string", "format": "tax-number"}, ("03 14 40 90 58-002",), "0314409058002"),
    ("declaration", {"type": "boolean", "const": True}, ("true",), True),
    ("declaration", {"type": "boolean", "const": True}, (), None),
]


@pytest.mark.parametrize(("kind", "schema", "typed", "answer"), READ)
def test_what_is_typed_is_read(kind, schema, typed, answer):
    field = field_of(schema)
    assert field.kind == kind
    assert KINDS[kind].read(field, typed) == answer


TOLD = [
    ({"type": "string"}, "Lê Văn Tám", ("Lê Văn Tám",), "Lê Văn Tám", "Lê Văn Tám"),
    ({"type": "integer"}, 1990, ("1990",), "1990", "1990"),
    ({"type": "integer"}, 1_234_567, ("1234567",), "1.234.567", "1,234,567"),
    ({"type": "number"}, Decimal("120.50"), ("120,50",), "120,50", "120.50"),
    (
        {"type": "integer", "x-motcua-currency": "VND"},
        1_500_000,
        ("1.500.000",),
        "1.500.000 đồng",
        "VND 1,500,000",
    ),
    ({"type": "integer", "x-motcua-currency": "USD"}, 120_050, ("1.200,50",), "1.200,50 USD", "USD 1,200.50"),
    ({"type": "string", "format": "date"}, "2026-03-02", ("02", "03", "2026"), "02/03/2026", "02/03/2026"),
    ({"type": "string", "format": "month"}, "2026-03", ("03", "2026"), "tháng 3 năm 2026", "March 2026"),
    ({"type": "string", "format": "month"}, "2026-02", ("02", "2026"), "tháng 02 năm 2026", "February 2026"),
    ({"type": "string", "format": "month"}, "2026-13", ("13", "2026"), "2026-13", "2026-13"),
    ({"type": "string", "format": "local-time"}, "15:30", ("15:30",), "15:30", "15:30"),
    (
        {"type": "string", "format": "tax-number"},
        "0314409058002",
        ("0314409058-002",),
        "0314409058-002",
        "0314409058-002",
    ),
    ({"type": "string", "format": "nationality"}, "LA", ("LA",), "Lào", "Laos"),
    ({"type": "string", "format": "nationality"}, "TW", ("TW",), "Đài Loan (Trung Quốc)", "Taiwan"),
    ({"type": "string", "format": "ethnic-group"}, "08", ("08",), "Mông", "Hmong"),
    ({"type": "boolean"}, False, ("false",), "Không", "No"),
    ({"type": "string", "oneOf": CHANNELS}, "counter", ("counter",), "Tại quầy", "At the counter"),
    ({"type": "string", "oneOf": CHANNELS}, "post", ("post",), "Bưu chính", "Bưu chính"),
    (MANY, ["counter", "post"], ("counter", "post"), "Tại quầy; Bưu chính", "At the counter; Bưu chính"),
    ({"type": "string", "format": "phone"}, "0912345678", ("0912345678",), "0912 345 678", "0912 345 678"),
    ({"type": "boolean", "const": True}, True, ("true",), "Đã cam đoan", "Declared"),
]


@pytest.mark.parametrize(("schema", "answer", "typed", "vietnamese", "english"), TOLD)
def test_an_answer_is_shown_and_told(schema, answer, typed, vietnamese, english):
    field = field_of(schema)
    kind = KINDS[field.kind]
    assert kind.typed(field, answer) == typed
    assert (kind.told(field, answer, "vi"), kind.told(field, answer, "en")) == (vietnamese, english)


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.key)
def test_the_shape_of_a_kind_is_read_as_that_kind(kind):
    assert kind_of({**kind.shape, "x-motcua-kind": kind.key}) == kind.key


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("2/3/2026", ("2", "3", "2026")),
        ("02.03.2026", ("02", "03", "2026")),
        ("02 - 03 - 2026", ("02", "03", "2026")),
        ("2026-03-02", ("02", "03", "2026")),
        ("02032026", ("02", "03", "2026")),
        ("2/3/26", ("2", "3", "26")),
        ("ngày mai", ("ngày mai", "", "")),
    ],
)
def test_a_date_typed_in_one_piece_is_split(typed, parts):
    assert KINDS["date"].split(typed) == parts


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("3/2026", ("3", "2026")),
        ("03-2026", ("03", "2026")),
        ("032026", ("03", "2026")),
        ("2026-03", ("03", "2026")),
        ("Tháng 3 năm 2026", ("3", "2026")),
        ("tháng này", ("tháng này", "")),
    ],
)
def test_a_month_typed_in_one_piece_is_split(typed, parts):
    assert KINDS["month"].split(typed) == parts
