"""The promise: what passes the checks cannot fail on any answers the form admits."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from rules_dsl import nodes as n
from rules_dsl.checks import check
from rules_dsl.compiler import Rulebook, compile_rules
from rules_dsl.expectation import EveryDay
from rules_dsl.facts import Facts, Scope, read_facts, scope
from rules_dsl.formatter import format_rules
from rules_dsl.parser import parse
from rules_dsl.unknown import Unknown
from tests.rules_dsl.promise import pairs
from tests.rules_dsl.promise_forms import answers
from tests.rules_dsl.world import local, reference

# Reasons that lie outside the rules and the form: the calendar, the law's own dates, numbers beyond all sense.
OUTSIDE = {"rules.unknown_calendar", "rules.not_in_force", "rules.out_of_range"}
# A bank that publishes a rate every day.
WORLD = replace(reference(), rates={"usd": EveryDay(Decimal("26105.5"))})
SITUATIONS = 8
CASES = 150


@pytest.fixture(scope="module")
def tally() -> Iterator[Counter[str]]:
    counts: Counter[str] = Counter()
    yield counts
    assert counts["sound"] >= CASES / 3, counts


@settings(
    max_examples=CASES,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.function_scoped_fixture,
    ],
)
@given(pairs(), st.data())
def test_sound_rules_have_a_value_for_all_valid_answers(
    tally: Counter[str], pair: tuple[dict[str, Any], n.RuleFile], data: st.DataObject
) -> None:
    schema, written = pair
    known = scope(schema)
    parsed = parse(format_rules(written))
    assert parsed.findings == ()
    tally["files"] += 1
    if check(parsed.rules, known, reference()):
        return
    tally["sound"] += 1
    book = compile_rules(parsed.rules, known)
    for _ in range(SITUATIONS):
        given_answers = data.draw(answers(schema))
        assert Draft202012Validator(schema).is_valid(given_answers)
        blocked = list(blocks(known, book, given_answers, data.draw(dossiers)))
        assert blocked == []


def blocks(
    known: Scope, book: Rulebook, given_answers: dict[str, Any], dossier: dict[str, Any]
) -> Iterator[tuple[str, Unknown]]:
    """The rules that have no value in this situation, each with why; what lies outside them does not count."""
    facts = read_facts(known, {"answers": given_answers, "dossier": dossier})
    assert isinstance(facts, Facts), facts
    for name in book.rules:
        found = book.evaluate(name, facts, WORLD)
        assert found.reasons
        if isinstance(found.value, Unknown) and found.value.code not in OUTSIDE:
            yield name, found.value


dossiers = st.builds(
    lambda at, channel: {
        "submitted_at": at.isoformat(),
        "received_at": at.isoformat(),
        "channel": channel,
        "case_type": "any",
        "charged_so_far": 0,
        "supplements": 0,
        "reduced_this_year": 0,
        "area": "00001",
    },
    st.integers(0, 4 * 365 * 24).map(lambda hours: local("2024-01-01 00:00") + timedelta(hours=hours)),
    st.sampled_from(["counter", "online", "post"]),
)
