"""What rules mean to the prover is what they mean: on any answers both come to the same."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
import z3
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from common.money import Money
from rules_dsl import nodes as n
from rules_dsl.checks import check
from rules_dsl.compiler import compile_rules
from rules_dsl.facts import Facts, read_facts, scope
from rules_dsl.formatter import format_rules
from rules_dsl.parser import parse
from rules_dsl.prover.logic import Term, is_plain, lifted
from rules_dsl.prover.outcomes import outcome
from rules_dsl.prover.proving import Proving
from rules_dsl.prover.symbols import Symbol
from rules_dsl.prover.worlds import Subject
from rules_dsl.unknown import ABSENT, Unknown
from rules_dsl.values import ComponentNeed, Outcome
from tests.rules_dsl.pinning import pinned, produced
from tests.rules_dsl.promise_forms import some_answers
from tests.rules_dsl.promise_rules import pairs
from tests.rules_dsl.world import local, reference

CASES, SITUATIONS = 10, 4
# The prover supposes that provinces set amounts and banks publish rates, and that numbers have as many digits as
# they need.
SUPPOSED = ("rules.unknown_parameter", "rules.unknown_rate", "rules.out_of_range")
QUIET = [
    HealthCheck.too_slow,
    HealthCheck.data_too_large,
    HealthCheck.filter_too_much,
    HealthCheck.function_scoped_fixture,
]


@pytest.fixture(scope="module")
def tally() -> Iterator[Counter[str]]:
    counts: Counter[str] = Counter()
    yield counts
    print(dict(counts))
    assert counts["compared"] >= CASES, counts


dossiers = st.builds(
    lambda at, earlier, channel: {
        "submitted_at": max(at - earlier, local("2025-01-01 00:00")).isoformat(),
        "received_at": at.isoformat(),
        "channel": channel,
        "case_type": "any",
        "charged_so_far": 0,
        "supplements": 0,
        "reduced_this_year": 0,
        "area": "00001",
    },
    st.integers(0, 2 * 365 * 24 - 1).map(lambda hours: local("2025-01-01 00:00") + timedelta(hours=hours)),
    st.integers(0, 72).map(lambda hours: timedelta(hours=hours)),
    st.sampled_from(["counter", "online", "post"]),
)


@settings(
    max_examples=CASES,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=QUIET,
)
@given(pairs(), st.data())
def test_both_meanings_agree_on_any_answers(
    tally: Counter[str], pair: tuple[dict[str, Any], n.RuleFile], data: st.DataObject
) -> None:
    schema, written = pair
    rules, known = parse(format_rules(written)).rules, scope(schema)
    # Only files that could be published count, but for facts nobody asked about first: absence is compared, too.
    assume(all(finding.code == "rules.may_be_absent" for finding in check(rules, known, reference())))
    proving = Proving(Subject(rules, known, schema, reference()))
    book = compile_rules(rules, known)
    for _ in range(SITUATIONS):
        body = {"answers": produced(schema, data.draw(some_answers(schema))), "dossier": data.draw(dossiers)}
        if not Draft202012Validator(schema).is_valid(body["answers"]):
            # A list that must be answered, and was not: no page lets that pass.
            continue
        facts = read_facts(known, body)
        assert isinstance(facts, Facts)
        symbols = {name: outcome(rule, proving.world) for name, rule in book.rules.items()}
        model = only_world(proving, body)
        if model is None:
            tally["too many rows"] += 1
            continue
        for name, symbol in symbols.items():
            value = book.evaluate(name, facts, reference()).value
            tally["compared"] += 1
            assert same(value, symbol, model, tally), (name, value, symbol)


def only_world(proving: Proving, body: dict[str, Any]) -> Any | None:
    """The solver's model of these facts. None where there are more rows than stand one by one."""
    world = proving.world
    if any(len(value) > 2 for value in body["answers"].values() if isinstance(value, list)):
        return None
    unknowns = world.planting.unknowns
    solver = z3.Solver(ctx=unknowns.ctx)
    truths = (*unknowns.assumed, *unknowns.products, *world.span, *pinned(world, body))
    solver.add(*(lifted(truth, unknowns.ctx) for truth in truths))
    assert solver.check() == z3.sat
    return solver.model()


def same(value: Outcome, symbol: Symbol, model: Any, tally: Counter[str]) -> bool:
    if isinstance(value, Unknown):
        tally[value.code] += 1
        if value.code in SUPPOSED:
            return True
        return truth(symbol.absent if value.code == ABSENT else symbol.unknown, model)
    if truth(symbol.absent, model) or truth(symbol.unknown, model):
        return False
    match value:
        case Money():
            return number(symbol.term, model) == Fraction(value.amount)
        case bool():
            return truth(symbol.term, model) is value
        case ComponentNeed():
            return truth(symbol.term, model) is value.needed
    return True


def truth(term: Term, model: Any) -> bool:
    return term if isinstance(term, bool) else z3.is_true(model.eval(term, model_completion=True))


def number(term: Term, model: Any) -> Fraction:
    return Fraction(term) if is_plain(term) else Fraction(str(model.eval(term, model_completion=True)))
