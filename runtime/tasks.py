"""Work of officials: claim, release, complete. Two at once: one wins, the other is told who and when."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from common.identity.actor import Actor
from common.identity.models import Account
from common.money import Money
from common.problems import Problem, Refusal
from runtime.acts import answers_ref, done_already, happen
from runtime.engine.events import (
    AnyEvent,
    Claim,
    Complete,
    Release,
)
from runtime.engine.letter_events import PrintLetter
from runtime.engine.parts import instant
from runtime.happening import Method, Said
from runtime.holding import Held, hold
from runtime.judged import definition_held
from runtime.judging import judged_at_task
from runtime.models.tasks import Task
from runtime.once import meanwhile


def claim(session: Session, task: Task, *, once: str = "", by: Actor, at: datetime) -> Task | Refusal:
    """The task is this official's from now on."""
    event = Claim(by=by, at=at, once=once, task=task.number)
    return _on(session, task, hold(session, task.dossier_id), event, Said())


def release(session: Session, task: Task, *, once: str = "", by: Actor, at: datetime) -> Task | Refusal:
    """Back to the pool."""
    event = Release(by=by, at=at, once=once, task=task.number)
    return _on(session, task, hold(session, task.dossier_id), event, Said())


def print_letter(
    session: Session, task: Task, letter: str, *, once: str = "", by: Actor, at: datetime
) -> Task | Refusal:
    """A letter of the procedure, at the task; its PDF follows."""
    event = PrintLetter(by=by, at=at, once=once, task=task.number, letter=letter)
    return _on(session, task, hold(session, task.dossier_id), event, Said())


def complete(
    session: Session,
    task: Task,
    *,
    outcome: str,
    answers: Mapping[str, Any] | None = None,
    reason: str = "",
    method: Method = "cash",
    shown: tuple[Money, ...] | None = None,
    asks: Collection[str] = (),
    once: str = "",
    by: Actor,
    at: datetime,
) -> Task | tuple[Problem, ...] | Refusal:
    """Finishes the task with one of its outcomes.

    `answers` are those of the pages that the step fills or corrects; problems say what is wrong with them.
    `reason` is needed where the outcome turns down or asks for more. `method` is how charges were paid, `shown`
    which sums the page said (None: no page did): others are not taken. `asks`: of a supplement, the keys of the
    questions of the application that are to be answered again; others are passed over.
    """
    held = hold(session, task.dossier_id)
    if again := done_already(session, held, by, once):
        return task if again is True else again
    work = held.state.task(task.number)
    if work is None:
        return meanwhile(session, held, _over(session, task), once)
    if work.kind != "step":
        return Refusal("dossiers.task_done_otherwise")
    said = judged_at_task(session, held, work.step, outcome, answers or {})
    if isinstance(said, tuple):
        return said
    ref = answers_ref(held.state, said) if said is not None else None
    asked = _asked(session, held, asks) if asks else ()
    event = Complete(
        by=by,
        at=at,
        once=once,
        task=task.number,
        outcome=outcome,
        reason=reason,
        answers=ref,
        asks=asked,
        shown=shown,
    )
    return _on(session, task, held, event, Said(answers=said, reason=reason, method=method))


def _asked(session: Session, held: Held, asks: Collection[str]) -> tuple[str, ...]:
    """The questions of the application among those named, in the order of the form."""
    form = definition_held(session, held, held.version_id).form_at("filing", held.case_type)
    return tuple(field.key for field in form.fields if field.key in asks)


def _on(session: Session, task: Task, held: Held, event: AnyEvent, said: Said) -> Task | Refusal:
    refusal = happen(session, held, event, said)
    if refusal is None:
        return task
    if refusal.code != "dossiers.task_closed":
        return refusal
    return meanwhile(session, held, _over(session, task), event.once)


def _over(session: Session, task: Task) -> Refusal:
    """Why a task is no longer there: who finished it and when, or that it was cancelled."""
    session.refresh(task)
    if task.outcome == "deemed":
        return Refusal("dossiers.deemed_already", {"at": instant(task.done_at)})
    if task.status == "cancelled" or task.done_by is None:
        return Refusal("dossiers.task_cancelled", {"at": instant(task.done_at)})
    who = session.get_one(Account, task.done_by).full_name
    return Refusal("dossiers.already_done", {"who": who, "at": instant(task.done_at)})
