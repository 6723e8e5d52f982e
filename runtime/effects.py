"""What the engine asked of the outside, carried out as rows of the same transaction."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from rules_dsl.evaluation import Evaluation
from runtime import notices
from runtime.engine import effects
from runtime.happening import Happening
from runtime.letters import issue
from runtime.models.dossiers import EvaluationRow
from runtime.models.money import Charge, Payment
from runtime.models.papers import Decision
from runtime.models.tasks import Task
from runtime.numbers import yearly_number

# Where a task without any limit stands in the inbox: after all that have one.
LAST = datetime(9999, 1, 1, tzinfo=UTC)
RECEIPT = "BL"


def carry_out(session: Session, happening: Happening) -> None:
    """Every effect, in the engine's order."""
    for effect in happening.advanced.effects:
        CARRIES_OUT[type(effect)](session, happening, effect)
        session.flush()


def sort_at(own: datetime | None, deadline: datetime | None) -> datetime:
    """What the inbox sorts by: the earlier of the task's own limit and the dossier's deadline."""
    return min((limit for limit in (own, deadline) if limit is not None), default=LAST)


def _open_task(session: Session, happening: Happening, effect: effects.OpenTaskRow) -> None:
    task, dossier = effect.task, happening.dossier
    row = _task_row(session, happening, task.number) or Task(dossier_id=dossier.id, number=task.number)
    row.kind, row.step, row.role = task.kind, task.step, task.role
    row.unit_id = happening.context.parties.units[task.area]
    row.status = "open" if task.claimed_by is None else "claimed"
    row.opened_at, row.due_at = task.opened_at, task.due_at
    row.sort_at = sort_at(task.due_at, dossier.due_at)
    row.claimed_by, row.claimed_at = task.claimed_by, task.claimed_at
    session.add(row)


def _close_task(session: Session, happening: Happening, effect: effects.CloseTaskRow) -> None:
    row = _task_row(session, happening, effect.closed.number)
    assert row is not None
    row.status = effect.closed.how
    row.done_at, row.outcome = happening.at, effect.outcome
    row.done_by = happening.by.account_id if effect.closed.how == "done" else None


def _move_deadline(session: Session, happening: Happening, effect: effects.MoveDeadline) -> None:
    follows = func.coalesce(func.least(Task.due_at, effect.due_at), LAST)
    session.execute(
        update(Task)
        .where(Task.dossier_id == happening.dossier.id, Task.status.in_(("open", "claimed")))
        .values(sort_at=follows)
        .execution_options(synchronize_session=False)
    )


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
    kinds = _kinds(happening)
    for line in effect.owed:
        session.add(
            Charge(
                dossier_id=happening.dossier.id,
                event=happening.number,
                rule=line.rule,
                kind=kinds[line.rule],
                amount=line.amount.minor,
                currency=line.amount.currency,
                assessed_at=happening.at,
            )
        )


def _kinds(happening: Happening) -> Mapping[str, str]:
    read = (e for e in happening.advanced.effects if isinstance(e, effects.RecordEvaluations))
    return {evaluation.rule: evaluation.kind for each in read for evaluation in each.evaluations}


def _record_payment(session: Session, happening: Happening, effect: effects.RecordPayment) -> None:
    paid, dossier = effect.paid, happening.dossier
    payment = Payment(
        dossier_id=dossier.id,
        event=happening.number,
        unit_id=dossier.unit_id,
        number=yearly_number(session, dossier.unit_id, RECEIPT, happening.at),
        amount=paid.amount.minor,
        currency=paid.amount.currency,
        method=happening.said.method,
        paid_at=happening.at,
        received_by=happening.by.account_id,
    )
    session.add(payment)
    session.flush()
    latest = (
        select(func.max(Charge.id))
        .where(Charge.dossier_id == dossier.id, Charge.rule.in_(paid.rules))
        .group_by(Charge.rule)
    )
    session.execute(update(Charge).where(Charge.id.in_(latest)).values(payment_id=payment.id))


def _record_decision(session: Session, happening: Happening, effect: effects.RecordDecision) -> None:
    decision, definition = effect.decision, happening.context.compiled.definition
    session.add(
        Decision(
            dossier_id=happening.dossier.id,
            event=happening.number,
            outcome=decision.outcome,
            ending=decision.ending,
            reason=happening.said.reason.strip(),
            grounds=[e.to_json() for e in _conditions(happening)],
            legal_basis=[_citation(c) for c in definition.legal_basis],
            decided_at=decision.at,
            signatory_id=decision.account,
        )
    )


def _conditions(happening: Happening) -> list[Evaluation]:
    read = (e for e in happening.advanced.effects if isinstance(e, effects.RecordEvaluations))
    return [e for each in read for e in each.evaluations if e.kind == "condition"]


def _citation(citation: Any) -> dict[str, Any]:
    return {"number": citation.number, "title": citation.title.to_json()}


def _task_row(session: Session, happening: Happening, number: int) -> Task | None:
    return session.scalars(
        select(Task).where(Task.dossier_id == happening.dossier.id, Task.number == number)
    ).one_or_none()


CARRIES_OUT: Mapping[type, Callable[[Session, Happening, Any], None]] = {
    effects.OpenTaskRow: _open_task,
    effects.CloseTaskRow: _close_task,
    effects.MoveDeadline: _move_deadline,
    effects.RecordEvaluations: _record_evaluations,
    effects.RecordCharges: _record_charges,
    effects.RecordPayment: _record_payment,
    effects.RecordDecision: _record_decision,
    effects.IssueLetter: issue.issue,
    effects.Notify: notices.notify,
}
