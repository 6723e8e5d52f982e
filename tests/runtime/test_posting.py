"""A mail that the server took is not sent again, whatever fails afterwards; where that cannot be known, it is told."""

import logging
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from smtplib import SMTPResponseException, SMTPServerDisconnected

import pytest

from common.jobs import Work
from config import Settings
from runtime.mail import Mail, MailServer
from runtime.models.papers import Notice
from runtime.notices import send_waiting
from runtime.office import Office, equip
from runtime.posting import KEPT, folder_of, forget_old, post
from tests.runtime.small import MONDAY
from tests.runtime.smtp import mail_server
from tests.runtime.town import Town

LETTER = Mail("lan@example.vn", "Kết quả", "Đã có kết quả.", "notice-7-N-1")
OTHER = replace(LETTER, to="binh@example.vn", message_id="notice-8-N-1")


@pytest.fixture
def received() -> Iterator[tuple[str, list[EmailMessage]]]:
    with mail_server() as told:
        yield told


@pytest.fixture
def here(settings: Settings, received: tuple[str, list[EmailMessage]]) -> Settings:
    return replace(settings, mail_server=received[0], mail_sender="motcua@example.vn")


def server(settings: Settings) -> MailServer:
    found = MailServer.of(settings)
    assert found is not None
    return found


def ids(received: tuple[str, list[EmailMessage]]) -> list[str]:
    return [mail["Message-ID"].partition("@")[0].strip("<") for mail in received[1]]


def test_a_mail_whose_transaction_failed_afterwards_is_not_sent_again(
    town: Town, office: Office, here: Settings, received: tuple[str, list[EmailMessage]]
) -> None:
    equip(town.session.get_bind().engine, replace(office, sends_mail=True))
    town.filed()
    (notice,) = town.all(Notice)
    work = Work(town.session, MONDAY, office.files, here)
    savepoint = town.session.begin_nested()
    send_waiting(work, notice.id)
    savepoint.rollback()
    assert notice.status == "waiting"
    send_waiting(work, notice.id)
    assert (notice.status, notice.sent_at, len(received[1])) == ("sent", MONDAY, 1)


def test_whoever_was_reached_is_not_written_to_again_for_the_sake_of_the_others(
    here: Settings, received: tuple[str, list[EmailMessage]]
) -> None:
    away = replace(server(here), port=1)
    for last in (away, server(here)):
        post(here, server(here), LETTER)
        try:
            post(here, last, OTHER)
        except OSError:
            continue
    assert ids(received) == [LETTER.message_id, OTHER.message_id]


def test_where_no_answer_came_it_is_sent_again_under_its_name_and_that_is_told(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    """As after a kill in the middle: the server may have taken it, and there is nobody to ask."""
    with mail_server(answer=None) as first, mail_server() as second:
        for address, _ in (first, second):
            here = replace(settings, mail_server=address, mail_sender="motcua@example.vn")
            with suppress(SMTPServerDisconnected), caplog.at_level(logging.WARNING):
                post(here, server(here), LETTER)
    assert ids(first) == ids(second) == [LETTER.message_id]
    assert caplog.text.count("may come twice") == 1


def test_what_the_server_refuses_leaves_no_doubt(settings: Settings) -> None:
    with mail_server(answer=b"550 no such box") as (address, _):
        here = replace(settings, mail_server=address, mail_sender="motcua@example.vn")
        with pytest.raises(SMTPResponseException):
            post(here, server(here), LETTER)
    assert list(folder_of(here).iterdir()) == []


def test_an_odd_farewell_does_not_undo_that_it_was_taken(settings: Settings) -> None:
    with mail_server(farewell=b"500 what") as (address, mails):
        here = replace(settings, mail_server=address, mail_sender="motcua@example.vn")
        with pytest.raises(SMTPResponseException):
            post(here, server(here), LETTER)
        post(here, server(here), LETTER)
    assert len(mails) == 1


def test_receipts_go_after_some_days(here: Settings, received: tuple[str, list[EmailMessage]]) -> None:
    post(here, server(here), LETTER)
    post(here, server(here), OTHER)
    old, young = sorted(folder_of(here).iterdir())
    os.utime(old, times=((MONDAY - KEPT - timedelta(hours=1)).timestamp(),) * 2)
    os.utime(young, times=((MONDAY - KEPT + timedelta(hours=1)).timestamp(),) * 2)
    assert forget_old(here, at=MONDAY) == 1
    assert list(folder_of(here).iterdir()) == [young]
