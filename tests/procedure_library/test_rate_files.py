"""Files of rates: what is read, what is refused, and what would change before anything is recorded."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from common.clock import ZONE
from common.identity.actor import machine
from common.problems import Finding
from procedure_library.loading import load_library
from procedure_library.models import Version
from procedure_library.rate_entering import Changes, enter, enter_all, look_at, series_called
from procedure_library.rate_files import MOST_ROWS, Sheet, read_rates
from procedure_library.rate_series import note_series
from procedure_library.rates import DayRate, RateRow, Series, history_between

USD = Series("usd_buying", "USD", "VND")
AT = datetime(2026, 5, 4, 9, 0, tzinfo=ZONE)
BY = machine("test")
TODAY = AT.date()
TWO_DAYS = (
    DayRate(date(2026, 4, 28), Decimal(26105), "Vietcombank"),
    DayRate(date(2026, 4, 29), Decimal("26110.5"), "Vietcombank"),
)


def rows(*lines: str) -> str:
    return "\n".join(("day,rate,source", *lines))


def sheet(*lines: str) -> Sheet:
    found = read_rates(rows(*lines))
    assert isinstance(found, Sheet), found
    return found


def told(found: object) -> list[tuple[str, str, int | None]]:
    assert isinstance(found, tuple), found
    return [(finding.code, finding.where, finding.line) for finding in found]


@pytest.mark.parametrize(
    "text",
    [
        "day,rate,source\n2026-04-28,26105,Vietcombank\n2026-04-29,26110.5,Vietcombank\n",
        "\ufeffngày;tỷ giá;nguồn\r\n28/04/2026;26105;Vietcombank\r\n\r\n29/04/2026;26110.5;Vietcombank\r\n",
        "Source\tDay\tNote\tRate\n Vietcombank \t2026-04-28\t\t26105\nVietcombank\t29/4/2026\t\t26110.5",
        (
            '{"rates": [{"day": "2026-04-28", "rate": 26105, "source": "Vietcombank"},'
            ' {"day": "2026-04-29", "rate": 26110.5, "source": "Vietcombank"}]}'
        ),
        (
            '[{"day": "2026-04-28", "rate": "26105", "source": "Vietcombank"},'
            ' {"day": "2026-04-29", "rate": 26110.5, "source": "Vietcombank"}]'
        ),
    ],
    ids=["csv", "spreadsheet", "tabs", "json", "list"],
)
def test_the_same_rates_in_every_shape(text: str) -> None:
    found = read_rates(text)
    assert isinstance(found, Sheet), found
    assert tuple(entry.rate for entry in found.entries) == TWO_DAYS


@pytest.mark.parametrize(
    ("line", "code", "where"),
    [
        ("28.04.2026,26105,V", "reference.rate_day", "day"),
        ("31/04/2026,26105,V", "reference.rate_day", "day"),
        ("0001-01-01,26105,V", "reference.rate_day", "day"),
        ("2026-04-28T09:00,26105,V", "reference.rate_day", "day"),
        ("2026-04-28,,V", "reference.rate_number", "rate"),
        ("2026-04-28,0,V", "reference.rate_number", "rate"),
        ("2026-04-28,-26105,V", "reference.rate_number", "rate"),
        ("2026-04-28,26.105.5,V", "reference.rate_number", "rate"),
        ('2026-04-28,"26,105",V', "reference.rate_number", "rate"),
        ("2026-04-28,1e9,V", "reference.rate_number", "rate"),
        ("2026-04-28,٢٦١٠٥,V", "reference.rate_number", "rate"),
        ("2026-04-28,26.105,V", "reference.rate_ambiguous", "rate"),
        ("2026-04-28,26105, ", "reference.rate_source", "source"),
        ("2026-04-28,26105", "reference.rate_source", "source"),
        (f"2026-04-28,26105,{'V' * 301}", "reference.rate_source", "source"),
    ],
)
def test_a_line_that_is_no_rate_is_told_with_its_place(line: str, code: str, where: str) -> None:
    assert told(read_rates(rows("2026-04-27,26080,V", line))) == [(code, where, 3)]


def test_everything_that_is_wrong_is_told_at_once() -> None:
    found = read_rates(rows("x,y,", "2026-04-28,26105,V", "x,26105,V"))
    assert told(found) == [
        ("reference.rate_day", "day", 2),
        ("reference.rate_number", "rate", 2),
        ("reference.rate_source", "source", 2),
        ("reference.rate_day", "day", 4),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "reference.rates_columns"),
        ("2026-04-28,26105,V", "reference.rates_columns"),
        ("day,rate\n2026-04-28,26105", "reference.rates_columns"),
        ("day,rate,source\n\n", "reference.rates_none"),
        ('day,rate,source\n"2026-04-28,26105,V', "reference.rates_unreadable"),
        ('{"rates": []}', "reference.rates_none"),
        ('{"rates": {}}', "reference.rates_shape"),
        ("[1]", "reference.rates_shape"),
        ("{", "reference.rates_unreadable"),
        ('{"rates": [{"day": "2026-04-28", "rate": NaN, "source": "V"}]}', "reference.rates_unreadable"),
        ("[" * 100_000, "reference.rates_unreadable"),
        (rows(*["2026-04-28,26105,V"] * (MOST_ROWS + 1)), "reference.rates_too_many"),
    ],
)
def test_a_file_without_rates_is_told(text: str, code: str) -> None:
    assert [finding[0] for finding in told(read_rates(text))] == [code]


@pytest.mark.parametrize("rate", ["1e400", "1E999999999", "true", "null", "[]", '"26.105"'])
def test_a_json_value_that_is_no_rate(rate: str) -> None:
    found = told(read_rates(f'{{"rates": [{{"day": "2026-04-28", "rate": {rate}, "source": "V"}}]}}'))
    assert [(code, where) for code, where, _line in found] in (
        [("reference.rate_number", "rates.0.rate")],
        [("reference.rate_ambiguous", "rates.0.rate")],
    )


def test_nothing_is_recorded_by_looking(session: Session) -> None:
    changes = look_at(session, USD, sheet("2026-04-28,26105,V"), today=TODAY)
    assert isinstance(changes, Changes)
    assert [change.kind for change in changes.each] == ["new"]
    assert session.scalar(select(func.count()).select_from(RateRow)) == 0


def test_what_stands_is_not_recorded_again_and_a_correction_is(session: Session) -> None:
    assert enter_all(session, USD, sheet("2026-04-28,26105,V", "2026-04-29,26110,V"), by=BY, at=AT) == 2
    changes = look_at(
        session,
        USD,
        sheet("2026-04-30,26120,V", "2026-04-29,26111,V", "2026-04-28,26105.0,V"),
        today=TODAY,
    )
    assert isinstance(changes, Changes)
    assert [(change.entry.day.day, change.kind) for change in changes.each] == [
        (28, "stands"),
        (29, "corrects"),
        (30, "new"),
    ]
    assert enter(session, changes, by=BY, at=AT) == 2
    history = history_between(session, USD, date(2026, 4, 1), date(2026, 4, 30))
    assert [[row.value for row in rows] for rows in history.values()] == [
        [Decimal(26105)],
        [Decimal(26111), Decimal(26110)],
        [Decimal(26120)],
    ]
    again = look_at(session, USD, sheet("2026-04-29,26111,V"), today=TODAY)
    assert isinstance(again, Changes)
    assert enter(session, again, by=BY, at=AT) == 0


@pytest.mark.parametrize(
    ("lines", "code", "line"),
    [
        (("2026-05-05,26105,V",), "reference.rate_ahead", 2),
        (("9999-12-31,26105,V",), "reference.rate_ahead", 2),
        (("2026-04-28,26105,V", "28/04/2026,26105,V"), "reference.rate_twice", 3),
        (("2026-04-28,26105,V", "2026-04-29,2611,V"), "reference.rate_leaps", 3),
        (("2026-04-25,52161,V",), "reference.rate_leaps", 2),
        (("2026-04-23,13039,V",), "reference.rate_leaps", 2),
    ],
)
def test_a_rate_that_cannot_be_is_told(
    session: Session, lines: tuple[str, ...], code: str, line: int
) -> None:
    enter_all(session, USD, sheet("2026-04-24,26080,V"), by=BY, at=AT)
    found = enter_all(session, USD, sheet(*lines), by=BY, at=AT)
    assert [(each[0], each[2]) for each in told(found)] == [(code, line)]
    assert session.scalar(select(func.count()).select_from(RateRow)) == 1


def test_a_leap_over_a_long_gap_is_no_slip(session: Session) -> None:
    enter_all(session, USD, sheet("2006-04-24,15900,V"), by=BY, at=AT)
    assert enter_all(session, USD, sheet("2026-04-24,40000,V"), by=BY, at=AT) == 1


def test_a_wrong_first_file_is_corrected_by_a_whole_one(session: Session) -> None:
    enter_all(session, USD, sheet("2026-04-27,26.08,V", "2026-04-28,26.11,V"), by=BY, at=AT)
    assert enter_all(session, USD, sheet("2026-04-27,26080,V", "2026-04-28,26110,V"), by=BY, at=AT) == 2


@pytest.fixture
def published(session: Session) -> None:
    """Two procedures: one reads the USD, both a rate called "buying", of other currencies."""
    load_library(session, at=AT)
    first, second = session.scalars(select(Version).order_by(Version.id).limit(2))
    note_series(session, first, [USD, Series("buying", "USD", "VND")])
    note_series(session, second, [Series("buying", "EUR", "VND")])
    session.flush()


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    ("name", "currencies", "expected"),
    [
        ("usd_buying", "", USD),
        ("usd_selling", "", "reference.rate_unknown"),
        ("buying", "", "reference.rate_of_several"),
        ("buying", "EUR/VND", Series("buying", "EUR", "VND")),
        ("buying", "JPY/VND", "reference.rate_unknown"),
    ],
)
def test_a_series_is_called_by_the_name_of_its_rule(
    session: Session, name: str, currencies: str, expected: object
) -> None:
    found = series_called(session, name, currencies)
    assert (found.code if isinstance(found, Finding) else found) == expected
