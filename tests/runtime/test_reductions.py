"""What the law grants once a year: how many dossiers of the applicant had an amount reduced."""

from datetime import date, datetime
from importlib import import_module
from typing import Any

import pytest
from sqlalchemy import event, text, update

from common.clock import ZONE
from common.money import Money
from common.problems import Refusal
from runtime import dossiers
from runtime.models.dossiers import Dossier, DossierEvent
from runtime.models.money import Charge, Payment
from runtime.quotes import Quote, quote
from runtime.reductions import Asker, reduced_in_the_year
from runtime.replay import replay, verify
from tests.runtime.small import MONDAY, RULES, SUPPLEMENT
from tests.runtime.town import Town, publish_small

REDUCED = RULES.format(supplement=SUPPLEMENT["pause"]).replace(
    "times person.copies", 'times person.copies\n  reduce by 50% when person.copies = 3 cites "NQ 66"'
)
DECEMBER = datetime(2025, 12, 31, 16, 0, tzinfo=ZONE)


@pytest.fixture
def reducing(town: Town) -> Town:
    """Three copies, as everybody here asks for, cost half."""
    publish_small(town.session, MONDAY, date(2025, 2, 1), rules=REDUCED)
    return town


def counted(town: Town, dossier: Dossier, at: datetime = MONDAY) -> int | None:
    return reduced_in_the_year(town.session, Asker.of(dossier), at, dossier.id)


def end(town: Town, dossier: Dossier, *outcomes: str) -> Dossier:
    for outcome in outcomes:
        assert not isinstance(town.complete(dossier, outcome, reason="Theo quy định"), Refusal | tuple)
    return dossier


def test_an_assessment_knows_whether_it_was_reduced(reducing: Town) -> None:
    dossier = reducing.received()
    charges = reducing.all(Charge, dossier_id=dossier.id)
    assert [(charge.amount, charge.reduced) for charge in charges] == [(3000, True), (3000, True)]


def test_no_reduction_is_no_reduction(town: Town) -> None:
    dossier = town.received()
    assert {charge.reduced for charge in town.all(Charge, dossier_id=dossier.id)} == {False}


def test_earlier_dossiers_of_the_year_count(reducing: Town) -> None:
    first, second = reducing.received(), reducing.received()
    assert counted(reducing, first) == counted(reducing, second) == 1
    assert counted(reducing, reducing.filed()) == 2


def test_what_is_only_filed_does_not_count(reducing: Town) -> None:
    reducing.filed()
    assert counted(reducing, reducing.filed()) == 0


def test_each_year_begins_anew_where_the_unit_is(reducing: Town) -> None:
    reducing.received(DECEMBER)
    reducing.received(datetime(2025, 12, 31, 23, 59, tzinfo=ZONE))
    reducing.received(datetime(2026, 1, 1, 0, 0, tzinfo=ZONE))
    dossier = reducing.filed()
    assert counted(reducing, dossier) == 1
    assert counted(reducing, dossier, DECEMBER) == 2


@pytest.mark.parametrize(
    ("outcomes", "count"),
    [((), 1), (("fit",), 1), (("fit", "granted", "collected"), 1), (("fit", "refused"), 0)],
)
def test_a_reduction_that_was_not_had_does_not_count(
    reducing: Town, outcomes: tuple[str, ...], count: int
) -> None:
    end(reducing, reducing.received(), *outcomes)
    assert counted(reducing, reducing.filed()) == count


def test_a_withdrawn_dossier_gives_the_reduction_back_unless_it_was_paid(reducing: Town) -> None:
    citizen = reducing.citizen()
    unpaid, paid = reducing.received(), reducing.filed()
    for done in (
        dossiers.pay(reducing.session, paid, by=reducing.official("cashier"), at=MONDAY),
        dossiers.accept(reducing.session, paid, by=reducing.official("reception"), at=MONDAY),
        dossiers.withdraw(reducing.session, unpaid, by=citizen, at=MONDAY),
        dossiers.withdraw(reducing.session, paid, by=citizen, at=MONDAY),
    ):
        assert isinstance(done, Dossier), done
    assert counted(reducing, reducing.filed()) == 1


def test_other_people_procedures_and_cases_do_not_count(reducing: Town) -> None:
    dossier = reducing.received()
    asker = Asker.of(dossier)
    assert asker.identity_hash
    others = (
        Asker("0" * 64, None, asker.procedure_key, asker.case_type),
        Asker(asker.identity_hash, None, "other", asker.case_type),
        Asker(asker.identity_hash, None, asker.procedure_key, "other"),
    )
    assert [reduced_in_the_year(reducing.session, each, MONDAY) for each in others] == [0, 0, 0]
    assert reduced_in_the_year(reducing.session, asker, MONDAY) == 1


def test_without_an_identity_number_the_account_tells_who_it_is(reducing: Town) -> None:
    dossier = reducing.received()
    by_account = Asker(None, dossier.owner_id, dossier.procedure_key, dossier.case_type)
    assert reduced_in_the_year(reducing.session, by_account, MONDAY) == 1
    nobody = Asker(None, None, dossier.procedure_key, dossier.case_type)
    assert reduced_in_the_year(reducing.session, nobody, MONDAY) is None


ONCE = REDUCED.replace("when person.copies = 3", "when dossier.reduced_this_year = 0")


@pytest.fixture
def once(town: Town) -> Town:
    """Half price, once a year."""
    publish_small(town.session, MONDAY, date(2025, 2, 1), rules=ONCE)
    return town


def amounts(town: Town, dossier: Dossier) -> list[int]:
    return [line["amount"]["amount"] for line in dossier.state["owed"]]


def test_the_second_of_the_year_costs_all_of_it(once: Town) -> None:
    first, second = once.received(), once.received()
    assert (amounts(once, first), amounts(once, second)) == ([3000], [6000])
    next_year = once.received(datetime(2026, 12, 31, 16, 0, tzinfo=ZONE).replace(year=2027))
    assert amounts(once, next_year) == [3000]


def test_what_reception_counted_stands(once: Town) -> None:
    """Neither later dossiers nor an earlier one given up later changes it, and history is told as it was."""
    first = once.received()
    second = once.received()
    dossiers.withdraw(once.session, first, by=once.citizen(), at=MONDAY)
    third = once.received()
    assert [dossier.state.get("reduced_this_year") for dossier in (first, second, third)] == [0, 1, 0]
    for outcome in ("fit", "granted", "collected"):
        assert not isinstance(once.complete(second, outcome), Refusal | tuple)
        assert not isinstance(once.complete(third, outcome), Refusal | tuple)
    payments = [once.all(Payment, dossier_id=dossier.id)[0].amount for dossier in (second, third)]
    assert payments == [6000, 3000]
    for dossier in (first, second, third):
        assert replay(once.session, dossier) == verify(once.session, dossier) == ()


def test_an_applicant_is_told_before_sending(once: Town) -> None:
    before = quote(once.session, once.begun(), MONDAY)
    once.received()
    after = quote(once.session, once.begun(), MONDAY)
    assert isinstance(before, Quote)
    assert isinstance(after, Quote)
    assert [before.totals, after.totals] == [(Money(3000),), (Money(6000),)]


def test_two_filed_at_once_are_told_apart_at_reception(once: Town) -> None:
    first, second = once.filed(), once.filed()
    assert (amounts(once, first), amounts(once, second)) == ([3000], [3000])
    reception = once.official("reception")
    assert isinstance(dossiers.accept(once.session, first, by=reception, at=MONDAY), Dossier)
    told = dossiers.accept(once.session, second, by=reception, at=MONDAY)
    assert told == Refusal("dossiers.law_changed_since_filing", {"version": 2})


def test_procedures_that_do_not_ask_are_not_counted(town: Town) -> None:
    dossier = town.received()
    assert "reduced_this_year" not in dossier.state
    record = town.session.get_one(DossierEvent, (dossier.id, dossier.events)).record
    assert "reduced_this_year" not in record["law"]


def test_the_count_is_one_question_however_many_dossiers(reducing: Town) -> None:
    for _ in range(3):
        reducing.received()
    dossier, asked = reducing.filed(), []

    def listen(_c: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        asked.append(statement)

    connection = reducing.session.connection()
    event.listen(connection, "before_cursor_execute", listen)
    try:
        assert counted(reducing, dossier) == 3
    finally:
        event.remove(connection, "before_cursor_execute", listen)
    assert len(asked) == 1


def test_what_was_assessed_before_is_told_by_its_evaluation(reducing: Town) -> None:
    """The migration that brings the column reads it from the traces that were kept."""
    reducing.received()
    reducing.session.execute(update(Charge).values(reduced=False))
    migration = import_module("migrations.versions.0011_reduced_amounts")
    reducing.session.execute(text(migration.ASSESSED_BEFORE))
    reducing.session.expire_all()
    assert {charge.reduced for charge in reducing.all(Charge)} == {True}
