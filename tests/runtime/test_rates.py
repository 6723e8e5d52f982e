"""Fees in another currency: the rate of the day on which they are paid, kept with the act that read it.

Circular 25/2021/TT-BTC art. 4(2): the buying rate on the day of payment, or at the end of the last working day
before it; 27 and 30 April and 1 May 2026 are holidays.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event, select

from common.clock import ZONE
from common.identity.actor import machine
from common.money import Money
from common.problems import Refusal
from procedure_library.rates import DayRate, RateRow, Series, record_rates
from rules_dsl.evaluation import Evaluation
from rules_dsl.unknown import Unknown
from runtime import applications, dossiers
from runtime.differences import AmountChange, difference
from runtime.models.applications import Application
from runtime.models.dossiers import Dossier, DossierEvent, EvaluationRow
from runtime.models.money import Charge, Payment
from runtime.models.tasks import Task
from runtime.quotes import Quote, quote
from runtime.replay import replay, verify
from tests.runtime.small import RULES, SUPPLEMENT
from tests.runtime.town import Town, publish_small

USD = Series("usd_buying", "USD", "VND")
IN_DOLLARS = (
    RULES.format(supplement=SUPPLEMENT["pause"])
    .replace("pay 2_000 VND\n  times person.copies", "pay 145 USD at usd_buying")
    .replace(
        "charge copies",
        """let paying_on = (dossier.paid_on otherwise dossier.received_on)
rate usd_buying "Tỷ giá mua USD" USD to VND on last_working_day(paying_on) cites "Circular 25/2021, art. 4(2)"
charge copies""",
    )
)
PUBLISHED = {24: "26080", 28: "26105", 29: "26110"}
BY = machine("test")


def at(day: int, month: int = 4, hour: int = 9) -> datetime:
    return datetime(2026, month, day, hour, 0, tzinfo=ZONE)


def put(town: Town, day: date, value: str) -> int:
    rate = DayRate(day, Decimal(value), "Vietcombank")
    (row,) = record_rates(town.session, USD, [rate], by=BY, at=at(4, 5))
    town.session.flush()
    return row.id


@pytest.fixture
def abroad(town: Town) -> Town:
    """The small procedure asks for 145 USD, to be paid in đồng."""
    publish_small(town.session, at(1), date(2026, 4, 1), rules=IN_DOLLARS)
    for day, value in PUBLISHED.items():
        put(town, date(2026, 4, day), value)
    return town


def signed(town: Town, when: datetime) -> Dossier:
    """Received and granted at that instant; the cashier comes next."""
    dossier = town.received(when)
    for outcome in ("fit", "granted"):
        assert isinstance(town.complete(dossier, outcome, when), Task)
    return dossier


def paid(town: Town, dossier: Dossier) -> int:
    (payment,) = town.all(Payment, dossier_id=dossier.id)
    return int(payment.amount)


@pytest.mark.parametrize(
    ("paid_on", "amount"),
    [
        (at(28), 3_785_225),
        (at(27), 3_781_600),
        (at(1, 5), 3_785_950),
        (at(29), 3_785_950),
        (at(3, 5), 3_785_950),
        (at(4, 5), 3_783_775),
    ],
)
def test_the_rate_is_that_of_the_day_of_payment(abroad: Town, paid_on: datetime, amount: int) -> None:
    put(abroad, date(2026, 5, 4), "26095")
    dossier = signed(abroad, at(24))
    assert isinstance(abroad.complete(dossier, "collected", paid_on), Task)
    assert paid(abroad, dossier) == amount
    assert replay(abroad.session, dossier) == verify(abroad.session, dossier) == ()


def test_a_missing_rate_blocks_and_says_which(abroad: Town) -> None:
    dossier = signed(abroad, at(28))
    refused = abroad.complete(dossier, "collected", at(4, 5))
    title = "Tỷ giá mua USD"
    assert refused == Refusal("dossiers.rate_missing", {"rate": title, "rate_en": title, "day": "04/05/2026"})
    assert abroad.all(Payment, dossier_id=dossier.id) == []
    put(abroad, date(2026, 5, 4), "26095")
    assert isinstance(abroad.complete(dossier, "collected", at(4, 5)), Task)
    assert paid(abroad, dossier) == 3_783_775


def test_reception_goes_on_without_the_rate(abroad: Town) -> None:
    """What is to be paid is not known yet; it is worked out where it is collected."""
    dossier = abroad.received(at(6, 5))
    assert abroad.all(Charge, dossier_id=dossier.id) == []
    assert dossier.due_at is not None


def test_the_act_keeps_the_row_it_read(abroad: Town) -> None:
    dossier = signed(abroad, at(28))
    abroad.complete(dossier, "collected", at(29))
    row = abroad.session.scalars(select(RateRow).where(RateRow.day == date(2026, 4, 29))).one()
    act = abroad.session.get_one(DossierEvent, (dossier.id, dossier.events))
    (reading,) = act.record["readings"]
    assert reading["rates"] == {"usd_buying.2026-04-29": row.id}
    read = Evaluation.from_json(abroad.session.get_one(EvaluationRow, (dossier.id, act.number, 1)).body)
    assert [(used.on, used.value, used.version, used.cites) for used in read.used.rates] == [
        (date(2026, 4, 29), Decimal(26110), row.id, ("Vietcombank",))
    ]


def test_a_later_correction_leaves_history_as_it_was(abroad: Town) -> None:
    dossier = signed(abroad, at(28))
    abroad.complete(dossier, "collected", at(29))
    put(abroad, date(2026, 4, 29), "26120")
    put(abroad, date(2026, 4, 28), "26115")
    assert replay(abroad.session, dossier) == verify(abroad.session, dossier) == ()
    later = signed(abroad, at(28))
    abroad.complete(later, "collected", at(29))
    assert paid(abroad, later) == 145 * 26_120


def test_a_rate_that_came_later_was_not_known_then(abroad: Town) -> None:
    dossier = abroad.received(at(6, 5))
    put(abroad, date(2026, 5, 6), "26100")
    assert verify(abroad.session, dossier) == ()


def test_an_applicant_is_told_what_it_costs_today(abroad: Town) -> None:
    application = abroad.begun(at=at(28))
    told = quote(abroad.session, application, at(28))
    assert isinstance(told, Quote)
    assert told.totals == (Money(3_785_225),)
    unknown = quote(abroad.session, application, at(4, 5))
    assert isinstance(unknown, Quote)
    assert unknown.totals is None
    assert unknown.amounts[0].value == Unknown(("usd_buying.2026-05-04",), "rules.unknown_rate")


def changed(town: Town, dossier: Dossier, when: datetime) -> Any:
    application = town.all(Application, dossier_id=dossier.id)[0]
    return difference(town.session, application, when)


def test_a_rate_that_moves_is_no_change_of_law(abroad: Town) -> None:
    dossier = abroad.filed(at(28))
    assert changed(abroad, dossier, at(29)) is None
    received = dossiers.accept(abroad.session, dossier, by=abroad.official("reception"), at=at(29))
    assert isinstance(received, Dossier)
    assert [charge.amount for charge in abroad.all(Charge, dossier_id=dossier.id)] == [3_785_225, 3_785_950]
    assert verify(abroad.session, dossier) == ()


def test_a_change_of_law_is_told_beside_a_moving_rate(abroad: Town) -> None:
    dossier = abroad.filed(at(28))
    dearer = IN_DOLLARS.replace("145 USD", "155 USD")
    publish_small(abroad.session, at(28, hour=10), date(2026, 4, 29), rules=dearer)
    found = changed(abroad, dossier, at(29))
    assert [(change.before, change.after) for change in found.amounts] == [
        (Money(3_785_225), Money(155 * 26_110))
    ]
    assert isinstance(found.amounts[0], AmountChange)


def test_paying_before_reception_takes_the_rate_of_that_day(abroad: Town) -> None:
    dossier = abroad.filed(at(28))
    cashier = abroad.official("cashier")
    assert isinstance(dossiers.pay(abroad.session, dossier, by=cashier, at=at(29)), Dossier)
    assert paid(abroad, dossier) == 3_785_950
    accepted = dossiers.accept(abroad.session, dossier, by=abroad.official("reception"), at=at(5, 5))
    assert isinstance(accepted, Dossier)
    assert [charge.amount for charge in abroad.all(Charge, dossier_id=dossier.id)] == [3_785_225, 3_785_950]
    assert replay(abroad.session, dossier) == verify(abroad.session, dossier) == ()


def test_paying_before_reception_waits_for_the_rate(abroad: Town) -> None:
    dossier = abroad.filed(at(28))
    refused = dossiers.pay(abroad.session, dossier, by=abroad.official("cashier"), at=at(4, 5))
    assert isinstance(refused, Refusal)
    assert (refused.code, refused.parameters["day"]) == ("dossiers.rate_missing", "04/05/2026")
    put(abroad, date(2026, 5, 4), "26095")
    assert isinstance(
        dossiers.pay(abroad.session, dossier, by=abroad.official("cashier"), at=at(4, 5)), Dossier
    )


def test_what_was_unknown_at_filing_can_be_paid_once_it_is_known(abroad: Town) -> None:
    dossier = abroad.filed(at(6, 5))
    put(abroad, date(2026, 5, 6), "26100")
    assert isinstance(
        dossiers.pay(abroad.session, dossier, by=abroad.official("cashier"), at=at(6, 5)), Dossier
    )
    assert paid(abroad, dossier) == 145 * 26_100


def test_answers_may_change_after_paying_at_another_rate(abroad: Town) -> None:
    """What was paid keeps the rate of its day: only the law could make it another amount."""
    dossier = abroad.filed(at(28))
    citizen, reception = abroad.citizen(), abroad.official("reception")
    dossiers.pay(abroad.session, dossier, by=abroad.official("cashier"), at=at(29))
    dossiers.return_for_completion(abroad.session, dossier, reason="Thiếu bản sao", by=reception, at=at(29))
    application = abroad.all(Application, dossier_id=dossier.id)[0]
    again = applications.submit(abroad.session, application, by=citizen, at=at(4, 5))
    assert isinstance(again, Dossier), again
    assert verify(abroad.session, dossier) == ()


def test_only_the_days_that_are_asked_are_read(abroad: Town) -> None:
    dossier = signed(abroad, at(24))
    asked: list[Any] = []

    def listen(_c: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        if "FROM rates" in statement:
            asked.append(sorted(value for value in parameters.values() if isinstance(value, date)))

    connection = abroad.session.connection()
    event.listen(connection, "before_cursor_execute", listen)
    try:
        abroad.complete(dossier, "collected", at(28))
    finally:
        event.remove(connection, "before_cursor_execute", listen)
    assert asked == [[date(2026, 4, 24), date(2026, 4, 28)]]


def test_other_procedures_ask_for_no_rate(town: Town) -> None:
    asked: list[str] = []
    connection = town.session.connection()

    def listen(_c: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        asked.append(statement)

    event.listen(connection, "before_cursor_execute", listen)
    try:
        town.finished()
    finally:
        event.remove(connection, "before_cursor_execute", listen)
    assert asked
    assert not [each for each in asked if "rates" in each]


def test_days_between_stay_apart(abroad: Town) -> None:
    """Two days of one series are two rates, each found by its own day."""
    first, second = signed(abroad, at(24)), signed(abroad, at(24))
    abroad.complete(first, "collected", at(24))
    abroad.complete(second, "collected", at(24) + timedelta(days=4))
    assert (paid(abroad, first), paid(abroad, second)) == (145 * 26_080, 145 * 26_105)
