"""Leaders of the solving unit hear by e-mail that a unit they asked, or a linked dossier, is late."""

import logging
import tomllib
from collections.abc import Callable, Mapping, Sequence
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
    number, step = effect.limit.task, effect.limit.step
    if number is None:
        rows.defer(tell_leaders_of_step, dossier_id=happening.dossier.id, step=step)
    else:
        rows.defer(tell_leaders, dossier_id=happening.dossier.id, number=number)


@job("limits.tell_leaders", retries=8)
def tell_leaders(work: Work, *, dossier_id: int, number: int) -> None:
    """Sends it to each leader."""
    tell_all(work, dossier_id, number)


@job("limits.tell_leaders_of_step", retries=8)
def tell_leaders_of_step(work: Work, *, dossier_id: int, step: str) -> None:
    """The same of a step that waits for a linked dossier."""
    tell_late(work, dossier_id, step)


def tell_late(work: Work, dossier_id: int, step: str) -> None:
    """One mail for each; the Message-ID names dossier and step."""
    dossier = work.session.get_one(Dossier, dossier_id)
    log.warning("the linked dossier of step %s of %s is late", step, dossier.filing_number)
    _send(work, dossier, "linked", lambda leader: _of_step(work, dossier, step, leader))


def tell_all(work: Work, dossier_id: int, number: int) -> None:
    """One mail for each. The Message-ID names task and person."""
    dossier = work.session.get_one(Dossier, dossier_id)
    question = select(Task).where(Task.dossier_id == dossier_id, Task.number == number)
    task = work.session.scalars(question).one()
    log.warning("task %s of dossier %s was not answered in time", number, dossier.filing_number)
    _send(work, dossier, "asked", lambda leader: _of_task(work, dossier, task, leader))


def _send(
    work: Work, dossier: Dossier, about: str, told: Callable[[Account], tuple[str, dict[str, str]]]
) -> None:
    server = MailServer.of(work.settings)
    unit = acting_unit(work.session, dossier.solving_unit, work.at)
    for leader in _leaders(work.session, unit.id, local_date(work.at)) if server else ():
        assert server is not None
        post(work.settings, server, _written(work, dossier, leader, about, *told(leader)))


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


def _of_task(work: Work, dossier: Dossier, task: Task, leader: Account) -> tuple[str, dict[str, str]]:
    """What the mail is numbered by, and what it says of the task."""
    step = definition_of(work.session, dossier.version_id).step(task.step)
    asked = next((ask.name for ask in step.asks if ask.key == task.ask), step.name)
    language = _language(leader)
    due = f"{task.due_at.astimezone(ZONE):%H:%M %d/%m/%Y}" if task.due_at else ""
    said = {"step": step.name.in_(language), "unit": asked.in_(language), "due": due}
    return f"unanswered-{task.id}", said


def _of_step(work: Work, dossier: Dossier, key: str, leader: Account) -> tuple[str, dict[str, str]]:
    step = definition_of(work.session, dossier.version_id).step(key)
    return f"late-{dossier.id}-{key}", {"step": step.name.in_(_language(leader))}


def _written(
    work: Work, dossier: Dossier, leader: Account, about: str, number: str, told: Mapping[str, str]
) -> Mail:
    code = dossier.code or dossier.filing_number
    address = f"{work.settings.public_url}/desk/dossiers/{code}"
    said = {"name": leader.full_name, "code": code, "address": address, **told}
    words = _catalogue()[f"{about}_{_language(leader)}"]
    return Mail(
        to=leader.email,
        subject=words["subject"].format_map(said),
        text=words["text"].format_map(said),
        message_id=f"{number}-{leader.id}",
    )


def _language(leader: Account) -> str:
    return leader.locale if leader.locale in ("vi", "en") else "vi"


@cache
def _catalogue() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
