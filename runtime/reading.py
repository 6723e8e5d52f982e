"""Reading one dossier: everything a page about it shows, for an actor who may see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from common.clock import local_date
from common.identity.actor import Actor
from common.money import Money
from common.text import Text
from procedure_library.compiled import Compiled
from procedure_library.models import Version
from procedure_library.reference import calendar_for
from runtime.access import open_to
from runtime.engine.plain import from_plain
from runtime.engine.rights import possible
from runtime.engine.state import State
from runtime.engine.status import Act
from runtime.engine.timing import Progress
from runtime.inbox import class_of, with_asked
from runtime.judged import definition_of_dossier
from runtime.models.applications import Application
from runtime.models.dossiers import Answers, Dossier, DossierEvent, EvaluationRow
from runtime.models.money import Charge, Payment
from runtime.models.papers import Decision, Letter, Notice
from runtime.models.tasks import Task
from runtime.moves.undone import assessed_in_vain
from runtime.worlds import parties_of


@dataclass(frozen=True, slots=True)
class Waits:
    """Why nobody works on a dossier now. `message` is the key of what another system owes, `until` the moment."""

    name: Text
    message: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class DossierView:
    """A dossier as one actor may see it. `acts` are those this actor may do with it now.

    `answers` is None once they were erased. `may_work` names the open tasks that the actor's roles cover.
    """

    dossier: Dossier
    application: Application
    compiled: Compiled
    state: State
    answers: Mapping[str, Any] | None
    progress: Progress
    acts: tuple[Act, ...]
    may_work: tuple[Task, ...]
    tasks: tuple[Task, ...]

    @property
    def name(self) -> Text:
        return self.compiled.definition.name

    @property
    def waits(self) -> tuple["Waits", ...]:
        """The steps at which the dossier waits for a moment, for another system, or for the machine."""
        waiting = self.state.marking.waiting if self.state.marking else ()
        steps = [
            step
            for step in map(self.compiled.step, waiting)
            if step.kind in ("moment", "message", "automatic")
        ]
        until = {limit.step: limit.at for limit in self.state.limits}
        return tuple(
            Waits(step.name, step.message, until.get(step.key) if step.kind == "moment" else None)
            for step in steps
        )

    def name_of(self, task: Task) -> Text:
        """What a task of a step is called."""
        return with_asked(self.compiled.step(task.step), task.ask)

    def only_at(self, actor: Actor) -> tuple[str, ...] | None:
        """The steps at which a unit of the official works or is asked, where that is all that the dossier is to it."""
        if actor.units() & {self.dossier.unit_id, self.dossier.solving_unit_id}:
            return None
        return tuple(task.step for task in self.tasks if task.unit_id in actor.units())


def dossier_for(session: Session, reference: str, actor: Actor, *, at: datetime) -> DossierView | None:
    """The dossier with this code or filing number; None when there is none, or none that is the actor's.

    Applicants see their own; officials those that their unit receives, works on or is asked about.
    """
    question = select(Dossier).where(
        or_(Dossier.code == reference, Dossier.filing_number == reference), open_to(actor)
    )
    dossier = session.scalars(question).one_or_none()
    return None if dossier is None else _view(session, dossier, actor, at)


def letters_of(session: Session, dossier: Dossier) -> tuple[Letter, ...]:
    """Every letter issued, the oldest first."""
    return tuple(session.scalars(select(Letter).where(Letter.dossier_id == dossier.id).order_by(Letter.id)))


def notices_of(session: Session, dossier: Dossier) -> tuple[Notice, ...]:
    """Every notice, sent or not, the oldest first."""
    return tuple(session.scalars(select(Notice).where(Notice.dossier_id == dossier.id).order_by(Notice.id)))


@dataclass(frozen=True, slots=True)
class Priced:
    """An amount that the dossier owes or has paid. `version` is the law by which it was assessed that day."""

    rule: str
    amount: Money
    assessed_at: datetime
    event: int
    version: Version
    payment: Payment | None


def charges_of(session: Session, dossier: Dossier) -> tuple[Priced, ...]:
    """What the dossier owes or has paid: of each rule the latest assessment, with its payment.

    Amounts that the law of reception no longer knows are left out; that they were assessed stays on record.
    """
    owed = [line["rule"] for line in dossier.state.get("owed", ())]
    law = DossierEvent.record["law"]["version"].as_integer()
    question = (
        select(Charge, Payment, Version)
        .join(
            DossierEvent,
            (DossierEvent.dossier_id == Charge.dossier_id) & (DossierEvent.number == Charge.event),
        )
        .join(Version, Version.id == law)
        .outerjoin(Payment, Payment.id == Charge.payment_id)
        .where(Charge.dossier_id == dossier.id, Charge.rule.in_(owed), ~assessed_in_vain(Charge))
        .ext(distinct_on(Charge.rule))
        .order_by(Charge.rule, Charge.id.desc())
    )
    return tuple(
        Priced(
            charge.rule,
            Money(charge.amount, charge.currency),
            charge.assessed_at,
            charge.event,
            version,
            payment,
        )
        for charge, payment, version in session.execute(question)
    )


def decision_of(session: Session, dossier: Dossier) -> Decision | None:
    """The latest decision; None before there is one."""
    question = select(Decision).where(Decision.dossier_id == dossier.id).order_by(Decision.event.desc())
    return session.scalars(question.limit(1)).first()


def evaluations_of(session: Session, dossier: Dossier) -> tuple[EvaluationRow, ...]:
    """Every rule that was read, with its trace, in order; `Evaluation.from_json(row.body)`."""
    question = (
        select(EvaluationRow)
        .where(EvaluationRow.dossier_id == dossier.id)
        .order_by(EvaluationRow.event, EvaluationRow.number)
    )
    return tuple(session.scalars(question))


def _view(session: Session, dossier: Dossier, actor: Actor, at: datetime) -> DossierView:
    state = from_plain(State, dossier.state)
    parties = parties_of(dossier)
    tasks = tuple(session.scalars(select(Task).where(Task.dossier_id == dossier.id).order_by(Task.number)))
    today = local_date(at)
    application = select(Application).where(Application.dossier_id == dossier.id)
    return DossierView(
        dossier=dossier,
        application=session.scalars(application).one(),
        compiled=definition_of_dossier(session, dossier),
        state=state,
        answers=_answers(session, dossier, state),
        progress=class_of(dossier.due_at, dossier.finished_at, today, calendar_for(session, today)),
        acts=possible(state, actor, parties),
        may_work=tuple(t for t in tasks if t.status in ("open", "claimed") and _covers(actor, t)),
        tasks=tasks,
    )


def _covers(actor: Actor, task: Task) -> bool:
    return (task.unit_id, task.role) in actor.posts


def _answers(session: Session, dossier: Dossier, state: State) -> Mapping[str, Any] | None:
    assert state.answers is not None
    return session.get_one(Answers, (dossier.id, state.answers.number)).body
