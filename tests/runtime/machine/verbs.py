"""Every verb on a dossier, as a page or a command would ask for it, with arguments that may be wrong."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from common.clock import local_date
from common.identity.actor import Actor
from common.identity.models import Account
from common.money import Money
from runtime import (
    applications,
    corrections,
    directing,
    dossiers,
    halting,
    hearing,
    portal_news,
    refunds,
    tasks,
)
from runtime.engine.plain import from_plain
from runtime.engine.state import State
from runtime.judged import definition_of_dossier
from runtime.models.applications import Application
from runtime.models.dossiers import Dossier
from runtime.models.tasks import Task
from runtime.worlds import stored_answers
from tests.runtime.machine.procedures import work_answers

REASON = "1. Thiếu chữ ký của người yêu cầu."


@dataclass(frozen=True)
class Choice:
    """What else the form says: `pick` and `way` choose among what there is, right or wrong; `words` may be empty."""

    pick: int = 0
    way: int = 0
    words: str = REASON
    flag: bool = False


@dataclass(frozen=True)
class Asked:
    """What somebody asked of a dossier by a form, and whether it was done."""

    number: int
    verb: str
    by: Actor
    choice: Choice
    once: str
    is_done: bool = False


@dataclass(frozen=True)
class Asking:
    """Somebody asks something of a dossier, by a form with this mark; `number` is the task's, where it is known."""

    session: Session
    dossier: Dossier
    by: Actor
    at: datetime
    choice: Choice
    once: str = ""
    number: int | None = None

    @property
    def who(self) -> dict[str, Any]:
        return {"by": self.by, "at": self.at, "once": self.once}

    @property
    def key(self) -> str:
        """The page alone: forms that make money or papers of their own are known by it."""
        return self.once.partition(".")[0]

    @property
    def state(self) -> State:
        return from_plain(State, self.dossier.state)

    @property
    def application(self) -> Application:
        question = select(Application).where(Application.dossier_id == self.dossier.id)
        return self.session.scalars(question).one()

    @property
    def task(self) -> Task:
        """That one, else one of all that the dossier ever had."""
        question = select(Task).where(Task.dossier_id == self.dossier.id).order_by(Task.number.desc())
        if self.number is not None:
            question = question.where(Task.number == self.number)
        found = self.session.scalars(question).all()
        return found[self.choice.pick % len(found)]

    @property
    def day(self) -> date:
        promised = self.dossier.appointment_at or self.at
        return local_date(promised) + timedelta(days=self.choice.pick - 1)


def _submit(asked: Asking) -> Any:
    return applications.submit(asked.session, asked.application, confirmed=asked.choice.flag, **asked.who)


def _complete(asked: Asking) -> Any:
    """With answers that the step's questions take."""
    task = asked.task
    compiled = definition_of_dossier(asked.session, asked.dossier)
    stored = stored_answers(asked.session, asked.dossier)
    is_step = task.kind == "step"
    ways = [each.key for each in compiled.step(task.step).ways] if is_step else ["done"]
    filled = work_answers(compiled, task.step, stored, asked.at, Random(asked.choice.way)) if is_step else {}
    return tasks.complete(
        asked.session,
        task,
        outcome=[*ways, "nonsense"][asked.choice.way % (len(ways) + 1)],
        answers=filled,
        reason=asked.choice.words,
        **asked.who,
    )


def _reassign(asked: Asking) -> Any:
    found = asked.session.scalars(
        select(Account).where(Account.kind == "official").order_by(Account.id)
    ).all()
    to = found[asked.choice.way % len(found)]
    return directing.reassign(asked.session, asked.task, to=to, reason=asked.choice.words, **asked.who)


def _answer_supplement(asked: Asking) -> Any:
    said = stored_answers(asked.session, asked.dossier) if asked.choice.flag else None
    return dossiers.answer_supplement(asked.session, asked.dossier, answers=said, **asked.who)


def _refund(asked: Asking) -> Any:
    wrongly = Money(asked.choice.pick * 1_000) if asked.choice.flag else None
    how = {"amount": wrongly, "reason": asked.choice.words, "key": asked.key}
    return refunds.refund(asked.session, asked.dossier, **how, **asked.who)


def _correct(asked: Asking) -> Any:
    how = {"reason": asked.choice.words, "key": asked.key}
    return corrections.begin(asked.session, asked.dossier, **how, by=asked.by, at=asked.at)


def _extend(asked: Asking) -> Any:
    """`way` 0: the page knew of all extensions."""
    after = asked.state.extensions if not asked.choice.way else asked.choice.way
    amount = asked.choice.pick
    return halting.extend(
        asked.session, asked.dossier, amount=amount, after=after, reason=asked.choice.words, **asked.who
    )


def _suspend(asked: Asking) -> Any:
    why: Any = ("incident", "authority")[asked.choice.way % 2]
    return halting.suspend(asked.session, asked.dossier, why=why, reason=asked.choice.words, **asked.who)


def _hear(asked: Asking) -> Any:
    number = f"m{asked.choice.pick}"
    return hearing.receive_message(asked.session, asked.dossier, "tax_paid", number, at=asked.at)


def _with_reason(verb: Callable[..., Any]) -> Callable[[Asking], Any]:
    return lambda a: verb(a.session, a.dossier, reason=a.choice.words, **a.who)


def _plainly(verb: Callable[..., Any]) -> Callable[[Asking], Any]:
    return lambda a: verb(a.session, a.dossier, **a.who)


def _on_task(verb: Callable[..., Any]) -> Callable[[Asking], Any]:
    return lambda a: verb(a.session, a.task, **a.who)


VERBS: dict[str, Callable[[Asking], Any]] = {
    "submit": _submit,
    "pay": _plainly(dossiers.pay),
    "accept": lambda a: dossiers.accept(a.session, a.dossier, slip_asked=a.choice.flag, **a.who),
    "refuse": _with_reason(dossiers.refuse),
    "return_for_completion": _with_reason(dossiers.return_for_completion),
    "claim": _on_task(tasks.claim),
    "release": _on_task(tasks.release),
    "reassign": _reassign,
    "escalate": lambda a: directing.escalate(a.session, a.task, reason=a.choice.words, **a.who),
    "complete": _complete,
    "answer_supplement": _answer_supplement,
    "reappoint": lambda a: dossiers.reappoint(
        a.session, a.dossier, new_day=a.day, reason=a.choice.words, **a.who
    ),
    "extend": _extend,
    "suspend": _suspend,
    "resume": _with_reason(halting.resume),
    "hand_over": _plainly(dossiers.hand_over),
    "hand_to_post": lambda a: dossiers.hand_to_post(a.session, a.dossier, parcel=a.choice.words, **a.who),
    "withdraw": _with_reason(dossiers.withdraw),
    "stop": _with_reason(dossiers.stop),
    "refund": _refund,
    "refuse_refund": _with_reason(refunds.refuse_refund),
    "correct": _correct,
    "receive_message": _hear,
    "tell_portal": lambda a: portal_news.told(a.session, a.dossier, a.state.status, by=a.by, at=a.at),
}

# What other systems send bears a number of its own; told of once, it is refused.
OF_OTHER_SYSTEMS = {"receive_message", "tell_portal"}
