"""Address: province and commune picked from the list of that day, and a line for what lies below them.

The parts are questions of their own, so that each is asked, judged and read by rules by itself; together they are
told in one line. Which codes there are stands in no form.
"""

from typing import Any

from form_builder.form import Field
from form_builder.kinds.blocks import read_nothing, typed_nowhere
from form_builder.kinds.choices import choice_typed, read_choice
from form_builder.kinds.kind import Kind
from form_builder.places import COMMUNE as COMMUNE_KEY
from form_builder.places import COMMUNES, LINE, LIST, told
from form_builder.places import PROVINCE as PROVINCE_KEY

LONGEST_LINE = 200


def place_told(field: Field, value: Any, _: str) -> str:
    """The place as it stands in an address, in both languages: it is what goes on an envelope."""
    return field.places.name_of(field.kind, value) if field.places else str(value)


def address_told(field: Field, value: Any, _: str) -> str:
    return told(field.places, value)


PROVINCE = Kind(
    "province",
    {"type": "string", "format": "province"},
    "place",
    read_choice,
    choice_typed,
    place_told,
    missing="form.not_chosen",
)
COMMUNE = Kind(
    "commune",
    {"type": "string", "format": "commune"},
    "place",
    read_choice,
    choice_typed,
    place_told,
    missing="form.not_chosen",
)


ADDRESS = Kind(
    "address",
    {
        "type": "object",
        LIST: COMMUNES,
        "properties": {
            PROVINCE_KEY: {
                **PROVINCE.shape,
                "title": "Tỉnh, thành phố",
                "x-motcua-en": {"title": "Province or city"},
            },
            COMMUNE_KEY: {
                **COMMUNE.shape,
                "title": "Phường, xã, đặc khu",
                "x-motcua-en": {"title": "Ward, commune or special zone"},
            },
            LINE: {
                "type": "string",
                "maxLength": LONGEST_LINE,
                "title": "Số nhà, đường, ngõ, thôn, tổ dân phố",
                "x-motcua-en": {"title": "House number, street, village"},
            },
        },
        "required": [PROVINCE_KEY, COMMUNE_KEY, LINE],
        "additionalProperties": False,
    },
    "address",
    read_nothing,
    typed_nowhere,
    address_told,
    missing="form.block_missing",
)
