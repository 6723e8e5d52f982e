"""Generated Python gives what the written meaning of the language gives: value, trace, and what was used."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from rules_dsl import nodes as n
from rules_dsl.compiler import Rulebook, compile_rules
from rules_dsl.evaluation import Reference
from rules_dsl.facts import Facts, Scope, read_facts
from tests.rules_dsl.oracle import files as oracle_files
from tests.rules_dsl.oracle import interpreter
from tests.rules_dsl.promise_forms import some_answers
from tests.rules_dsl.promise_kept import dossiers

CASES = 120
SITUATIONS = 4


@pytest.fixture(scope="module")
def tally() -> Iterator[Counter[str]]:
    counts: Counter[str] = Counter()
    yield counts
    assert counts["evaluations"] >= CASES * SITUATIONS, counts
    assert counts["unknown"] >= counts["evaluations"] / 20, counts
    assert counts["lets"] >= CASES, counts


@settings(
    max_examples=CASES,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(oracle_files.files(), st.data())
def test_generated_code_means_what_the_interpreter_says(
    tally: Counter[str], drawn: tuple[dict[str, Any], Scope, n.RuleFile], data: st.DataObject
) -> None:
    schema, known, rules = drawn
    generated, written = compile_rules(rules, known), interpreter.compile_rules(rules, known)
    for _ in range(SITUATIONS):
        body = {"answers": data.draw(some_answers(schema)), "dossier": data.draw(dossiers)}
        facts = read_facts(known, body)
        assert isinstance(facts, Facts)
        world = data.draw(oracle_files.worlds())
        for situation in (facts, partly(facts, data)):
            tally.update(_agreed(generated, written, situation, world))


def partly(facts: Facts, data: st.DataObject) -> Facts:
    """The facts while somebody is still filling in the form."""
    everything = sorted([*facts.values, *facts.rows])
    gone = data.draw(st.sets(st.sampled_from(everything), max_size=5))
    values = {name: value for name, value in facts.values.items() if name not in gone}
    rows = {name: value for name, value in facts.rows.items() if name not in gone}
    return Facts(values, rows, facts.absent)


def _agreed(
    generated: Rulebook, written: interpreter.Rulebook, facts: Facts, world: Reference
) -> Iterator[str]:
    for name in written.rules:
        wanted = written.evaluate(name, facts, world)
        found = generated.evaluate(name, facts, world)
        assert found == wanted
        assert found.to_json() == wanted.to_json()
        assert generated.value(name, facts, world) == wanted.value
        yield "evaluations"
        if not wanted.is_known:
            yield "unknown"
    for name in generated.module.lets:
        assert generated.let(name, facts, world) == written.let(name, facts, world)
        yield "lets"
