"""Whole numbers, decimals and money, typed the Vietnamese way and kept exact."""

from decimal import Decimal
from typing import Any

from common.exact_json import keeps
from common.money import EXPONENTS
from form_builder.form import Field
from form_builder.kinds.kind import Kind, Typed, Unreadable, first
from form_builder.numerals import read_number, write_number

# Years and house numbers have four digits and no dot.
GROUPED_FROM = 10_000
_UNITS = ("đồng", "vnđ", "vnd", "đ", "₫", "usd", "$")


def read_integer(_: Field, typed: Typed) -> int | Unreadable | None:
    text = first(typed)
    if not text:
        return None
    number = read_number(text)
    if number is None:
        return Unreadable("form.unreadable_integer")
    return int(number) if number == number.to_integral_value() else Unreadable("form.not_whole")


def read_decimal(_: Field, typed: Typed) -> Decimal | Unreadable | None:
    text = first(typed)
    if not text:
        return None
    number = read_number(text)
    if number is None:
        return Unreadable("form.unreadable_decimal")
    return number if keeps(number) else Unreadable("form.too_many_digits")


def read_money(field: Field, typed: Typed) -> int | Unreadable | None:
    """The amount in the currency's smallest unit, as answers keep it."""
    text = first(typed).lower()
    for unit in _UNITS:
        text = text.removesuffix(unit).strip()
    if not text:
        return None if not first(typed) else Unreadable("form.unreadable_money")
    number = read_number(text)
    if number is None:
        return Unreadable("form.unreadable_money")
    minor = number.scaleb(_exponent(field))
    return int(minor) if minor == minor.to_integral_value() else Unreadable("form.money_too_fine")


def currency_of(field: Field) -> str:
    """The currency the field asks in: VND unless the form says another that we know."""
    named = str(field.schema.get("x-motcua-currency", "VND"))
    return named if named in EXPONENTS else "VND"


def _exponent(field: Field) -> int:
    return EXPONENTS[currency_of(field)]


def _number(value: Any) -> Decimal | None:
    """The number in an answer; None when the answer, not judged yet, is something else."""
    numeric = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    return Decimal(str(value)) if numeric else None


def plain(_: Field, value: Any) -> Typed:
    number = _number(value)
    return (str(value) if number is None else write_number(number, "vi", grouped=False),)


def money_typed(field: Field, value: Any) -> Typed:
    minor = _number(value)
    return (str(value) if minor is None else write_number(minor.scaleb(-_exponent(field)), "vi"),)


def number_told(_: Field, value: Any, language: str) -> str:
    number = _number(value)
    if number is None:
        return str(value)
    return write_number(number, language, grouped=abs(number) >= GROUPED_FROM)


def money_told(field: Field, value: Any, language: str) -> str:
    minor, currency = _number(value), currency_of(field)
    if minor is None:
        return str(value)
    amount = write_number(minor.scaleb(-_exponent(field)), language)
    if language == "en":
        return f"{currency} {amount}"
    return f"{amount} đồng" if currency == "VND" else f"{amount} {currency}"


INTEGER = Kind(
    "integer",
    {"type": "integer"},
    "input",
    read_integer,
    plain,
    number_told,
    attributes={"inputmode": "numeric", "size": "10"},
)
DECIMAL = Kind(
    "decimal",
    {"type": "number", "multipleOf": Decimal("0.01")},
    "input",
    read_decimal,
    plain,
    number_told,
    attributes={"inputmode": "decimal", "size": "10"},
)
MONEY = Kind(
    "money",
    {"type": "integer", "x-motcua-currency": "VND"},
    "input",
    read_money,
    money_typed,
    money_told,
    attributes={"inputmode": "decimal", "size": "16"},
)
