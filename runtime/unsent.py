"""Applications that nobody sends: kept for KEPT days after the last change, erased after a notice."""

import tomllib
from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from sqlalchemy import String, cast, exists, select
from sqlalchemy.orm import Session

from common import audit
from common.audit import AuditRow
from common.clock import local_date
from common.db import locked
from common.identity.actor import machine
from common.identity.models import Account
from common.jobs import Work, defer, job
from procedure_library.life.queries import suspended_keys
from procedure_library.queries import definition_of
from runtime import applications
from runtime.mail import Mail, MailServer
from runtime.models.applications import Application
from runtime.posting import post

KEPT, NOTICE = timedelta(days=30), timedelta(days=7)
TOLD = "application.end_told"
ERASER = machine("unsent applications")
_FILE = Path(__file__).with_suffix(".toml")


def last_day(application: Application) -> date:
    """The last day on which it can be gone on with, when nothing is changed any more."""
    return local_date(application.changed_at + KEPT)


@job("applications.erase_unsent")
def erase_unsent(work: Work) -> None:
    """Once a day: tells whose applications are about to go, erases those whose time is over."""
    tell(work)
    erase(work)


def tell(work: Work) -> None:
    """Asks for a mail to each owner, NOTICE ahead, and notes that it was told: the page tells it all the time."""
    paused = suspended_keys(work.session, local_date(work.at))
    for application in _unchanged(work.session, since=work.at - (KEPT - NOTICE), told=False, but=paused):
        key = str(application.id)
        audit.record(work.session, TOLD, by=ERASER, at=work.at, kind="application", key=key)
        if application.owner_id is not None and work.settings.mail_server:
            defer(work.session, mail_notice, application_id=application.id)


def erase(work: Work) -> None:
    """Throws away what was told of NOTICE ago: never without notice, however long no job ran."""
    paused = _paused_lately(work)
    since, by = work.at - KEPT, work.at - NOTICE
    for application in _unchanged(work.session, since=since, told=True, by=by, but=paused):
        locked(work.session, application)
        if application.dossier_id is None and application.changed_at <= work.at - KEPT:
            applications.discard(work.session, application, by=ERASER, at=work.at)


@job("applications.tell_end", retries=8)
def mail_notice(work: Work, *, application_id: int) -> None:
    """Tells one owner."""
    notify(work, application_id)


def notify(work: Work, application_id: int) -> None:
    """Tells the owner by mail; nobody when it was sent, changed or thrown away meanwhile."""
    application = work.session.get(Application, application_id)
    server = MailServer.of(work.settings)
    if application is None or application.dossier_id is not None or server is None:
        return
    owner = work.session.get(Account, application.owner_id) if application.owner_id else None
    if owner is None or not owner.email or application.changed_at > work.at - (KEPT - NOTICE):
        return
    day = max(last_day(application), local_date(work.at + NOTICE))
    mail = _written(work.session, application, owner, day, work.settings.public_url)
    post(work.settings, server, mail)


def _paused_lately(work: Work) -> tuple[str, ...]:
    """The procedures that did not take applications all through the last days: nobody could send theirs."""
    days = (local_date(work.at) - timedelta(days=back) for back in range(NOTICE.days + 1))
    return tuple({key for day in days for key in suspended_keys(work.session, day)})


def _unchanged(
    session: Session,
    *,
    since: datetime,
    told: bool,
    by: datetime | None = None,
    but: Collection[str] = (),
) -> tuple[Application, ...]:
    """Unsent applications last changed then or before; those whose end was `told` (`by` then), or was not.

    Of the procedures in `but` they wait, however long.
    """
    notice = exists().where(
        AuditRow.subject_kind == "application",
        AuditRow.subject_key == cast(Application.id, String),
        AuditRow.act == TOLD,
        AuditRow.at >= Application.changed_at,
        *((AuditRow.at <= by,) if by else ()),
    )
    question = (
        select(Application)
        .where(Application.dossier_id.is_(None), Application.changed_at <= since)
        .where(notice if told else ~notice)
        .where(Application.procedure_key.not_in(but))
        .order_by(Application.id)
    )
    return tuple(session.scalars(question))


def _written(session: Session, application: Application, owner: Account, day: date, portal: str) -> Mail:
    language = owner.locale if owner.locale in _catalogue() else "vi"
    definition = definition_of(session, application.version_id).definition
    said = {
        "name": owner.full_name,
        "procedure": definition.name.in_(language),
        "day": f"{day:%d/%m/%Y}",
        "address": f"{portal}/applications/{application.id}",
    }
    words = _catalogue()[language]
    return Mail(
        to=owner.email or "",
        subject=words["subject"].format_map(said),
        text=words["text"].format_map(said),
        message_id=f"unsent-{application.id}-{day.isoformat()}",
    )


@cache
def _catalogue() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
