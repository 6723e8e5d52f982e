"""News for the applicant by e-mail: asked for in the act's transaction, sent by a job, recorded either way."""

import tomllib
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from common.clock import local_date
from common.identity.naming import name_on
from common.jobs import Work, job
from procedure_library.queries import definition_of
from runtime.carrying import receiving_unit
from runtime.engine.effects import Notify
from runtime.happening import Happening
from runtime.holding import Held
from runtime.letters import phrases
from runtime.mail import Mail, MailServer
from runtime.models.dossiers import Dossier
from runtime.models.papers import Notice
from runtime.office import office_of
from runtime.posting import post
from runtime.rows import Rows
from runtime.worlds import acting_unit

_FILE = Path(__file__).with_suffix(".toml")
NO_ADDRESS, NO_SERVER = "no_address", "no_mail_server"


def notify(session: Session, happening: Happening, effect: Notify, rows: Rows) -> None:
    """News of an act."""
    _ask(session, rows, happening.dossier, effect.news, event=happening.number, at=happening.at)


def ask(session: Session, dossier: Dossier, news: str, *, event: int, at: datetime) -> None:
    """News of what the clock saw, told with the event that was the last."""
    rows = Rows()
    _ask(session, rows, dossier, news, event=event, at=at)
    rows.write(session)


def _ask(
    session: Session, rows: Rows, dossier: Dossier | Held, news: str, *, event: int, at: datetime
) -> None:
    """A notice that waits for the mail job, or is recorded as not sent, and why."""
    address = (dossier.email if isinstance(dossier, Held) else dossier.applicant.get("email")) or ""
    why = _not_sent(session, address)
    rows.insert(
        "notices",
        dossier_id=dossier.id,
        event=event,
        news=news,
        address=address,
        locale=dossier.locale,
        status="not_sent" if why else "waiting",
        why=why,
        asked_at=at,
    )
    if not why:
        rows.defer(send_news, dossier_id=dossier.id, event=event)


def _not_sent(session: Session, address: str) -> str:
    if not address:
        return NO_ADDRESS
    return "" if office_of(session).sends_mail else NO_SERVER


@job("notices.send_news", retries=8)
def send_news(work: Work, *, dossier_id: int, event: int) -> None:
    """Sends what the event had to tell."""
    question = select(Notice.id).where(Notice.dossier_id == dossier_id, Notice.event == event)
    for notice_id in work.session.scalars(question.order_by(Notice.id)).all():
        send_waiting(work, notice_id)


@job("notices.send", retries=8)
def send_notice(work: Work, *, notice_id: int) -> None:
    """Sends one notice: jobs that were asked for before one job sent all news of an event."""
    send_waiting(work, notice_id)


def send_waiting(work: Work, notice_id: int) -> None:
    """Sends the notice if it still waits. Its Message-ID is its own."""
    notice = work.session.get_one(Notice, notice_id, with_for_update=True)
    if notice.status != "waiting":
        return
    server = MailServer.of(work.settings)
    if server is None:
        notice.status, notice.why = "not_sent", NO_SERVER
        return
    post(work.settings, server, written(work.session, notice, work.settings.public_url))
    notice.status, notice.sent_at = "sent", work.at


def written(session: Session, notice: Notice, portal: str) -> Mail:
    """The mail in the language of the applicant. It says nothing that only the applicant may know."""
    dossier = session.get_one(Dossier, notice.dossier_id)
    said = _facts(session, dossier, notice, portal)
    news, frame = _catalogue()[notice.news], _catalogue()["frame"]
    parts = (frame["greeting"], news["body"], frame["about"], frame["link"], frame["automatic"])
    return Mail(
        to=notice.address,
        subject=_in(news["subject"], notice.locale).format_map(said),
        text="\n\n".join(_in(part, notice.locale).format_map(said) for part in parts) + "\n",
        message_id=f"notice-{notice.id}-{dossier.filing_number}",
    )


def _facts(session: Session, dossier: Dossier, notice: Notice, portal: str) -> Mapping[str, str]:
    definition, language = definition_of(session, dossier.version_id).definition, notice.locale
    unit = acting_unit(session, receiving_unit(session, dossier), notice.asked_at)
    return {
        "name": dossier.applicant.get("full_name", ""),
        "code": dossier.code or dossier.filing_number,
        "unit": name_on(session, unit, local_date(notice.asked_at)).in_(language),
        "procedure": definition.name.in_(language),
        "appointment": _appointment(dossier, language),
        "address": f"{portal}/my/dossiers/{dossier.filing_number}",
    }


def _appointment(dossier: Dossier, language: str) -> str:
    known = phrases.promised(dossier.appointment_at, language)
    return known or phrases.phrase("date_follows" if dossier.state.get("allowance") else "at_once", language)


def _in(text: Mapping[str, str], language: str) -> str:
    return text.get(language) or text["vi"]


@cache
def _catalogue() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
