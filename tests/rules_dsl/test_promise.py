"""The promise: what passes the checks cannot fail on any answers the form admits."""

from collections import Counter
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from rules_dsl import nodes as n
from rules_dsl.checks import check
from rules_dsl.facts import scope
from rules_dsl.formatter import format_rules
from rules_dsl.parser import parse
from tests.rules_dsl.promise_forms import answers
from tests.rules_dsl.promise_kept import WORLD, Kept, dossier
from tests.rules_dsl.promise_rules import pairs
from tests.rules_dsl.promise_tally import everything, table, used

CASES = 900
SITUATIONS = 3
LEAST_SOUND, LEAST_EVALUATIONS = 500, 10_000
# Written as text and read again: often enough to see that the text is no other rule than the nodes.
SPELT_OUT = 10
# No part of a sound file by itself: an example is run by the checks and nowhere else.
NEVER_ASKED = {"Example"}


class Tally:
    """What was tried: files by digest, evaluations, and what the sound files are made of."""

    def __init__(self) -> None:
        self.files = self.evaluations = 0
        self.sound: set[int] = set()
        self.made_of: Counter[str] = Counter()

    def told(self) -> str:
        heading = f"{self.files} pairs, {len(self.sound)} sound and distinct, {self.evaluations} evaluations"
        return f"{heading}\n{table(self.made_of)}"


@pytest.fixture(scope="module")
def tally(request: pytest.FixtureRequest) -> Iterator[Tally]:
    counts = Tally()
    yield counts
    with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
        print(f"\n{counts.told()}")
    assert len(counts.sound) >= LEAST_SOUND, counts.told()
    assert counts.evaluations >= LEAST_EVALUATIONS, counts.told()
    assert everything() - set(counts.made_of) == NEVER_ASKED


@settings(
    max_examples=CASES,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.function_scoped_fixture,
    ],
)
@given(pairs(), st.integers(0, 2**32))
def test_sound_rules_have_a_value_for_all_valid_answers(
    tally: Tally, pair: tuple[dict[str, Any], n.RuleFile], seed: int
) -> None:
    (schema, rules), choose = pair, Random(seed)
    known, valid = scope(schema), Draft202012Validator(schema)
    tally.files += 1
    if tally.files % SPELT_OUT == 0:
        parsed = parse(format_rules(rules))
        assert (parsed.findings, parsed.rules) == ((), rules)
    if check(rules, known, WORLD):
        return
    tally.sound.add(hash((str(schema), repr(rules))))
    tally.made_of.update(used(rules))
    kept = Kept(rules, known)
    assert kept.lost() == []
    for _ in range(SITUATIONS):
        given_answers = answers(schema, choose)
        assert valid.is_valid(given_answers)
        assert kept.broken(given_answers, dossier(choose)) == []
    tally.evaluations += kept.evaluations
