"""E-mail, phone, identity and tax number: text with a format, typed with blanks and dots as people do."""

import re
from typing import Any

from form_builder.form import Field
from form_builder.kinds.kind import Kind, Typed, as_typed, as_written
from form_builder.kinds.words import clean
from form_builder.official_numbers import tax_number_told

_SEPARATORS = re.compile(r"[\s.\-()]")


def read_email(_: Field, typed: Typed) -> str | None:
    return clean(typed[0]) or None if typed else None


def read_phone(_: Field, typed: Typed) -> str | None:
    """Digits only; +84 becomes 0, other countries keep their +."""
    digits = _SEPARATORS.sub("", clean(typed[0])) if typed else ""
    return re.sub(r"^(\+84|0084|84(?=\d{9}$))0?", "0", digits) or None


def read_official_number(_: Field, typed: Typed) -> str | None:
    return _SEPARATORS.sub("", clean(typed[0])) or None if typed else None


def phone_told(_: Field, value: Any, __: str) -> str:
    """0912 345 678: mobile numbers in the groups in which they are read out."""
    text = str(value)
    return f"{text[:4]} {text[4:7]} {text[7:]}" if len(text) == 10 and text.isdecimal() else text


def tax_number_in_words(_: Field, value: Any, __: str) -> str:
    return tax_number_told(str(value))


def tax_number_typed(_: Field, value: Any) -> Typed:
    return (tax_number_told(str(value)),)


_DIGITS = {"inputmode": "numeric", "spellcheck": "false"}

EMAIL = Kind(
    "email",
    {"type": "string", "format": "email"},
    "input",
    read_email,
    as_typed,
    as_written,
    attributes={"type": "email", "spellcheck": "false", "autocapitalize": "none"},
)
PHONE = Kind(
    "phone",
    {"type": "string", "format": "phone"},
    "input",
    read_phone,
    as_typed,
    phone_told,
    attributes={"type": "tel", "size": "20"},
)
IDENTITY_NUMBER = Kind(
    "identity_number",
    {"type": "string", "format": "identity-number"},
    "input",
    read_official_number,
    as_typed,
    as_written,
    attributes={**_DIGITS, "size": "20"},
)
TAX_NUMBER = Kind(
    "tax_number",
    {"type": "string", "format": "tax-number"},
    "input",
    read_official_number,
    tax_number_typed,
    tax_number_in_words,
    attributes={**_DIGITS, "size": "20"},
)
