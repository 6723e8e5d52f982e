"""What circulars mean to hold is proved: caps, floors, amounts that never fall."""

import json

import pytest

from rules_dsl.facts import scope
from rules_dsl.parser import parse
from rules_dsl.prover.prove import prove
from tests.rules_dsl.tables import SPEC
from tests.rules_dsl.world import reference


@pytest.mark.parametrize(
    ("table", "claim"),
    [
        ("R1", "always copy_charge >= 2_000 VND"),
        ("R1", "always copy_charge never falls as documents.pages rises"),
        ("R1", "always copy_charge never falls as documents.copies rises"),
        ("R3", "always notarisation <= 70_000_000 VND"),
        ("R3", "always notarisation >= 50_000 VND"),
        ("R3", "always notarisation never falls as contract.value rises"),
        ("R3b", "always notarisation never falls as contract.agreed rises"),
        ("R3b", "always notarisation never falls as contract.area rises"),
        ("R4", "always lease <= 8_000_000 VND"),
        ("R6", "luôn_luôn reduced_fee <= court_fee"),
        ("R6", "luôn_luôn court_fee <= dispute.value hoặc court_fee = 300_000 VND"),
        ("R6", "luôn_luôn advance không_giảm_khi dispute.value tăng"),
        ("R6b", "luôn_luôn court_fee không_giảm_khi dispute.value tăng"),
        ("R13", "luôn_luôn registration <= 50_000 VND"),
        ("R13", "luôn_luôn copy_charge không_giảm_khi copies tăng"),
    ],
)
def test_the_claim_is_proved(table: str, claim: str) -> None:
    form = json.loads((SPEC / f"{table}.form.json").read_text(encoding="utf-8"))
    rules = parse(f"{(SPEC / f'{table}.motcua').read_text(encoding='utf-8')}\n{claim}\n").rules
    (proof,) = prove(rules, scope(form), form, reference(), seconds=30.0, questions=("always",))
    assert (proof.verdict, proof.reason) == ("proved", None)


def test_a_claim_beyond_the_solver_is_not_taken_for_fine() -> None:
    """The product of two unknown numbers of every row, summed: true, and more than can be told in the time."""
    form = json.loads((SPEC / "R1.form.json").read_text(encoding="utf-8"))
    claim = "always copy_charge <= 200_000 VND * sum(documents.copies)"
    rules = parse(f"{(SPEC / 'R1.motcua').read_text(encoding='utf-8')}\n{claim}\n").rules
    (proof,) = prove(rules, scope(form), form, reference(), questions=("always",))
    assert proof.verdict == "not_decided"
    assert proof.counter_example is None
    assert proof.reason is not None
