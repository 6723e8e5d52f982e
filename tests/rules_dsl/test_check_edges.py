"""Where a check begins to speak: beside each mistake what is just right, and what the finding names.

check_edges.csv has a line each: the finding ("": none), some of what it names, and rules with ‸ where it points
to. `C:`, `F:`, `T:` stand for the head of a condition, a charge, a term; curly quotes for straight ones.
"""

import csv
from pathlib import Path

import pytest

from rules_dsl.checks import check
from rules_dsl.facts import scope
from rules_dsl.parser import parse
from tests.rules_dsl.edges import FORM, spelt_out
from tests.rules_dsl.world import NUMBER, TEXT, form, reference

HERE = "‸"
# Filled at a later step.
LATER = form(decision_note=TEXT, building=form(height=NUMBER))
KNOWN = scope(FORM, whole={**FORM, "properties": {**FORM["properties"], **LATER["properties"]}})

EDGES = Path(__file__).with_name("check_edges.csv").read_text(encoding="utf-8").splitlines()
LINES = [pytest.param(*cells, id=f"{number}:{cells[0]}") for number, cells in enumerate(csv.reader(EDGES), 1)]


@pytest.mark.parametrize(("code", "names", "sample"), LINES[1:])
def test_a_finding_begins_where_the_line_says(code: str, names: str, sample: str) -> None:
    before, *rest = spelt_out(sample).split(HERE)
    columns = [len(before) + sum(map(len, rest[:number])) + 1 for number in range(len(rest))]
    parsed = parse("language en\n" + "".join((before, *rest)))
    assert parsed.findings == ()
    findings = check(parsed.rules, KNOWN, reference())
    assert [(finding.code, finding.column) for finding in findings] == [(code, column) for column in columns]
    for name, value in (pair.split("=", 1) for pair in filter(None, names.split("; "))):
        assert str(findings[0].parameters[name]) == value
