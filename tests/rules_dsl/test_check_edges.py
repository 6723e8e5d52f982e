"""Where a check begins to speak: beside each mistake what is just right, and what the finding names.

check_edges.csv has a line each: the finding ("": none), some of what it names, and rules with ‸ where it points
to. `C:`, `F:`, `T:` stand for the head of a condition, a charge, a term; curly quotes for straight ones.
"""

import csv
from pathlib import Path
from typing import Any

import pytest

from rules_dsl.checks import check
from rules_dsl.facts import scope
from rules_dsl.parser import parse
from tests.rules_dsl.world import DAY, MONEY, NUMBER, TEXT, YES_NO, form, one_of, reference, rows

HERE = "‸"
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
# Filled at a later step.
LATER = form(decision_note=TEXT, building=form(height=NUMBER))
KNOWN = scope(FORM, whole={**FORM, "properties": {**FORM["properties"], **LATER["properties"]}})

EDGES = Path(__file__).with_name("check_edges.csv").read_text(encoding="utf-8").splitlines()
LINES = [pytest.param(*cells, id=f"{number}:{cells[0]}") for number, cells in enumerate(csv.reader(EDGES), 1)]


@pytest.mark.parametrize(("code", "names", "sample"), LINES[1:])
def test_a_finding_begins_where_the_line_says(code: str, names: str, sample: str) -> None:
    for short, whole in HEADS.items():
        sample = sample.replace(short, whole)
    before, *rest = sample.split(HERE)
    columns = [len(before) + sum(map(len, rest[:number])) + 1 for number in range(len(rest))]
    parsed = parse("language en\n" + "".join((before, *rest)))
    assert parsed.findings == ()
    findings = check(parsed.rules, KNOWN, reference())
    assert [(finding.code, finding.column) for finding in findings] == [(code, column) for column in columns]
    for name, value in (pair.split("=", 1) for pair in filter(None, names.split("; "))):
        assert str(findings[0].parameters[name]) == value
