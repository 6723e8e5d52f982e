"""What a choice names is read by other rules: a branch takes a way, an assignment or a fee asks which."""

import numpy as np
import pytest

from rules_dsl.checks import check
from rules_dsl.columns.batch import on_columns
from rules_dsl.columns.column import Column
from rules_dsl.evaluation import Reference
from rules_dsl.facts import scope
from rules_dsl.formatter import format_rules
from rules_dsl.parser import parse
from rules_dsl.prover.prove import prove
from rules_dsl.unknown import Unknown
from rules_dsl.values import Assignment
from tests.rules_dsl.world import INTEGER, YES_NO, book, evaluated, form, one_of, reference

FORM = form(floors=INTEGER, heritage=YES_NO, kind=one_of("house", "shop"))
KNOWN = scope(FORM)
CONSULTED = """language en
choice consultation
  needed when floors > 7 or heritage
  otherwise not_needed
assign review
  role approver when consultation is needed
  otherwise role case_officer
"""
LOW, TALL = ({"floors": floors, "heritage": False, "kind": "house"} for floors in (2, 8))


@pytest.mark.parametrize(("answers", "role"), [(LOW, "case_officer"), (TALL, "approver")])
def test_an_assignment_asks_what_a_choice_says(answers: dict[str, object], role: str) -> None:
    found = evaluated(CONSULTED, "review", FORM, answers)
    assert found.value == Assignment(role)
    assert found.used.facts["floors"] == answers["floors"]


def test_what_the_choice_does_not_know_is_not_known() -> None:
    known = book(CONSULTED, KNOWN)
    assert known.value("review", _nothing(), Reference(None)) == Unknown(
        ("floors", "heritage"), "rules.unknown_fact"
    )


def _nothing():  # type: ignore[no-untyped-def]
    from rules_dsl.facts import Facts

    return Facts({}, {}, frozenset())


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("consultation is neded", "rules.unknown_value"),
        ("consultation > 5", "rules.kinds_not_compared"),
        ("consultatoin is needed", "rules.unknown_name"),
        ("given consultation", "rules.given_needs_fact"),
    ],
)
def test_a_choice_is_asked_for_what_it_can_say(asked: str, code: str) -> None:
    parsed = parse(f"{CONSULTED} condition f requires {asked}")
    assert [finding.code for finding in check(parsed.rules, KNOWN, reference())] == [code]


def test_a_choice_by_itself_is_circular() -> None:
    parsed = parse("language en choice a left when a is left otherwise right")
    assert [finding.code for finding in check(parsed.rules, KNOWN, reference())] == ["rules.circular"]


def test_a_table_goes_by_a_choice() -> None:
    text = """language en
choice size large when floors > 7 otherwise small
table price_of (size) cites "L" row large gives 9 VND row small gives 5 VND
charge f cites "L" pay price_of"""
    assert evaluated(text, "f", FORM, TALL).value.minor == 9  # type: ignore[union-attr]
    parsed = parse(text.replace("row small gives 5 VND", ""))
    assert [f.code for f in check(parsed.rules, KNOWN, reference())] == ["rules.case_without_row"]


def test_many_dossiers_read_a_choice_on_columns() -> None:
    known = book(
        f'{CONSULTED} charge f cites "L" pay 5 VND when consultation is needed otherwise pay 1 VND', KNOWN
    )
    given = {
        "floors": Column(np.array([2, 8, 8])),
        "heritage": Column(np.array([False, True, False]), unknown=np.array([False, False, True])),
    }
    found = on_columns(known.rules["f"], known.kinds, given, Reference(None))
    assert found is not None
    assert (found.values[~found.unknown].tolist(), found.unknown.tolist()) == ([1, 5, 5], [False] * 3)


def test_the_prover_sees_through_a_choice() -> None:
    """The second line never applies: whoever has eight floors needs the consultation."""
    text = f"{CONSULTED} choice way short when consultation is needed tall when floors = 9 otherwise long"
    proofs = prove(parse(text).rules, KNOWN, FORM, reference())
    assert [(p.rule, p.question) for p in proofs if p.verdict == "refuted"] == [("way", "alive")]
    assert not [proof for proof in proofs if proof.verdict == "not_decided"]


def test_a_counter_example_through_a_choice_is_found() -> None:
    text = f"{CONSULTED} choice way short when consultation is needed long when kind is shop"
    refuted = [
        proof for proof in prove(parse(text).rules, KNOWN, FORM, reference()) if proof.verdict == "refuted"
    ]
    assert [(proof.rule, proof.question) for proof in refuted] == [("way", "complete")]


def test_both_languages_say_it() -> None:
    assert "vai_trò approver khi consultation là needed" in format_rules(parse(CONSULTED).rules, "vi")
