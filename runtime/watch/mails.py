"""One mail a day, at most, to each official whom the clock has something new to tell."""

import tomllib
from collections.abc import Mapping
from datetime import date, time
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import exists, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from common.calendar import CalendarNotLoaded
from common.clock import ZONE, local_date
from common.identity.models import Account, Unit
from common.jobs import Work, defer, job
from common.text import Text
from procedure_library.models import Version
from procedure_library.reference import calendar_for
from runtime.inbox import step_name
from runtime.mail import Mail, MailServer
from runtime.models.dossiers import Dossier
from runtime.models.reminders import Reminder, ReminderMail
from runtime.models.tasks import Task
from runtime.office import office_of
from runtime.posting import post
from runtime.watch.open_ones import HOLDS, OPEN, with_its_subject
from runtime.watch.watching import holders_in, posts_on

# Nobody is written to in the night: the first round after seven, also one that comes late.
NOT_BEFORE = time(7, 0)
LINES = 30
# Rounds of mails take turns on this number.
LOCK = 7_106_830
_FILE = Path(__file__).with_suffix(".toml")


@job("clock.mail")
def mail_reminders(work: Work) -> None:
    """Once on each working day, as soon as it may be."""
    write_mails(work)


@job("clock.send_mail", retries=8)
def send_reminders(work: Work, *, mail_id: int) -> None:
    """Sends one mail."""
    send_waiting(work, mail_id)


def write_mails(work: Work) -> None:
    """A mail for each official whom something untold concerns; what was told is told by no further mail."""
    session, today = work.session, local_date(work.at)
    if not office_of(session).sends_mail or not _is_time(session, work):
        return
    session.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    if session.scalar(select(exists().where(ReminderMail.on == today))):
        return
    untold = _untold(session)
    for account_id, ids in _for_whom(session, untold, today).items():
        values = {"account_id": account_id, "on": today, "reminders": ids, "status": "waiting"}
        written = insert(ReminderMail).values(**values, asked_at=work.at).returning(ReminderMail.id)
        defer(session, send_reminders, mail_id=session.execute(written).scalar_one())
    told = [reminder.id for reminder, _ in untold]
    session.execute(update(Reminder).where(Reminder.id.in_(told)).values(told_at=work.at))


def _is_time(session: Session, work: Work) -> bool:
    today, calendar = local_date(work.at), calendar_for(session, local_date(work.at))
    try:
        works = calendar is not None and calendar.is_working(today)
    except CalendarNotLoaded:
        works = True
    return works and work.at.astimezone(ZONE).time() >= NOT_BEFORE


def _untold(session: Session) -> list[tuple[Reminder, Task | None]]:
    question = with_its_subject(Reminder, Task).where(OPEN, HOLDS, Reminder.told_at.is_(None))
    return [(reminder, task) for reminder, task in session.execute(question.order_by(Reminder.id))]


def _for_whom(
    session: Session, untold: list[tuple[Reminder, Task | None]], on: date
) -> Mapping[int, list[int]]:
    """The reminders of each account: a claimed task is its claimant's, all else the role's people's."""
    posts: dict[tuple[int, str], list[int]] = {}
    found: dict[int, list[int]] = {}
    for reminder, task in untold:
        claimed = task.claimed_by if task is not None and reminder.kind == "due_soon" else None
        post = (reminder.unit_id, reminder.role)
        if post not in posts:
            posts[post] = _people(session, *post, on)
        for account_id in [claimed] if claimed else posts[post]:
            found.setdefault(account_id, []).append(reminder.id)
    return found


def _people(session: Session, unit_id: int, role: str, on: date) -> list[int]:
    """Who holds the role in the unit, or in the one that carries on its work, and has an address."""
    units = holders_in(session, session.get_one(Unit, unit_id), on)
    holds = Account.assignments.any(posts_on(units, role, on))
    reached = (Account.active, Account.email != "", holds)
    return list(session.scalars(select(Account.id).where(*reached).order_by(Account.id)))


def send_waiting(work: Work, mail_id: int) -> None:
    """Sends the mail if it still waits and still has something to say."""
    mail = work.session.get_one(ReminderMail, mail_id, with_for_update=True)
    if mail.status != "waiting":
        return
    account, server = work.session.get_one(Account, mail.account_id), MailServer.of(work.settings)
    lines = _lines(work.session, mail, account.locale)
    if server is None or not lines or not account.email:
        mail.status = "not_sent"
        return
    post(work.settings, server, _written(mail, account, lines, work.settings.public_url))
    mail.status, mail.sent_at = "sent", work.at


def _lines(session: Session, mail: ReminderMail, language: str) -> list[str]:
    """What still holds, the earliest limit first. No applicant is named."""
    question = (
        with_its_subject(Reminder, Dossier, Task, Version.name_vi, Version.name_en)
        .join(Version, Version.id == Dossier.version_id)
        .where(Reminder.id.in_(mail.reminders), HOLDS)
        .order_by(Reminder.limit_at, Reminder.id)
    )
    return [_line(session, row, language, mail.on) for row in session.execute(question)]


def _line(session: Session, row: Any, language: str, on: date) -> str:
    reminder, dossier, task, vi, en = row
    kind = "overdue" if local_date(reminder.limit_at) < on else reminder.kind
    step = step_name(session, dossier.version_id, task).in_(language) if task else ""
    return _words(language)[kind].format(
        code=dossier.code or dossier.filing_number,
        procedure=Text(vi, en).in_(language),
        step=f" – {step}" if step else "",
        day=f"{local_date(reminder.limit_at):%d/%m/%Y}",
    )


def _written(mail: ReminderMail, account: Account, lines: list[str], portal: str) -> Mail:
    words = _words(account.locale)
    more = [words["more"].format(count=len(lines) - LINES)] if len(lines) > LINES else []
    said = {"name": account.full_name, "count": len(lines), "day": f"{mail.on:%d/%m/%Y}"}
    body = words["text"].format(
        **said, lines="\n".join([*lines[:LINES], *more]), address=f"{portal}/desk/reminders"
    )
    return Mail(
        to=account.email,
        subject=words["subject"].format(**said),
        text=body,
        message_id=f"reminders-{mail.on.isoformat()}-{account.id}",
    )


def _words(language: str) -> Mapping[str, str]:
    return _catalogue().get(language) or _catalogue()["vi"]


@cache
def _catalogue() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
