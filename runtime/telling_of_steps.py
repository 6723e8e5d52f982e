"""Whom a procedure tells by e-mail that a step was entered, or that its limit has passed: applicant, leaders, unit.

Asked for in the transaction of the act, or of the clock's look; sent by a job, each mail once: its Message-ID names
dossier, step, occasion and person. Who has no address, or works there no more, hears nothing; nobody hears that a step
was entered which is over by then.
"""

import logging
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from common.clock import ZONE, local_date
from common.identity.models import Account, Unit
from common.identity.naming import name_on
from common.jobs import Work, defer, job
from procedure_library.definition import Step
from procedure_library.guidance import Occasion, StepNotice, filled
from procedure_library.queries import definition_of
from runtime.carrying import receiving_unit
from runtime.engine.effects import TellOfStep
from runtime.happening import Happening
from runtime.letters import phrases
from runtime.mail import Mail, MailServer
from runtime.models.dossiers import Dossier
from runtime.models.tasks import Task
from runtime.posting import post
from runtime.rows import Rows
from runtime.watch.watching import holders_in, posts_on
from runtime.worlds import acting_unit

_FILE = Path(__file__).with_suffix(".toml")
LIVE = ("open", "claimed")
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who a mail goes to, and the address of the dossier for them; `key` tells them apart."""

    key: str
    name: str
    email: str
    language: str
    address: str


def tell(_session: Session, happening: Happening, effect: TellOfStep, rows: Rows) -> None:
    """Asks for the mails of an act. An overdue limit is known by its instant: whoever sees it, it is one."""
    number = _number(effect.limit.at) if effect.limit else str(happening.number)
    rows.defer(
        tell_of_step, dossier_id=happening.dossier.id, step=effect.step, when=effect.when, number=number
    )


def ask_of_overdue(session: Session, task: Task) -> None:
    """Asks for the mails of a task whose limit the clock saw pass."""
    step = definition_of(session, task.dossier.version_id).graph.steps.get(task.step)
    if step is None or task.due_at is None or all(notice.when != "overdue" for notice in step.notices):
        return
    number = _number(task.due_at)
    defer(session, tell_of_step, dossier_id=task.dossier_id, step=task.step, when="overdue", number=number)


def _number(limit: datetime) -> str:
    return f"{limit.astimezone(ZONE):%Y%m%d%H%M}"


@job("steps.tell", retries=8)
def tell_of_step(work: Work, *, dossier_id: int, step: str, when: Occasion, number: str) -> None:
    """Everybody whom the step names for the occasion."""
    tell_all(work, dossier_id, step, when, number)


def tell_all(work: Work, dossier_id: int, key: str, when: Occasion, number: str) -> None:
    dossier = work.session.get_one(Dossier, dossier_id)
    step = definition_of(work.session, dossier.version_id).graph.steps.get(key)
    server = MailServer.of(work.settings)
    is_over = when == "entered" and key not in dossier.state["marking"]["waiting"]
    if step is None or server is None or is_over:
        log.info("nobody is told of step %s of %s", key, dossier.filing_number)
        return
    tasks = _tasks(work.session, dossier, key, number if when == "overdue" else "")
    for notice in (each for each in step.notices if each.when == when):
        for reader in _readers(work, dossier, notice, tasks):
            message_id = f"step-{dossier.id}-{key}-{when}-{number}-{notice.to}-{reader.key}"
            post(work.settings, server, _written(work, dossier, step, notice, reader, tasks, message_id))


def _tasks(session: Session, dossier: Dossier, step: str, limit: str) -> Sequence[Task]:
    """The open tasks of the step; those whose limit that was, which may be cancelled since."""
    question = select(Task).where(Task.dossier_id == dossier.id, Task.step == step).order_by(Task.number)
    if not limit:
        return session.scalars(question.where(Task.status.in_(LIVE))).all()
    return [task for task in session.scalars(question) if task.due_at and _number(task.due_at) == limit]


def _readers(work: Work, dossier: Dossier, notice: StepNotice, tasks: Sequence[Task]) -> Iterator[Reader]:
    """Whom the notice is for, as far as they have an address."""
    portal = work.settings.public_url
    if notice.to == "applicant":
        # Of a part of another dossier the applicant hears by that one.
        if (email := dossier.applicant.get("email")) and dossier.parent_id is None:
            address = f"{portal}/my/dossiers/{dossier.filing_number}"
            name = dossier.applicant.get("full_name", "")
            yield Reader("applicant", name, email, dossier.locale, address)
        return
    address = f"{portal}/desk/dossiers/{dossier.code or dossier.filing_number}"
    for account in _officials(work, dossier, notice, tasks):
        language = account.locale if account.locale in ("vi", "en") else "vi"
        yield Reader(str(account.id), account.full_name, account.email, language, address)


def _officials(work: Work, dossier: Dossier, notice: StepNotice, tasks: Sequence[Task]) -> Sequence[Account]:
    """Leaders of the solving unit, or who may have the work; where nobody works, reception of the receiving unit."""
    posts = {(dossier.solving_unit_id, "leader")}
    if notice.to == "unit":
        posts = {(task.unit_id, task.role) for task in tasks} or {(dossier.unit_id, "reception")}
    found: dict[int, Account] = {}
    on = local_date(work.at)
    for unit_id, role in sorted(posts):
        units = holders_in(work.session, work.session.get_one(Unit, unit_id), on)
        holds = Account.assignments.any(posts_on(units, role, on))
        question = select(Account).where(Account.active, Account.email != "", holds)
        found |= {account.id: account for account in work.session.scalars(question.order_by(Account.id))}
    return tuple(found.values())


def _written(
    work: Work,
    dossier: Dossier,
    step: Step,
    notice: StepNotice,
    reader: Reader,
    tasks: Sequence[Task],
    message_id: str,
) -> Mail:
    words = _catalogue()[reader.language]
    said = _facts(work, dossier, step, reader, tasks)
    body = filled(notice.text.in_(reader.language), said)
    frame = {name: filled(sentence, said) for name, sentence in words.items()}
    text = "\n\n".join((frame["greeting"], body, frame["link"], frame["automatic"])) + "\n"
    return Mail(to=reader.email, subject=frame["subject"], text=text, message_id=message_id)


def _facts(
    work: Work, dossier: Dossier, step: Step, reader: Reader, tasks: Sequence[Task]
) -> Mapping[str, str]:
    """What a notice may read: nothing that stands in the answers."""
    language = reader.language
    definition = definition_of(work.session, dossier.version_id).definition
    unit = acting_unit(work.session, receiving_unit(work.session, dossier), work.at)
    due = min((task.due_at for task in tasks if task.due_at is not None), default=None)
    return {
        "name": reader.name,
        "code": dossier.code or dossier.filing_number,
        "procedure": definition.name.in_(language),
        "step": step.name.in_(language),
        "unit": name_on(work.session, unit, local_date(work.at)).in_(language),
        "due": f"{due.astimezone(ZONE):%H:%M %d/%m/%Y}" if due else "",
        "appointment": phrases.promised(dossier.appointment_at, language),
        "address": reader.address,
    }


@cache
def _catalogue() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
