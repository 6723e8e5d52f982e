"""Vietnamese first, English complete, and the switch that keeps the page."""

from datetime import UTC, date, datetime

import pytest
from flask.testing import FlaskClient

from common import i18n
from common.money import Money
from common.text import Text
from tests.web import people


def test_a_page_speaks_vietnamese_until_told_otherwise(client: FlaskClient) -> None:
    page = client.get("/sign-in", headers={"Accept-Language": "en"}).text
    assert '<html lang="vi">' in page
    assert "Đăng nhập" in page


def test_the_switch_keeps_the_page_and_the_choice(client: FlaskClient) -> None:
    assert 'href="/sign-in?next=%2Fprofile&amp;language=en"' in client.get("/sign-in?next=/profile").text
    switched = client.get("/sign-in?next=/profile&language=en")
    assert (switched.status_code, switched.location) == (303, "/sign-in?next=%2Fprofile")
    page = client.get("/register").text
    assert '<html lang="en">' in page
    assert "Open an account" in page
    assert 'href="/register?language=vi"' in page


def test_a_form_that_was_sent_back_switches_to_the_form(client: FlaskClient) -> None:
    assert 'href="/register?language=en"' in people.send(client, "/register", page="/register").text
    assert 'href="/?language=en"' in client.post("/sign-out").text


def test_the_switch_leads_nowhere_else(client: FlaskClient) -> None:
    answer = client.get("//elsewhere.example/?language=en")
    assert not (answer.location or "").startswith("//")


def test_a_language_nobody_speaks_here_changes_nothing(client: FlaskClient) -> None:
    assert client.get("/sign-in?language=xx").status_code == 200


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (i18n.date_text(date(2026, 11, 21)), "21/11/2026"),
        (i18n.date_text(datetime(2026, 11, 20, 18, 0, tzinfo=UTC)), "21/11/2026"),
        (i18n.date_text(None), ""),
        (i18n.instant_text(datetime(2026, 11, 21, 8, 30, tzinfo=UTC), "vi"), "15 giờ 30, 21/11/2026"),
        (i18n.instant_text(datetime(2026, 11, 21, 8, 30, tzinfo=UTC), "en"), "15:30, 21/11/2026"),
        (i18n.instant_text(None), ""),
        (i18n.money_text(Money(36_000), "vi"), "36.000 đồng"),
        (i18n.money_text(Money(36_000), "en"), "VND 36,000"),
        (i18n.money_text(Money(123_450, "USD"), "vi"), "1.234,50 USD"),
        (i18n.money_text(Money(123_450, "USD"), "en"), "USD 1,234.50"),
        (i18n.money_text(Money(0), "vi"), "0 đồng"),
        (i18n.money_text(None), ""),
        (i18n.text_in(Text("Hộ tịch", "Civil status"), "en"), "Civil status"),
        (i18n.text_in(Text("Hộ tịch"), "en"), "Hộ tịch"),
        (i18n.text_in("Hộ tịch"), "Hộ tịch"),
        (i18n.text_in(None), ""),
    ],
)
def test_how_values_are_written(written: str, expected: str) -> None:
    assert written == expected
