"""A form with fields of every kind, answers to it, and what a line of a rule is worth for them."""

from decimal import Decimal
from typing import Any

from tests.rules_dsl.world import (
    DAY,
    INSTANT,
    INTEGER,
    MONEY,
    NUMBER,
    TEXT,
    TIME,
    YES_NO,
    evaluated,
    form,
    one_of,
    rows,
)

FORM = form(
    price=MONEY,
    area=NUMBER,
    count=INTEGER,
    born_on=DAY,
    poor=YES_NO,
    opens_at=TIME,
    called_at=INSTANT,
    kind=one_of("house", "shop", "farm"),
    note_=TEXT,
    documents=rows(pages=INTEGER, copies=INTEGER, sealed=YES_NO, extra_=MONEY),
)
ANSWERS: dict[str, Any] = {
    "price": 1_000_001,
    "area": Decimal("12.5"),
    "count": 3,
    "born_on": "2008-02-29",
    "poor": False,
    "opens_at": "07:30",
    "called_at": "2026-03-01T23:00:59+07:00",
    "kind": "house",
    "documents": [
        {"pages": 10, "copies": 3, "sealed": True},
        {"pages": 2, "copies": 1, "sealed": False, "extra": 500},
    ],
}
RULES = ("charge", "term", "component", "choice", "assign")


def value(line: str, **changed: Any) -> Any:
    """The value of a rule called f: written out, or just the lines of a charge, or just a condition."""
    text = line
    if line.startswith(("pay", "per ", "exempt")):
        text = f'charge f cites "L" {line}'
    elif not line.startswith(RULES):
        text = f"condition f requires {line}"
    return evaluated(f"language en\n{text}", "f", FORM, {**ANSWERS, **changed}, charged_so_far=100).value
