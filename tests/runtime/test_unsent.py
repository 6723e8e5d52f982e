"""An application that nobody sends is kept for thirty days, told of a week ahead, and then erased."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import select

from common.audit import AuditRow
from common.identity.models import Account
from common.jobs import Work
from config import Settings
from runtime import applications
from runtime.models.applications import Application
from runtime.models.papers import Document
from runtime.office import Office
from runtime.unsent import TOLD, erase, last_day, notify, tell
from tests.runtime.small import MONDAY
from tests.runtime.smtp import mail_server
from tests.runtime.town import Town, scan


class Days:
    """The nights of the house, one after the other."""

    def __init__(self, town: Town, office: Office, settings: Settings) -> None:
        self.town, self.office, self.settings = town, office, settings

    def work(self, day: int) -> Work:
        return Work(self.town.session, self.at(day), self.office.files, self.settings)

    def night(self, day: int) -> None:
        tell(self.work(day))
        erase(self.work(day))

    def at(self, day: int) -> datetime:
        return MONDAY + timedelta(days=day)

    def left(self) -> int:
        return len(self.town.all(Application))


@pytest.fixture
def days(town: Town, office: Office, settings: Settings) -> Days:
    return Days(town, office, settings)


@pytest.fixture
def post(settings: Settings) -> Iterator[tuple[Settings, list[EmailMessage]]]:
    with mail_server() as (address, received):
        yield replace(settings, mail_server=address, mail_sender="Một Cửa <motcua@example.vn>"), received


def test_it_is_there_for_thirty_days_and_no_longer(town: Town, days: Days) -> None:
    begun = town.begun()
    assert last_day(begun) == date(2026, 4, 1)
    applications.attach(
        town.session,
        begun,
        component="",
        name="a.pdf",
        source=scan(),
        limit=1000,
        by=town.citizen(),
        at=MONDAY,
    )
    for day in range(30):
        days.night(day)
        assert days.left() == 1, day
    days.night(30)
    assert (days.left(), town.all(Document)) == (0, [])
    acts = [row.act for row in town.all(AuditRow, subject_key=str(begun.id))]
    assert acts[-2:] == [TOLD, "application.discarded"]


def test_who_saves_again_has_thirty_days_again(town: Town, days: Days) -> None:
    begun = town.begun()
    days.night(25)
    said = {"person": town.person(begun)}
    applications.save_page(town.session, begun, "person", said, by=town.citizen(), at=days.at(29))
    for day in range(30, 59):
        days.night(day)
    assert days.left() == 1
    days.night(59)
    assert days.left() == 0
    assert len(town.all(AuditRow, act=TOLD)) == 2


def test_papers_count_as_going_on(town: Town, days: Days) -> None:
    begun = town.begun()
    applications.attach(
        town.session,
        begun,
        component="",
        name="a.pdf",
        source=scan(),
        limit=1000,
        by=town.citizen(),
        at=days.at(20),
    )
    assert last_day(begun) == date(2026, 4, 21)


def test_nothing_is_erased_without_a_notice_however_long_no_job_ran(town: Town, days: Days) -> None:
    town.begun()
    days.night(90)
    assert days.left() == 1
    days.night(96)
    assert days.left() == 1
    days.night(97)
    assert days.left() == 0


def test_what_was_sent_stays(town: Town, days: Days) -> None:
    town.filed()
    days.night(23)
    days.night(400)
    assert days.left() == 1


def test_the_owner_is_told_the_day_by_mail(
    town: Town, office: Office, post: tuple[Settings, list[EmailMessage]]
) -> None:
    settings, received = post
    begun, days = town.begun(), Days(town, office, settings)
    account = town.session.scalars(select(Account).where(Account.login == "congdan")).one()
    account.email = "lan@example.vn"
    notify(days.work(10), begun.id)
    assert received == []
    notify(days.work(23), begun.id)
    assert received[0]["Subject"] == "Hồ sơ chưa gửi sẽ bị xóa sau ngày 01/04/2026"
    assert f"{settings.public_url}/applications/{begun.id}" in received[0].get_content()
    account.locale = "en"
    notify(days.work(40), begun.id)
    assert received[1]["Subject"] == "Your unsent application will be erased after 18/04/2026"
    applications.discard(town.session, begun, by=town.citizen(), at=days.at(41))
    notify(days.work(41), begun.id)
    assert len(received) == 2
