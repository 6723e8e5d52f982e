"""The prover keeps its word: its time, its honesty, and what it supposes of provinces and banks."""

import json
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from time import monotonic
from typing import Any

import pytest

from common.money import Money
from rules_dsl.evaluation import ParameterValue, Reference
from rules_dsl.facts import scope
from rules_dsl.parser import parse
from rules_dsl.prover.judging import Judge
from rules_dsl.prover.proof import Proof, Question
from rules_dsl.prover.prove import prove
from tests.rules_dsl.world import DAY, MONEY, calendar, form, reference

FORM = form(value=MONEY, paid_on=DAY, note_={"type": "string", "maxLength": 20})
GAP = 'choice size "Size"\n  small when value < 100 VND\n  large when value > 100 VND'


def proofs(text: str, given: Reference | None = None, **options: Any) -> tuple[Proof, ...]:
    rules = parse(f"language en\n{text}\n")
    assert rules.findings == ()
    return prove(rules.rules, scope(FORM), FORM, given or reference(), **{"seconds": 20.0, **options})


def verdicts(text: str, question: Question, given: Reference | None = None) -> list[str]:
    return [proof.verdict for proof in proofs(text, given, questions=(question,))]


def test_without_time_nothing_is_decided() -> None:
    found = proofs(GAP, seconds=0.0, questions=("complete", "alive"))
    assert {(proof.verdict, proof.reason) for proof in found} == {("not_decided", "rules.reason.out_of_time")}


def test_the_time_for_all_is_kept() -> None:
    begun = monotonic()
    found = proofs("\n".join(GAP.replace("size", f"size_{number}") for number in range(200)), total=0.5)
    assert monotonic() - begun < 20
    assert found[-1].verdict == "not_decided"


def test_a_case_that_the_form_refuses_is_never_shown() -> None:
    (proof,) = proofs(GAP, questions=("complete",), judge=Judge(lambda _: False))
    assert (proof.verdict, proof.counter_example) == ("not_decided", None)
    assert proof.reason == "rules.reason.not_shown"


def test_a_case_is_written_as_json_as_it_is() -> None:
    (proof,) = proofs(GAP, questions=("complete",))
    body = json.loads(json.dumps(proof.to_json()))
    assert body["counter_example"]["facts"]["answers"] == {"value": 100, "paid_on": "2000-01-10"}
    assert (body["verdict"], body["line"], body["parameters"]["case_en"]) == ("refuted", 2, "value = 100 VND")


LOCAL = """parameter local_fee "Fee" set by province between 0 VND and 50_000 VND
fee late "Late" cites "Law" pay local_fee
always late <= 40_000 VND"""


def test_an_amount_that_nobody_has_set_may_be_any_within_its_bounds() -> None:
    (proof,) = proofs(LOCAL, questions=("always",))
    assert proof.counter_example is not None
    (supposed,) = proof.counter_example.parameters["local_fee"]
    assert 40_000 < supposed["value"]["amount"] <= 50_000


@pytest.mark.parametrize(("amount", "wanted"), [(40_000, "proved"), (45_000, "refuted")])
def test_an_amount_that_is_set_is_proved_as_it_is(amount: int, wanted: str) -> None:
    given = reference(local_fee=(ParameterValue(Money(amount)),))
    assert verdicts(LOCAL, "always", given) == [wanted]


def test_an_amount_set_for_a_part_of_the_calendar_leaves_a_gap() -> None:
    given = reference(local_fee=(ParameterValue(Money(8_000), until_on=calendar().covers_from),))
    assert verdicts(LOCAL, "in_force", given) == ["refuted"]


def test_an_amount_beyond_its_bounds_is_found() -> None:
    given = reference(local_fee=(ParameterValue(Money(60_000)),))
    assert verdicts(LOCAL, "in_force", given) == ["refuted"]


def test_a_rate_of_exchange_is_one_that_may_be_published() -> None:
    rules = """rate usd_buying "Rate" USD to VND cites "Law" on last_working_day(paid_on)
fee card "Card" cites "Law" pay 10 USD at usd_buying
always card <= 300_000 VND"""
    (proof,) = proofs(rules, questions=("always",))
    assert proof.counter_example is not None
    (published,) = proof.counter_example.rates["usd_buying"]
    assert Decimal(published["value"]) > 30_000


def test_what_depends_on_working_days_needs_a_calendar() -> None:
    rule = 'condition soon "Soon" cites "Law" requires dossier.received_on within 5 working days of paid_on'
    (proof,) = proofs(rule, Reference(None), questions=("possible",))
    assert (proof.verdict, proof.reason) == ("not_decided", "rules.reason.no_calendar")


def test_threads_do_not_get_in_each_others_way() -> None:
    alone = [proof.verdict for proof in proofs(GAP)]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda _: [proof.verdict for proof in proofs(GAP)], range(8)))
    assert together == [alone] * 8
