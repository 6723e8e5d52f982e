"""What comes out where it begins to be something else: just at a limit, just beside it, and with a fact missing.

evaluation_edges.csv has a line each: what comes out, answers that differ from the usual ones (`name=`: not
answered), and rules. Heads are short as in check_edges.csv; the last rule is asked.
"""

import csv
import json
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from common.money import Money
from rules_dsl.evaluation import ParameterValue, PublishedRate, Reference
from rules_dsl.facts import scope
from rules_dsl.unknown import Unknown
from tests.rules_dsl.edges import FORM, spelt_out
from tests.rules_dsl.test_generated_law import agree
from tests.rules_dsl.world import book, day, facts, reference, sound

KNOWN = scope(FORM)
ANSWERS: dict[str, Any] = {
    "count": 3,
    "zero": 0,
    "any_number": -7,
    "area": Decimal("12.5"),
    "price": 1_000_001,
    "dollars": 20,
    "born_on": "2008-02-29",
    "called_at": "2026-03-01T23:00:59+07:00",
    "opens_at": "07:30",
    "own": True,
    "kind": "house",
    "way": "post",
    "ways": ["post"],
    "place": "Hà Nội",
    "floors": 2,
    "papers": [
        {"pages": 10, "sealed": True, "sort": "deed"},
        {"pages": 2, "sealed": False, "sort": "copy", "extra": 500},
    ],
    "visits": [{"days": 2}, {"days": 5}],
}
# Received on Monday 02/03/2026 at 9; what a province has set, and what a bank has published for that day.
DOSSIER: dict[str, Any] = {
    "received_at": "2026-03-02T09:00:00+07:00",
    "submitted_at": "2026-02-27T16:30:00+07:00",
    "channel": "online",
    "case_type": "any",
    "charged_so_far": 100,
    "supplements": 1,
    "area": "00001",
}
LOCAL = {
    "lower": (
        ParameterValue(Money(3_000), until_on=day("2026-03-02"), keys=("house",)),
        ParameterValue(Money(2_000), from_on=day("2026-03-02"), keys=("shop",)),
        ParameterValue(Money(1_000), keys=("*",)),
    ),
    "early": (ParameterValue(Money(7_000), until_on=day("2026-03-01")), ParameterValue(Money(6_000))),
    "late": (ParameterValue(Money(7_000), from_on=day("2026-03-03")), ParameterValue(Money(6_000))),
    "dear": (ParameterValue(Money(9_001)),),
    "cheap": (ParameterValue(Money(999)),),
    "keyed": (
        ParameterValue(Money(20), keys=("yes", "3")),
        ParameterValue(Money(30), keys=("no", "3")),
        ParameterValue(Money(40), keys=("no", "*")),
    ),
    "factor": (ParameterValue(Decimal("1.5")),),
    "share": (ParameterValue(Decimal("2.5"), version=4, cites=("NQ 7",)),),
}
RATES = {"usd": {day("2026-03-02"): PublishedRate(Decimal("26105.5"), 3, ("VCB",))}}
WORLD: Reference = replace(reference(**LOCAL), rates=RATES)

EDGES = Path(__file__).with_name("evaluation_edges.csv").read_text(encoding="utf-8").splitlines()
LINES = [pytest.param(*cells, id=f"{number}:{cells[0]}") for number, cells in enumerate(csv.reader(EDGES), 1)]


@pytest.mark.parametrize(("outcome", "changed", "sample"), LINES[1:])
def test_what_comes_out_is_what_the_line_says(outcome: str, changed: str, sample: str) -> None:
    text = "language en\n" + spelt_out(sample)
    rules = book(text, KNOWN)
    given = facts(KNOWN, answers(changed), **DOSSIER)
    last = list(rules.rules)[-1]
    assert told(rules.value(last, given, WORLD)) == outcome
    agree(sound(text, KNOWN), KNOWN, [given], WORLD)


def answers(changed: str) -> dict[str, Any]:
    found = dict(ANSWERS)
    for name, _, value in (pair.partition("=") for pair in filter(None, changed.split("; "))):
        if value:
            found[name] = json.loads(value, parse_float=Decimal)
        else:
            del found[name]
    return found


def told(value: Any) -> str:
    if isinstance(value, Unknown):
        return " ".join((value.code.removeprefix("rules."), *value.missing))
    if isinstance(value, Money):
        return f"{value.minor} {value.currency}"
    if is_dataclass(value):
        said = ((field, getattr(value, field.name)) for field in fields(value))
        return ", ".join(f"{field.name}={part}" for field, part in said if part != field.default)
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
