"""The prover's promise: what it refutes is really wrong, and what it proves no answers contradict."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from common.text import Text
from rules_dsl import nodes as n
from rules_dsl.compiler import Rulebook, compile_rules
from rules_dsl.evaluation import Reference
from rules_dsl.facts import Facts, Scope, read_facts, scope
from rules_dsl.formatter import format_rules
from rules_dsl.meaning import truth_of
from rules_dsl.moment import Moment
from rules_dsl.parser import parse
from rules_dsl.prover.proof import Proof
from rules_dsl.prover.prove import prove
from rules_dsl.unknown import ABSENT, Unknown
from rules_dsl.working import Working
from rules_dsl.written import definitions_of
from tests.rules_dsl.pinning import produced
from tests.rules_dsl.promise import Typed
from tests.rules_dsl.promise_forms import Draw, forms, some_answers
from tests.rules_dsl.test_prover_meaning import QUIET, dossiers
from tests.rules_dsl.world import reference

CASES, SITUATIONS = 20, 12
LAW, TITLE = n.Law(cites=("Luật",)), Text("Quy tắc")
# What a rule comes to where a question about it fails.
COMES_TO = {"complete": "rules.no_clause", "guarded": ABSENT, "in_force": "rules.not_in_force"}


@st.composite
def gappy(draw: Draw) -> tuple[dict[str, Any], n.RuleFile]:
    """A form, and rules over it that may have gaps, dead lines and facts nobody asked about first."""
    schema = draw(forms())
    typed = Typed(draw, scope(schema))
    words = draw(st.lists(st.sampled_from(["left", "right", "ahead"]), min_size=1, max_size=3))
    options = [n.Option(word, when=typed.of("boolean", 1), law=window(draw)) for word in words]
    limits = sorted(draw(st.sets(st.integers(1, 1000), min_size=2, max_size=3)))
    kinds = st.sampled_from(["below", "up_to", "from", "above"])
    brackets = [
        n.Bracket((n.Bound(draw(kinds), n.Number(Decimal(limit))),), typed.literal("money"))
        for limit in limits
    ]
    clauses = (n.Brackets(typed.of("integer", 1), tuple(brackets)),)
    claim = n.Comparison(typed.of("integer", 1), "<=", typed.of("integer", 1))
    rules: list[n.AnyRule] = [
        n.Choice(name="way", law=LAW, options=tuple(options)),
        n.AmountRule(kind="fee", name="fee", title=TITLE, law=LAW, clauses=clauses),
        n.Condition(name="may", title=TITLE, law=LAW, requires=typed.of("boolean", 2)),
        n.Always(name="", claim=claim),
    ]
    return schema, n.RuleFile("en", tuple(rules))


def window(draw: Draw) -> n.Law:
    return n.Law() if draw(st.integers(0, 2)) else n.Law(until_on=date(2025, 12, 31))


@pytest.fixture(scope="module")
def tally() -> Iterator[Counter[str]]:
    counts: Counter[str] = Counter()
    yield counts
    print(dict(counts))
    assert counts["proved"], counts
    assert counts["refuted"], counts
    assert counts["not_decided"] <= 0.05 * (counts["proved"] + counts["refuted"]), counts


@settings(
    max_examples=CASES,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=QUIET,
)
@given(gappy(), st.data())
def test_verdicts_agree_with_trying_it_out(
    tally: Counter[str], pair: tuple[dict[str, Any], n.RuleFile], data: st.DataObject
) -> None:
    schema, written = pair
    rules, known = parse(format_rules(written)).rules, scope(schema)
    book = compile_rules(rules, known)
    every = prove(rules, known, schema, reference(), seconds=5.0)
    # Brackets that contradict each other leave no trace in a value: planted faults speak of them.
    proofs = [proof for proof in every if proof.question != "unique"]
    tally.update(proof.verdict for proof in proofs)
    for proof in proofs:
        if proof.counter_example is not None:
            assert Draft202012Validator(schema).is_valid(proof.counter_example.facts["answers"])
            facts = read_facts(known, proof.counter_example.facts)
            assert isinstance(facts, Facts)
            assert fails(proof, rules, book, facts), proof
    for facts in situations(schema, known, data):
        tally["situations"] += 1
        for proof in proofs:
            if is_proved(proof, proofs) and proof.question not in ("alive", "possible"):
                assert not fails(proof, rules, book, facts), proof
            if proof.verdict == "refuted" and proof.question in ("alive", "possible"):
                assert not applies(proof, rules, book, facts), proof


def situations(schema: dict[str, Any], known: Scope, data: st.DataObject) -> Iterator[Facts]:
    for _ in range(SITUATIONS):
        body = {"answers": produced(schema, data.draw(some_answers(schema))), "dossier": data.draw(dossiers)}
        if Draft202012Validator(schema).is_valid(body["answers"]):
            facts = read_facts(known, body)
            assert isinstance(facts, Facts)
            yield facts


def is_proved(proof: Proof, proofs: list[Proof]) -> bool:
    """A rule without a gap in its lines may have one in its brackets: both come to the same."""
    alike = (each for each in proofs if (each.rule, each.question) == (proof.rule, proof.question))
    return all(each.verdict == "proved" for each in alike)


def fails(proof: Proof, rules: n.RuleFile, book: Rulebook, facts: Facts) -> bool:
    """Whether these facts show what the question asks never to be."""
    if proof.question == "always":
        claim = next(rule for rule in rules.rules if rule.place == proof.place)
        assert isinstance(claim, n.Always)
        assert not isinstance(claim.claim, n.Monotony)
        return truth_of(claim.claim, moment(book, facts)) is False
    value = book.evaluate(proof.rule, facts, reference()).value
    return isinstance(value, Unknown) and value.code == COMES_TO[proof.question]


def applies(proof: Proof, rules: n.RuleFile, book: Rulebook, facts: Facts) -> bool:
    """Whether the line, bracket or condition that is said never to apply applies with these facts."""
    rule = book.rules[proof.rule]
    if isinstance(rule, n.Condition):
        return book.evaluate(rule.name, facts, reference()).value is True
    if isinstance(rule, n.Choice):
        work = Working(rule, moment(book, facts))
        first = next((option for option in rule.options if work.applies(option) is not False), None)
        return first is not None and first.place == proof.place and work.applies(first) is True
    return False


def moment(book: Rulebook, facts: Facts) -> Moment:
    given: Reference = reference()
    return Moment(definitions_of(book.kinds), facts, given)
