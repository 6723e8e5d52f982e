"""An official gets at most one mail a day, on working days, of what is new and still holds."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from email.message import EmailMessage

import pytest
from sqlalchemy import update

from common.clock import ZONE
from common.identity.models import Account
from common.jobs import Work
from config import Settings
from runtime import tasks
from runtime.models.reminders import ReminderMail
from runtime.office import Office, equip
from runtime.watch.looking import LISTS
from runtime.watch.mails import send_waiting, write_mails
from runtime.watch.watching import Watch
from tests.runtime.smtp import mail_server
from tests.runtime.town import Town

Post = tuple[Settings, list[EmailMessage]]


@pytest.fixture
def post(settings: Settings, town: Town, office: Office) -> Iterator[Post]:
    equip(town.session.get_bind().engine, replace(office, sends_mail=True))
    with mail_server() as (address, received):
        yield replace(settings, mail_server=address, mail_sender="Một Cửa <motcua@example.vn>"), received


def march(day: int, hour: int = 8) -> datetime:
    return datetime(2026, 3, day, hour, 0, tzinfo=ZONE)


def addressed(town: Town) -> None:
    """Every official has an address: the login."""
    officials = update(Account).where(Account.kind == "official")
    town.session.execute(officials.values(email=Account.login.concat("@tanan.example.vn")))


def day(town: Town, office: Office, settings: Settings, at: datetime) -> None:
    """A round of the clock and one of the mails, and all that waits is sent."""
    for see in LISTS.values():
        see(Watch(town.session, at), None)
    work = Work(town.session, at, office.files, settings)
    write_mails(work)
    for mail in town.all(ReminderMail, status="waiting"):
        send_waiting(work, mail.id)


def to(received: list[EmailMessage]) -> list[str]:
    return sorted(str(mail["To"]).partition("@")[0] for mail in received)


def test_who_has_something_new_gets_one_mail_a_day(town: Town, office: Office, post: Post) -> None:
    settings, received = post
    addressed(town)
    dossier = town.received()
    officers = [town.official("case_officer", nth=n) for n in (0, 1)]
    logins = sorted(town.session.get_one(Account, by.account_id).login for by in officers)
    for hour in (5, 7, 8, 9, 16):
        day(town, office, settings, march(2, hour))
    assert to(received) == logins
    told = received[0].get_content()
    assert received[0]["Subject"] == "Nhắc việc ngày 02/03/2026: 1 hồ sơ cần lưu ý"
    assert f"– Sắp đến hạn 03/03/2026: {dossier.code}, Cấp giấy xác nhận – Bước examine" in told
    assert "http://127.0.0.1:8000/desk/reminders" in told
    # No applicant is named.
    assert "Linh" not in told
    # The next day nothing is new: nobody is written to.
    day(town, office, settings, march(3))
    assert len(received) == 2


def test_a_claimed_task_is_told_to_its_claimant_and_what_is_late_to_the_leader(
    town: Town, office: Office, post: Post
) -> None:
    settings, received = post
    addressed(town)
    officer, leader = town.official("case_officer"), town.official("leader")
    tasks.claim(town.session, town.task(town.received()), by=officer, at=march(2, 9))
    town.session.get_one(Account, officer.account_id).locale = "en"
    day(town, office, settings, march(2))
    assert [mail["Subject"] for mail in received] == ["Reminders of 02/03/2026: 1 to look at"]
    day(town, office, settings, march(4))
    assert to(received[1:]) == [town.session.get_one(Account, leader.account_id).login]
    told = received[1].get_content()
    assert told.index("Đã quá hạn 03/03/2026") < told.index("HÔM NAY là ngày cuối cùng")


def test_nobody_is_written_to_at_the_weekend_nor_in_the_night_but_nothing_is_lost(
    town: Town, office: Office, post: Post
) -> None:
    settings, received = post
    addressed(town)
    town.received(march(5))
    for at in (march(6, 0), march(6, 6), march(7), march(8)):
        day(town, office, settings, at)
    assert received == []
    day(town, office, settings, march(9))
    # By now the limit of Friday has passed: its officers hear so, and so does who leads.
    assert len(received) == 3
    assert all("– Đã quá hạn 06/03/2026" in mail.get_content() for mail in received)


def test_what_was_done_meanwhile_is_not_told(town: Town, office: Office, post: Post) -> None:
    settings, received = post
    addressed(town)
    dossier = town.received()
    for see in LISTS.values():
        see(Watch(town.session, march(2)), None)
    work = Work(town.session, march(2), office.files, settings)
    write_mails(work)
    town.complete(dossier, "fit")
    for mail in town.all(ReminderMail):
        send_waiting(work, mail.id)
    assert received == []
    assert {mail.status for mail in town.all(ReminderMail)} == {"not_sent"}


def test_without_a_mail_server_nothing_is_written(town: Town, office: Office, settings: Settings) -> None:
    addressed(town)
    town.received()
    day(town, office, settings, march(2))
    assert town.all(ReminderMail) == []
