"""The kinds of field a form can ask, by key, and which kind a JSON Schema is."""

from collections.abc import Mapping
from typing import Any

from form_builder.kinds.blocks import GROUP, ROWS
from form_builder.kinds.choices import BOOLEAN, CHOICE, CHOICES, DECLARATION
from form_builder.kinds.contacts import EMAIL, IDENTITY_NUMBER, PHONE, TAX_NUMBER
from form_builder.kinds.days import DATE, MONTH, TIME
from form_builder.kinds.documents import DOCUMENT, FORMAT
from form_builder.kinds.kind import Kind
from form_builder.kinds.listed import ETHNIC_GROUP, NATIONALITY
from form_builder.kinds.numbers import DECIMAL, INTEGER, MONEY
from form_builder.kinds.places import ADDRESS, COMMUNE, PROVINCE
from form_builder.kinds.words import LONG_TEXT, TEXT

KINDS: Mapping[str, Kind] = {
    kind.key: kind
    for kind in (
        TEXT,
        LONG_TEXT,
        INTEGER,
        DECIMAL,
        MONEY,
        DATE,
        MONTH,
        TIME,
        BOOLEAN,
        CHOICE,
        CHOICES,
        EMAIL,
        PHONE,
        IDENTITY_NUMBER,
        TAX_NUMBER,
        NATIONALITY,
        ETHNIC_GROUP,
        ADDRESS,
        PROVINCE,
        COMMUNE,
        DECLARATION,
        DOCUMENT,
        GROUP,
        ROWS,
    )
}
# What an author may ask for; a commune is asked in an address, with its province.
OFFERED = tuple(key for key in KINDS if key != COMMUNE.key)
BY_FORMAT = {str(kind.shape["format"]): kind.key for kind in KINDS.values() if "format" in kind.shape}


def kind_of(schema: Mapping[str, Any]) -> str:
    """The key of the kind a field's schema asks for: what it says itself, else what its type tells.

    A kind that nobody knows is asked as text; `form_builder.checks` names it.
    """
    said = schema.get("x-motcua-kind")
    if said in KINDS:
        return str(said)
    return _by_type(schema)


def _by_type(schema: Mapping[str, Any]) -> str:
    match schema.get("type"):
        case "integer":
            return MONEY.key if "x-motcua-currency" in schema else INTEGER.key
        case "number":
            return DECIMAL.key
        case "boolean":
            return DECLARATION.key if schema.get("const") is True else BOOLEAN.key
        case "object":
            return GROUP.key
        case "array":
            items = schema.get("items")
            return _of_many(items if isinstance(items, Mapping) else {})
    if "oneOf" in schema or "enum" in schema:
        return CHOICE.key
    return BY_FORMAT.get(str(schema.get("format")), TEXT.key)


def _of_many(items: Mapping[str, Any]) -> str:
    if items.get("type") == "object":
        return ROWS.key
    return DOCUMENT.key if items.get("format") == FORMAT else CHOICES.key
