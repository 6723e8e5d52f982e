"""Administrators hear in time, by mail, that the calendar ends; others do not."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import select

from common.clock import ZONE
from common.identity.models import Account
from common.jobs import Work
from config import Settings
from runtime.calendar_warning import warn
from runtime.office import Office
from tests.runtime.smtp import mail_server
from tests.runtime.town import Town

LAST = date(2026, 12, 31)


@pytest.fixture
def post(settings: Settings) -> Iterator[tuple[Settings, list[EmailMessage]]]:
    with mail_server() as (address, received):
        yield replace(settings, mail_server=address, mail_sender="Một Cửa <motcua@example.vn>"), received


def before_the_end(days: int) -> datetime:
    return datetime(2026, 12, 31, 7, 0, tzinfo=ZONE) - timedelta(days=days)


def administrator(town: Town, **changes: str) -> Account:
    account = town.session.scalars(select(Account).where(Account.login == "quantri")).one()
    for name, value in changes.items():
        setattr(account, name, value)
    return account


def test_administrators_are_told_sixty_days_ahead_and_again(
    town: Town, office: Office, post: tuple[Settings, list[EmailMessage]]
) -> None:
    settings, received = post
    administrator(town, email="quantri@example.vn")
    for days in range(65, -2, -1):
        warn(Work(town.session, before_the_end(days), office.files, settings))
    assert [mail["To"] for mail in received] == ["quantri@example.vn"] * 6
    assert received[0]["Subject"] == "Lịch làm việc chỉ còn 60 ngày, đến hết 31/12/2026"
    assert "xin xác nhận lịch năm 2027" in received[0].get_content()
    assert f"{settings.public_url}/designer/reference/calendar" in received[0].get_content()
    assert len({mail["Message-ID"] for mail in received}) == 6
    warn(Work(town.session, before_the_end(60), office.files, settings))
    assert len(received) == 6


def test_who_reads_english_is_told_in_english(
    town: Town, office: Office, post: tuple[Settings, list[EmailMessage]]
) -> None:
    settings, received = post
    administrator(town, email="quantri@example.vn", locale="en")
    warn(Work(town.session, before_the_end(60), office.files, settings))
    assert received[-1]["Subject"] == "The working calendar ends in 60 days, on 31/12/2026"


def test_without_mail_the_log_says_it(
    town: Town, office: Office, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    administrator(town, email="quantri@example.vn")
    with caplog.at_level(logging.WARNING):
        warn(Work(town.session, before_the_end(61), office.files, settings))
        assert caplog.messages == []
        warn(Work(town.session, before_the_end(60), office.files, settings))
    assert caplog.messages == [f"the working calendar ends on {LAST}"]
