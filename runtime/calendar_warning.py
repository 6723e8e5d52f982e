"""Administrators hear by e-mail, 60 days ahead and again, that the working calendar ends."""

import logging
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from common.clock import local_date
from common.identity.models import Account, Assignment
from common.jobs import Work, job
from procedure_library.calendar_files import latest_calendar
from runtime.mail import Mail, MailServer
from runtime.posting import post

# So many days before the last day that the calendar covers.
WARNED_AT = (60, 30, 14, 7, 3, 1)
_FILE = Path(__file__).with_suffix(".toml")
log = logging.getLogger(__name__)


@job("calendar.warn")
def warn_of_the_end(work: Work) -> None:
    """Once a day: tells the administrators on the days of WARNED_AT."""
    warn(work)


def warn(work: Work) -> None:
    """Sends what is due today. The Message-ID names day and person."""
    ends_on = _ends_on(work.session, local_date(work.at))
    if ends_on is None:
        return
    log.warning("the working calendar ends on %s", ends_on.isoformat())
    server = MailServer.of(work.settings)
    for account in _administrators(work.session, local_date(work.at)) if server else ():
        assert server is not None
        left = (ends_on - local_date(work.at)).days
        post(work.settings, server, _written(account, ends_on, left, work.settings.public_url))


def _ends_on(session: Session, today: date) -> date | None:
    """The last day covered, when it is to be told today."""
    calendar = latest_calendar(session)
    if calendar is None or (calendar.covers_until - today).days not in WARNED_AT:
        return None
    return calendar.covers_until


def _administrators(session: Session, today: date) -> Sequence[Account]:
    """Who administers today and has an address."""
    holds = Account.assignments.any(
        (Assignment.role == "administrator")
        & (Assignment.since <= today)
        & or_(Assignment.until.is_(None), Assignment.until >= today)
    )
    question = select(Account).where(Account.active, Account.email != "", holds)
    return session.scalars(question.order_by(Account.id)).all()


def _written(account: Account, ends_on: date, left: int, portal: str) -> Mail:
    said = {
        "name": account.full_name,
        "left": str(left),
        "day": f"{ends_on:%d/%m/%Y}",
        "year": str(ends_on.year + 1),
        "address": f"{portal}/designer/reference/calendar",
    }
    words = _catalogue()[account.locale if account.locale in _catalogue() else "vi"]
    return Mail(
        to=account.email,
        subject=words["subject"].format_map(said),
        text=words["text"].format_map(said),
        message_id=f"calendar-{ends_on.isoformat()}-{left}-{account.id}",
    )


@cache
def _catalogue() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
