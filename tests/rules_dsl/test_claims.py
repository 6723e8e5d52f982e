"""What must always hold is checked like any condition, and is no rule to work out."""

import pytest

from rules_dsl.checks import check
from rules_dsl.compiler import compile_rules
from rules_dsl.facts import scope
from rules_dsl.formatter import format_rules
from rules_dsl.parser import parse
from tests.rules_dsl.counter import FORM
from tests.rules_dsl.world import reference

FEE = 'fee f cites "L" pay price at most 5_000_000 VND '


def codes(claim: str) -> list[str]:
    parsed = parse(f"language en {FEE} always {claim}")
    assert parsed.findings == ()
    return [finding.code for finding in check(parsed.rules, scope(FORM), reference())]


@pytest.mark.parametrize(
    "claim",
    [
        "f <= 5_000_000 VND",
        "not poor or f >= 0 VND",
        "f never falls as price rises",
        "f never rises as dossier.received_on rises",
        "f never falls as opens_at rises",
        'f <= 5_000_000 VND cites "TT 257/2016/TT-BTC"',
    ],
)
def test_a_claim_is_a_condition_or_says_how_an_amount_follows_a_fact(claim: str) -> None:
    assert codes(claim) == []


@pytest.mark.parametrize(
    ("claim", "code"),
    [
        ("f <= born_on", "rules.kinds_not_compared"),
        ("f", "rules.wrong_kind"),
        ("g <= 5 VND", "rules.unknown_name_alone"),
        ('note = "x" or f > 5 VND', "rules.may_be_absent"),
        ("f <= 5 USD", "rules.units_do_not_mix"),
        ("kind never falls as price rises", "rules.wrong_kind"),
        ("f never falls as kind rises", "rules.wrong_kind"),
        ("f never falls as prise rises", "rules.unknown_name"),
    ],
)
def test_what_is_wrong_with_a_claim_is_told(claim: str, code: str) -> None:
    assert codes(claim) == [code]


def test_claims_are_no_rules_to_work_out_and_may_be_many() -> None:
    parsed = parse(f"language en {FEE} always f <= 5_000_000 VND always f >= 0 VND")
    assert check(parsed.rules, scope(FORM), reference()) == ()
    assert list(compile_rules(parsed.rules, scope(FORM)).rules) == ["f"]


def test_claims_are_written_in_both_languages() -> None:
    parsed = parse(f"language en {FEE} always f never falls as price rises always f <= 5_000_000 VND")
    assert format_rules(parsed.rules, "vi").splitlines()[-3:] == [
        "luôn_luôn f không_giảm_khi price tăng",
        "",
        "luôn_luôn f <= 5_000_000 VND",
    ]
