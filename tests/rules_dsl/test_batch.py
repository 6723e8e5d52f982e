"""A batch on columns gives what each dossier gives by itself, to the đồng."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from common.money import Money
from rules_dsl import nodes as n
from rules_dsl.columns.batch import on_columns
from rules_dsl.columns.column import Outcomes, columns_of
from rules_dsl.compiler import compile_rules
from rules_dsl.evaluation import Reference
from rules_dsl.facts import Facts, Scope, read_facts
from rules_dsl.unknown import Unknown
from tests.rules_dsl.oracle import files as oracle_files
from tests.rules_dsl.promise_forms import some_answers
from tests.rules_dsl.promise_kept import dossiers
from tests.rules_dsl.test_generated import partly

CASES = 60
DOSSIERS = 12


@pytest.fixture(scope="module")
def tally() -> Iterator[Counter[str]]:
    """How many batches were worked out on columns, by the kind of rule."""
    counts: Counter[str] = Counter()
    yield counts
    print(f"{counts.total() - counts['batches']} of {counts['batches']} batches on columns: {dict(counts)}")
    assert counts.total() - counts["batches"] >= counts["batches"] / 2, counts
    assert all(
        counts[kind] for kind in ("fee", "charge", "condition", "component", "choice", "term", "assign")
    ), counts


@settings(
    max_examples=CASES,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(oracle_files.files(), oracle_files.worlds(), st.data())
def test_a_batch_gives_what_each_dossier_gives(
    tally: Counter[str],
    drawn: tuple[dict[str, Any], Scope, n.RuleFile],
    world: Reference,
    data: st.DataObject,
) -> None:
    schema, known, rules = drawn
    book = compile_rules(rules, known)
    every = []
    for _ in range(DOSSIERS):
        facts = read_facts(
            known, {"answers": data.draw(some_answers(schema)), "dossier": data.draw(dossiers)}
        )
        assert isinstance(facts, Facts)
        every.append(partly(facts, data) if data.draw(st.integers(0, 2)) == 0 else facts)
    columns = columns_of(known.facts, every)
    for name, rule in book.rules.items():
        wanted = [book.value(name, facts, world) for facts in every]
        assert told(book.batch(name, columns, world)) == list(map(plain, wanted)), name
        tally["batches"] += 1
        found = on_columns(rule, book.kinds, columns, world)
        if found is not None:
            tally[book.module.kinds[name]] += 1


def plain(value: Any) -> Any:
    if isinstance(value, Unknown):
        return "unknown"
    return value.minor if isinstance(value, Money) else value


def told(outcomes: Outcomes) -> list[Any]:
    values: Sequence[Any] = outcomes.values.tolist()
    return ["unknown" if gone else value for value, gone in zip(values, outcomes.unknown, strict=True)]
