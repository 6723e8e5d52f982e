"""Periods of a report, and the words by which an address names them."""

from datetime import date, datetime

import pytest

from common.clock import ZONE
from runtime.figures.period import Period, around, free, read

DAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("written", "since", "until", "earlier", "later"),
    [
        ("2026-03", date(2026, 3, 1), date(2026, 3, 31), "2026-02", "2026-04"),
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28), "2026-01", "2026-03"),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29), "2028-01", "2028-03"),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31), "2026-11", "2027-01"),
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31), "2025-Q4", "2026-Q2"),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31), "2026-Q3", "2027-Q1"),
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "2025", "2027"),
        (
            "2026-03-02~2026-03-10",
            date(2026, 3, 2),
            DAY,
            "2026-02-21~2026-03-01",
            "2026-03-11~2026-03-19",
        ),
    ],
)
def test_an_address_names_a_period(written: str, since: date, until: date, earlier: str, later: str) -> None:
    period = read(written)
    assert period is not None
    assert (period.since, period.until, str(period)) == (since, until, written)
    assert (str(period.earlier()), str(period.later())) == (earlier, later)


@pytest.mark.parametrize(
    "nonsense",
    [
        "",
        "2026-13",
        "2026-00",
        "2026-Q5",
        "26-03",
        "0001",
        "9999-12",
        "2026-02-30~2026-03-01",
        "~",
        "x",
        "٢٠٢٦",
    ],
)
def test_nonsense_names_none(nonsense: str) -> None:
    assert read(nonsense) is None


def test_days_given_the_wrong_way_round_are_put_right() -> None:
    assert free(DAY, date(2026, 3, 2)) == Period("free", date(2026, 3, 2), DAY)


def test_a_period_lasts_from_midnight_to_midnight_in_vietnam() -> None:
    month = around(DAY, "month")
    assert month.begins_at == datetime(2026, 3, 1, tzinfo=ZONE)
    assert month.ends_at == datetime(2026, 4, 1, tzinfo=ZONE)
