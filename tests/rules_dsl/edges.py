"""The form and the shorthands of the tables of edges: rules in a line, beside what they are about."""

from typing import Any

from tests.rules_dsl.world import DAY, MONEY, NUMBER, TEXT, YES_NO, form, one_of, rows

HEADS = {
    "C: ": 'condition c "C" requires ',
    "F: ": 'charge f "F" cites "L" ',
    "T: ": 'term t "T" cites "L" ',
    "“": '"',
    "”": '"',
}
POSITIVE = {"type": "integer", "minimum": 1}
PAPERS = rows(pages=POSITIVE, sealed=YES_NO, extra_=MONEY, sort=one_of("deed", "copy"))
FORM: dict[str, Any] = form(
    count=POSITIVE,
    zero={"type": "integer", "minimum": 0},
    any_number={"type": "integer"},
    area=NUMBER,
    price=MONEY,
    dollars={"type": "integer", "minimum": 0, "x-motcua-currency": "USD"},
    born_on=DAY,
    called_at={"type": "string", "format": "date-time"},
    opens_at={"type": "string", "format": "local-time"},
    own=YES_NO,
    kind=one_of("house", "shop", "farm"),
    way=one_of("post", "mail"),
    ways={"type": "array", "items": {"enum": ["post", "mail"]}},
    place=TEXT,
    note_=TEXT,
    spare_=POSITIVE,
    colour_=one_of("red", "blue"),
    spouse_=form(born_on=DAY, age_={"type": "integer"}),
    papers=PAPERS,
    visits={"type": "array", "minItems": 1, "items": form(days=POSITIVE)},
    # Required in some cases only.
    floors_=POSITIVE,
    garden_=MONEY,
)
FORM["allOf"] = [
    {
        "if": {"properties": {"kind": {"enum": ["house", "farm"]}}, "required": ["kind"]},
        "then": {"required": ["floors"]},
    },
    {"if": {"required": ["spouse"]}, "then": {"required": ["garden"]}},
]


def spelt_out(sample: str) -> str:
    """The rules with their heads and straight quotes."""
    for short, whole in HEADS.items():
        sample = sample.replace(short, whole)
    return sample
