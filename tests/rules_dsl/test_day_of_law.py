"""Whatever a rule gives, it may say whose law counts: that of filing, reception or decision."""

import pytest

from rules_dsl.facts import scope
from rules_dsl.formatter import format_rules
from rules_dsl.nodes import ValuedRule
from rules_dsl.parser import parse
from rules_dsl.prover.prove import prove
from tests.rules_dsl.world import INTEGER, evaluated, form, reference

FORM = form(floors=INTEGER)
# The law changed on 1 March 2026; the dossier was filed on 27 February and received on 2 March.
FILED = {"submitted_at": "2026-02-27T09:00:00+07:00"}
RULES = {
    "charge": 'charge f cites "L" {day} pay 5 VND until 2026-02-28 otherwise pay 6 VND',
    "term": 'term f cites "L" {day} 5 working days until 2026-02-28 otherwise 6 working days',
    "choice": "choice f {day} left until 2026-02-28 otherwise right",
    "assign": "assign f {day} role clerk until 2026-02-28 otherwise role officer",
    "condition": "condition f {day} requires base = 5 VND",
    "component": "component f {day} 1 original when base = 5 VND",
}
BASE = 'parameter base cites "L" 5 VND from 2020-01-01 6 VND from 2026-03-01'
OLD = {
    "charge": "5",
    "term": "5",
    "choice": "left",
    "assign": "clerk",
    "condition": "True",
    "component": "True",
}


@pytest.mark.parametrize("kind", RULES)
def test_the_law_of_the_day_of_filing_counts_where_the_rule_says_so(kind: str) -> None:
    old, new = (
        str(
            evaluated(
                f"language en {BASE} {RULES[kind].format(day=day)}", "f", FORM, {"floors": 1}, **FILED
            ).value
        )
        for day in ("as of filing", "")
    )
    assert OLD[kind] in old
    assert OLD[kind] not in new


@pytest.mark.parametrize("kind", RULES)
def test_the_day_of_law_is_written_in_both_languages(kind: str) -> None:
    rules = parse(f"language en {RULES[kind].format(day='as of decision')}").rules
    vietnamese = format_rules(rules, "vi")
    assert "tính_tại ngày_quyết_định" in vietnamese
    (rule,) = parse(vietnamese).rules.rules
    assert isinstance(rule, ValuedRule)
    assert rule == rules.rules[0]
    assert rule.as_of == "decision"


def test_what_was_not_in_force_on_the_day_of_filing_is_shown() -> None:
    text = f"language en {BASE} choice f from 2020-01-01 until 2026-02-28 as of filing left"
    refuted = [p for p in prove(parse(text).rules, scope(FORM), FORM, reference()) if p.verdict == "refuted"]
    assert [(proof.rule, proof.question) for proof in refuted] == [("f", "in_force")]
    assert "dossier.submitted_on" in str(refuted[0])
