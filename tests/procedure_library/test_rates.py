"""Published rates: one for each day, corrected by further rows, read by day and never as a whole."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import psycopg
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, ProgrammingError
from sqlalchemy.orm import Session

from common.audit import AuditRow
from common.clock import ZONE
from common.identity.actor import Actor, machine
from procedure_library import rates
from procedure_library.loading import load_library
from procedure_library.models import Version
from procedure_library.rate_series import known_series, missing_days, note_series, readers_of
from procedure_library.rates import (
    DayRate,
    Series,
    history_between,
    ids_of,
    latest_rate,
    rates_for,
    rates_of_rows,
    record_rates,
)
from procedure_library.ready_made import national_calendar
from rules_dsl.evaluation import PublishedRate
from tests.support.server import Addresses

USD = Series("usd_buying", "USD", "VND")
EUR = Series("usd_buying", "EUR", "VND")
AT = datetime(2026, 5, 4, 9, 0, tzinfo=ZONE)
BY = machine("test")
SOURCE = "Vietcombank Hội sở chính"


def day(number: int, month: int = 4) -> date:
    return date(2026, month, number)


def put(session: Session, on: date, value: str, series: Series = USD, source: str = SOURCE) -> int:
    (row,) = record_rates(session, series, [DayRate(on, Decimal(value), source)], by=BY, at=AT)
    session.flush()
    return row.id


def test_a_rate_is_read_by_its_day(session: Session) -> None:
    put(session, day(27), "26080")
    number = put(session, day(28), "26105.5")
    assert rates_for(session, {USD: [day(28), day(30)]}) == {
        "usd_buying": {day(28): PublishedRate(Decimal("26105.5"), number, (SOURCE,))}
    }


def test_every_digit_is_kept_as_published(session: Session) -> None:
    put(session, day(28), "165.1230")
    session.expire_all()
    row = latest_rate(session, USD)
    assert row is not None
    assert str(row.value) == "165.1230"


def test_a_correction_is_a_further_row_and_counts(session: Session) -> None:
    wrong = put(session, day(28), "26015")
    right = put(session, day(28), "26105")
    found = rates_for(session, {USD: [day(28)]})
    assert found["usd_buying"][day(28)].version == right
    history = history_between(session, USD, day(1), day(30))
    assert {on: [row.id for row in rows] for on, rows in history.items()} == {day(28): [right, wrong]}
    assert rates_of_rows(session, [wrong])["usd_buying"][day(28)].value == Decimal(26015)


def test_what_was_read_then_is_found_by_its_rows(session: Session) -> None:
    put(session, day(27), "26080")
    put(session, day(28), "26105")
    found = rates_for(session, {USD: [day(27), day(28)]})
    put(session, day(28), "26110")
    assert rates_of_rows(session, ids_of(found)) == found
    assert rates_of_rows(session, ()) == {}


def test_a_name_in_other_currencies_is_another_series(session: Session) -> None:
    put(session, day(28), "26105")
    put(session, day(28), "28400", EUR)
    assert rates_for(session, {EUR: [day(28)]})["usd_buying"][day(28)].value == Decimal(28400)
    assert rates_for(session, {Series("usd_selling", "USD", "VND"): [day(28)]}) == {}


def test_nothing_asked_is_nothing_read(session: Session) -> None:
    assert rates_for(session, {}) == rates_for(session, {USD: []}) == {}


def test_the_act_is_audited_once_with_its_days(session: Session) -> None:
    by = Actor(None, "Trần Thu", "machine")
    days = [DayRate(day(28), Decimal(26105), SOURCE), DayRate(day(27), Decimal(26080), SOURCE)]
    record_rates(session, USD, days, by=by, at=AT)
    session.flush()
    (act,) = session.scalars(select(AuditRow))
    assert (act.act, act.actor, act.subject_kind, act.subject_key) == (
        "rates.recorded",
        "Trần Thu",
        "rates",
        "usd_buying",
    )
    assert act.details == {
        "currencies": "USD/VND",
        "count": 2,
        "since": "2026-04-27",
        "until": "2026-04-28",
    }


def test_a_rate_is_above_zero(session: Session) -> None:
    with pytest.raises(IntegrityError):
        put(session, day(28), "0")


@pytest.mark.parametrize("statement", ["update rates set value = 1", "delete from rates", "truncate rates"])
def test_the_application_changes_no_rate(session: Session, statement: str) -> None:
    put(session, day(28), "26105")
    with pytest.raises(ProgrammingError) as refused:
        session.execute(text(statement))
    assert isinstance(refused.value.orig, psycopg.errors.InsufficientPrivilege)


def test_the_application_changes_nothing_that_versions_read(session: Session) -> None:
    with pytest.raises(ProgrammingError):
        session.execute(text("delete from version_rates"))


def test_days_are_found_by_the_index(session: Session, addresses: Addresses) -> None:
    """Fifty years of two series: what one act asks touches a handful of rows."""
    session.execute(
        text(
            "insert into rates (name, from_currency, to_currency, day, value, source, recorded_at, recorded_by)"
            " select n, 'USD', 'VND', date '1990-01-01' + d, 26000, 'x', now(), 'x'"
            " from unnest(array['usd_buying', 'usd_selling']) n, generate_series(0, 18000) d"
        )
    )
    # Only the owner may gather statistics; without any, the planner must still not read the whole table.
    question = rates._standing([("usd_buying", "USD", "VND", day(28)), ("usd_buying", "USD", "VND", day(27))])
    shown = question.compile(session.connection(), compile_kwargs={"literal_binds": True})
    plan = "\n".join(session.scalars(text(f"explain {shown}")))
    assert "ix_rates_day" in plan
    assert "Seq Scan" not in plan


def test_a_publication_notes_which_series_its_rules_read(session: Session) -> None:
    load_library(session, at=AT)
    first, second = session.scalars(select(Version).order_by(Version.id).limit(2))
    note_series(session, first, [USD])
    note_series(session, second, [USD, Series("usd_selling", "USD", "VND")])
    session.flush()
    assert known_series(session) == (USD, Series("usd_selling", "USD", "VND"))
    assert set(readers_of(session, USD)) == {first, second}
    assert readers_of(session, EUR) == ()


def test_missing_days_are_the_working_days_without_a_rate() -> None:
    calendar = national_calendar().calendar
    # 25 and 26 April are a weekend, 27 and 30 April and 1 May are holidays, 2 and 3 May a weekend.
    found = list(missing_days(calendar, {day(28)}, day(24), day(4, 5)))
    assert found == [day(24), day(29), day(4, 5)]


def test_beyond_the_calendar_no_day_is_missing() -> None:
    calendar = national_calendar().calendar
    last = calendar.covers_until
    found = list(missing_days(calendar, (), last, last + timedelta(days=10)))
    assert found == [last]
