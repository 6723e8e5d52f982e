"""Each check that the promise rests on is needed: with it switched off, a file passes that breaks it.

A planted fault is refused by one check alone. Without that check the file counts as sound, and a situation is
found in which a rule has no value, cannot be evaluated at all, cites no law, or changes with an order that
nobody stated.
"""

from random import Random
from typing import Any

import pytest

from rules_dsl.checks import CHECKS, check
from rules_dsl.facts import scope
from rules_dsl.nodes import RuleFile
from rules_dsl.parser import parse
from tests.rules_dsl.promise_forms import answers
from tests.rules_dsl.promise_kept import WORLD, Kept, dossier

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
    "misplaced_points": """
        interpolate price by size cites "L" at 0 VND gives 5 VND at 9 VND gives 6 VND
        fee due "x" cites "L" pay price
    """,
    "doubtful_roundings": """fee due "x" cites "L" pay rounded(worth, 0 VND)""",
    "uncovered_tables": """
        table price (kind, size) unique cites "L" row a, any gives 5 VND row b, below 5 gives 6 VND
        fee due "x" cites "L" pay price
    """,
    "misplaced_rows": """condition may "x" requires rows.pages > 1""",
    "unguarded_facts": """condition may "x" requires spare > 1""",
    "zero_divisors": """condition may "x" requires 10 / size > 1""",
    "bare_durations": """term limit "x" cites "L" 15 days""",
    "uncovered_cases": """fee due "x" cites "L" pay 5 VND when kind is a""",
    "duplicate_names": """condition may "x" requires size > 1 condition may "y" requires size > 2""",
    "wrong_order": """fee due "x" cites "L" from 2026-01-01 until 2025-01-01 pay worth""",
    "uncombined_reductions": """
        fee due "x" cites "L" pay worth reduce by 50% when kind is a reduce by 100 VND when size > 1
    """,
    "missing_citations": """fee due "x" pay worth""",
}
# Without these every rule still has its value, whatever is answered: a word that no answer is, a line that no case
# comes to. What no situation shows, no situation breaks; the file would only not mean what its author thinks.
OF_MEANING = {
    "unknown_values": """condition may "x" requires kind is c""",
    "idle_lines": """fee due "x" cites "L" pay 5 VND when kind is a pay 6 VND when kind is a otherwise pay 7 VND""",
}

SEARCHED = 300


def test_every_check_is_one_or_the_other() -> None:
    assert {each.__name__ for each in CHECKS} == {*PLANTED, *OF_MEANING}
    assert not {*PLANTED} & {*OF_MEANING}


@pytest.mark.parametrize("name", PLANTED)
def test_the_promise_needs_the_check(name: str) -> None:
    rules = read(PLANTED[name])
    others = tuple(each for each in CHECKS if each.__name__ != name)
    assert check(rules, KNOWN, WORLD)
    assert check(rules, KNOWN, WORLD, checks=others) == ()
    assert is_broken(rules)


@pytest.mark.parametrize("name", OF_MEANING)
def test_the_promise_is_kept_without_the_check(name: str) -> None:
    rules = read(OF_MEANING[name])
    others = tuple(each for each in CHECKS if each.__name__ != name)
    assert check(rules, KNOWN, WORLD)
    assert check(rules, KNOWN, WORLD, checks=others) == ()
    assert not is_broken(rules)


def test_a_file_without_a_fault_keeps_it() -> None:
    rules = read("""
        fee due "x" cites "L" exempt when kind is a otherwise pay worth times (spare otherwise 1)
        condition may "x" requires any(rows.pages > 1) or made_on < dossier.received_on
        term limit "x" cites "L" 15 calendar days
    """)
    assert check(rules, KNOWN, WORLD) == ()
    assert not is_broken(rules)


def read(text: str) -> RuleFile:
    parsed = parse("language en\n" + text)
    assert parsed.findings == ()
    return parsed.rules


def is_broken(rules: RuleFile) -> bool:
    """Whether some situation breaks the promise: by what came out, or by anything that was raised."""
    choose = Random(0)
    try:
        kept = Kept(rules, KNOWN)
        return bool(kept.lost()) or any(
            kept.broken(answers(FORM, choose), dossier(choose)) for _ in range(SEARCHED)
        )
    except Exception:
        return True
