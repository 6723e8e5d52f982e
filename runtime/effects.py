"""What the engine asked of the outside, carried out as rows of the same transaction."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import Table, Update, bindparam, func, update
from sqlalchemy.orm import Session

from rules_dsl.evaluation import Evaluation
from runtime import notices, payments, starting, telling
from runtime.engine import effects
from runtime.engine.state import OpenTask
from runtime.happening import Happening
from runtime.letters import issue
from runtime.models.dossiers import EvaluationRow
from runtime.models.money import Charge
from runtime.models.papers import Decision
from runtime.models.tasks import Task
from runtime.worlds import parties_of

# Where a task without any limit stands in the inbox: after all that have one.
LAST = datetime(9999, 1, 1, tzinfo=UTC)
TASKS = cast(Table, Task.__table__)
# Built once: putting a statement together takes longer than running it.
_OURS = update(TASKS).where(TASKS.c.dossier_id == bindparam("of_dossier"), TASKS.c.number == bindparam("nth"))
CLAIM = _OURS.values({name: bindparam(name) for name in ("status", "claimed_by", "claimed_at")})
CLOSE = _OURS.values({name: bindparam(name) for name in ("status", "done_at", "done_by", "outcome")})


def carry_out(session: Session, happening: Happening) -> None:
    """Every effect, in the engine's order."""
    for effect in happening.advanced.effects:
        CARRIES_OUT[type(effect)](session, happening, effect)


def sort_at(task: OpenTask, deadline: datetime | None) -> datetime:
    """What the inbox sorts by: the earlier of the task's own limit and the dossier's deadline.

    A result waits for the applicant, whose delay is nobody's: it stands after all that the office owes.
    """
    if task.kind == "hand_over":
        return LAST
    return min((limit for limit in (task.due_at, deadline) if limit is not None), default=LAST)


def _open_task(session: Session, happening: Happening, effect: effects.OpenTaskRow) -> None:
    task, dossier = effect.task, happening.dossier
    session.add(
        Task(
            dossier_id=dossier.id,
            number=task.number,
            kind=task.kind,
            step=task.step,
            role=task.role,
            unit_id=parties_of(dossier).unit_of(task),
            ask=task.ask,
            status="open",
            opened_at=task.opened_at,
            due_at=task.due_at,
            sort_at=sort_at(task, dossier.due_at),
        )
    )


def _claim_task(session: Session, happening: Happening, effect: effects.ClaimTaskRow) -> None:
    task = effect.task
    status = "claimed" if task.claimed_by else "open"
    values = {"status": status, "claimed_by": task.claimed_by, "claimed_at": task.claimed_at}
    _change_task(session, happening, CLAIM, task.number, values)


def _close_task(session: Session, happening: Happening, effect: effects.CloseTaskRow) -> None:
    how = effect.closed.how
    done_by = happening.by.account_id if how == "done" else None
    values = {"status": how, "done_at": happening.at, "done_by": done_by, "outcome": effect.outcome}
    _change_task(session, happening, CLOSE, effect.closed.number, values)


def _change_task(
    session: Session, happening: Happening, statement: Update, number: int, values: Mapping[str, Any]
) -> None:
    """One statement on the table itself; a task object that the session holds is read again when asked."""
    dossier_id = happening.dossier.id
    session.execute(statement, {"of_dossier": dossier_id, "nth": number, **values})
    for held in session.identity_map.values():
        if isinstance(held, Task) and held.dossier_id == dossier_id:
            session.expire(held)


def _move_deadline(session: Session, happening: Happening, effect: effects.MoveDeadline) -> None:
    follows = func.coalesce(func.least(TASKS.c.due_at, effect.due_at), LAST)
    # Tasks that this act opens know the deadline already.
    live = (TASKS.c.dossier_id == happening.dossier.id, TASKS.c.status.in_(("open", "claimed")))
    ours = TASKS.c.kind != "hand_over"
    session.execute(update(TASKS).where(*live, ours).values(sort_at=follows))


def _record_evaluations(session: Session, happening: Happening, effect: effects.RecordEvaluations) -> None:
    session.add_all(
        EvaluationRow(
            dossier_id=happening.dossier.id,
            event=happening.number,
            number=number,
            rule=evaluation.rule,
            body=evaluation.to_json(),
        )
        for number, evaluation in enumerate(effect.evaluations, start=1)
    )


def _record_charges(session: Session, happening: Happening, effect: effects.RecordCharges) -> None:
    read = {evaluation.rule: evaluation for evaluation in _evaluations(happening)}
    for line in effect.owed:
        session.add(
            Charge(
                dossier_id=happening.dossier.id,
                event=happening.number,
                rule=line.rule,
                kind=read[line.rule].kind,
                amount=line.amount.minor,
                currency=line.amount.currency,
                assessed_at=happening.at,
                reduced=read[line.rule].is_reduced,
            )
        )


def _evaluations(happening: Happening) -> list[Evaluation]:
    read = (e for e in happening.advanced.effects if isinstance(e, effects.RecordEvaluations))
    return [evaluation for each in read for evaluation in each.evaluations]


def _record_payment(session: Session, happening: Happening, effect: effects.RecordPayment) -> None:
    payments.record(session, happening, effect.paid)


def _record_decision(session: Session, happening: Happening, effect: effects.RecordDecision) -> None:
    decision, definition = effect.decision, happening.context.compiled.definition
    session.add(
        Decision(
            dossier_id=happening.dossier.id,
            event=happening.number,
            outcome=decision.outcome,
            ending=decision.ending,
            reason=happening.said.reason.strip(),
            grounds=[e.to_json() for e in _evaluations(happening) if e.kind == "condition"],
            legal_basis=[_citation(c) for c in definition.legal_basis],
            decided_at=decision.at,
            signatory_id=decision.account,
        )
    )


def _citation(citation: Any) -> dict[str, Any]:
    return {"number": citation.number, "title": citation.title.to_json()}


CARRIES_OUT: Mapping[type, Callable[[Session, Happening, Any], None]] = {
    effects.OpenTaskRow: _open_task,
    effects.ClaimTaskRow: _claim_task,
    effects.CloseTaskRow: _close_task,
    effects.MoveDeadline: _move_deadline,
    effects.RecordEvaluations: _record_evaluations,
    effects.RecordCharges: _record_charges,
    effects.RecordPayment: _record_payment,
    effects.RecordDecision: _record_decision,
    effects.IssueLetter: issue.issue,
    effects.Notify: notices.notify,
    effects.TellLeaders: telling.tell,
    effects.StartRun: starting.start,
}
