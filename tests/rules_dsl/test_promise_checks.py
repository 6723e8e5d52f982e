"""Each check that the promise rests on is needed: with it switched off, a file passes that fails on an answer.

A planted fault is refused by one check alone. Without that check the file counts as sound, and a situation is
found in which a rule has no value, or cannot be evaluated at all.
"""

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, find, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

from rules_dsl.checks import CHECKS, check
from rules_dsl.facts import scope
from rules_dsl.nodes import RuleFile
from rules_dsl.parser import parse
from tests.rules_dsl.promise_forms import answers
from tests.rules_dsl.test_promise import blocks, dossiers
from tests.rules_dsl.world import reference

FORM: dict[str, Any] = {
    "type": "object",
    "required": ["worth", "made_on", "kind", "size", "rows"],
    "properties": {
        "worth": {"type": "integer", "minimum": 0, "x-motcua-currency": "VND"},
        "made_on": {"type": "string", "format": "date"},
        "kind": {"enum": ["a", "b"]},
        "size": {"type": "integer", "minimum": 0, "maximum": 9},
        "spare": {"type": "integer", "minimum": 0, "maximum": 9},
        "rows": {
            "type": "array",
            "minItems": 0,
            "maxItems": 2,
            "items": {
                "type": "object",
                "required": ["pages"],
                "properties": {"pages": {"type": "integer", "minimum": 1, "maximum": 9}},
            },
        },
    },
}
KNOWN = scope(FORM)

# Check → a file that nothing else refuses.
PLANTED = {
    "circular_names": """
        let half = whole_part - 1
        let whole_part = half + 1
        condition may "x" requires whole_part > 3
    """,
    "unknown_names": """condition may "x" requires weight > 3""",
    "wrong_kinds": """condition may "x" requires made_on > size""",
    "mixed_currencies": """fee due "x" cites "L" pay worth + 5 USD""",
    "misfitting_cells": """
        table price (kind, size) first cites "L" row a gives 5 VND row any, any gives 6 VND
        fee due "x" cites "L" pay price
    """,
    "doubtful_roundings": """fee due "x" cites "L" pay rounded(worth, 0 VND)""",
    "uncovered_tables": """
        table price (kind, size) unique cites "L" row a, any gives 5 VND row b, below 2 gives 6 VND
        fee due "x" cites "L" pay price
    """,
    "misplaced_rows": """condition may "x" requires rows.pages > 1""",
    "unguarded_facts": """condition may "x" requires spare > 1""",
    "zero_divisors": """condition may "x" requires 10 / size > 1""",
    "bare_durations": """term limit "x" cites "L" 15 days""",
    "uncovered_cases": """fee due "x" cites "L" pay 5 VND when kind is a""",
}
# Without these every rule still has a value; the file would only not mean what its author thinks.
OF_MEANING = {
    "duplicate_names",
    "unknown_values",
    "wrong_order",
    "misplaced_points",
    "idle_lines",
    "uncombined_reductions",
    "missing_citations",
}

SITUATIONS = st.tuples(answers(FORM), dossiers)
SEARCH = settings(
    deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)
Situation = tuple[dict[str, Any], dict[str, Any]]


def test_every_check_is_one_or_the_other() -> None:
    assert {each.__name__ for each in CHECKS} == {*PLANTED} | OF_MEANING


@pytest.mark.parametrize("name", PLANTED)
def test_the_promise_needs_the_check(name: str) -> None:
    rules = read(PLANTED[name])
    others = tuple(each for each in CHECKS if each.__name__ != name)
    assert check(rules, KNOWN, reference())
    assert check(rules, KNOWN, reference(), checks=others) == ()
    assert find(SITUATIONS, lambda situation: fails(rules, situation), settings=SEARCH)


def test_a_file_without_a_fault_fails_nowhere() -> None:
    rules = read("""
        fee due "x" cites "L" exempt when kind is a otherwise pay worth times (spare otherwise 1)
        condition may "x" requires any(rows.pages > 1) or made_on < dossier.received_on
        term limit "x" cites "L" 15 calendar days
    """)
    assert check(rules, KNOWN, reference()) == ()
    with pytest.raises(NoSuchExample):
        find(SITUATIONS, lambda situation: fails(rules, situation), settings=SEARCH)


def read(text: str) -> RuleFile:
    parsed = parse("language en\n" + text)
    assert parsed.findings == ()
    return parsed.rules


def fails(rules: RuleFile, situation: Situation) -> bool:
    """Whether the property of test_promise would fail here: by an unknown value, or by breaking in any way."""
    try:
        return bool(list(blocks(KNOWN, rules, *situation)))
    except Exception:
        return True
