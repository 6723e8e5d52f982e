"""Leaders of the solving unit hear by e-mail that a unit they asked has not answered in time."""

import logging
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from common.clock import ZONE, local_date
from common.identity.models import Account, Assignment
from common.jobs import Work, job
from procedure_library.queries import definition_of
from runtime.engine.effects import TellLeaders
from runtime.happening import Happening
from runtime.mail import Mail, MailServer
from runtime.models.dossiers import Dossier
from runtime.models.tasks import Task
from runtime.posting import post
from runtime.rows import Rows
from runtime.worlds import acting_unit

_FILE = Path(__file__).with_suffix(".toml")
log = logging.getLogger(__name__)


def tell(_session: Session, happening: Happening, effect: TellLeaders, rows: Rows) -> None:
    """Asks for the mail; where it cannot be sent, the history of the dossier tells it all the same."""
    rows.defer(tell_leaders, dossier_id=happening.dossier.id, number=effect.limit.task)


@job("limits.tell_leaders", retries=8)
def tell_leaders(work: Work, *, dossier_id: int, number: int) -> None:
    """Sends it to each leader."""
    tell_all(work, dossier_id, number)


def tell_all(work: Work, dossier_id: int, number: int) -> None:
    """One mail for each. The Message-ID names task and person."""
    dossier = work.session.get_one(Dossier, dossier_id)
    question = select(Task).where(Task.dossier_id == dossier_id, Task.number == number)
    task = work.session.scalars(question).one()
    log.warning("task %s of dossier %s was not answered in time", number, dossier.filing_number)
    server = MailServer.of(work.settings)
    unit = acting_unit(work.session, dossier.solving_unit, work.at)
    for leader in _leaders(work.session, unit.id, local_date(work.at)) if server else ():
        assert server is not None
        post(work.settings, server, _written(work, dossier, task, leader))


def _leaders(session: Session, unit_id: int, today: date) -> Sequence[Account]:
    """Who leads the unit today and has an address."""
    leads = Account.assignments.any(
        (Assignment.role == "leader")
        & (Assignment.unit_id == unit_id)
        & (Assignment.since <= today)
        & or_(Assignment.until.is_(None), Assignment.until >= today)
    )
    question = select(Account).where(Account.active, Account.email != "", leads)
    return session.scalars(question.order_by(Account.id)).all()


def _written(work: Work, dossier: Dossier, task: Task, leader: Account) -> Mail:
    step = definition_of(work.session, dossier.version_id).step(task.step)
    asked = next((ask.name for ask in step.asks if ask.key == task.ask), step.name)
    language = leader.locale if leader.locale in _catalogue() else "vi"
    code = dossier.code or dossier.filing_number
    said = {
        "name": leader.full_name,
        "code": code,
        "step": step.name.in_(language),
        "unit": asked.in_(language),
        "due": f"{task.due_at.astimezone(ZONE):%H:%M %d/%m/%Y}" if task.due_at else "",
        "address": f"{work.settings.public_url}/desk/dossiers/{code}",
    }
    words = _catalogue()[language]
    return Mail(
        to=leader.email,
        subject=words["subject"].format_map(said),
        text=words["text"].format_map(said),
        message_id=f"unanswered-{task.id}-{leader.id}",
    )


@cache
def _catalogue() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
