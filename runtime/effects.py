"""What the engine asked of the outside, carried out as rows of the same transaction."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from rules_dsl.evaluation import Evaluation
from runtime import carrying, marks, notices, payments, refunded, starting, telling, telling_of_steps
from runtime.engine import effects
from runtime.engine.link_effects import CollectResult, DropChild, OpenChild, TellCaller
from runtime.engine.state import OpenTask
from runtime.happening import Happening
from runtime.letters import issue
from runtime.linking import asking
from runtime.rows import Rows
from runtime.worlds import parties_of

# Where a task without any limit stands in the inbox: after all that have one.
LAST = datetime(9999, 1, 1, tzinfo=UTC)
# Open tasks follow the deadline, but a result waits for the applicant. Tasks that the same act opens know the
# deadline already, and those it closes are changed once only.
MOVE = """update tasks set sort_at = coalesce(least(due_at, %s::timestamptz), %s::timestamptz)
where dossier_id = %s and status in ('open', 'claimed') and kind <> 'hand_over' and number <> all(%s::int[])"""


def carry_out(session: Session, happening: Happening, rows: Rows) -> None:
    """Every effect, in the engine's order."""
    for effect in happening.advanced.effects:
        CARRIES_OUT[type(effect)](session, happening, effect, rows)


def sort_at(task: OpenTask, deadline: datetime | None) -> datetime:
    """What the inbox sorts by: the earlier of the task's own limit and the dossier's deadline.

    A result waits for the applicant, whose delay is nobody's: it stands after all that the office owes.
    """
    if task.kind == "hand_over":
        return LAST
    return min((limit for limit in (task.due_at, deadline) if limit is not None), default=LAST)


def _open_task(_session: Session, happening: Happening, effect: effects.OpenTaskRow, rows: Rows) -> None:
    task, dossier, due = effect.task, happening.dossier, happening.state.due
    rows.insert(
        "tasks",
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
        sort_at=sort_at(task, due.at if due else None),
        outcome="",
    )


def _claim_task(_session: Session, happening: Happening, effect: effects.ClaimTaskRow, rows: Rows) -> None:
    task = effect.task
    status = "claimed" if task.claimed_by else "open"
    values = {"status": status, "claimed_by": task.claimed_by, "claimed_at": task.claimed_at}
    rows.update("tasks", {"dossier_id": happening.dossier.id, "number": task.number}, **values)


def _limit_task(_session: Session, happening: Happening, effect: effects.LimitTaskRow, rows: Rows) -> None:
    task, due = effect.task, happening.state.due
    values = {"due_at": task.due_at, "sort_at": sort_at(task, due.at if due else None)}
    rows.update("tasks", {"dossier_id": happening.dossier.id, "number": task.number}, **values)


def _close_task(_session: Session, happening: Happening, effect: effects.CloseTaskRow, rows: Rows) -> None:
    how = effect.closed.how
    done_by = happening.by.account_id if how == "done" else None
    values = {"status": how, "done_at": happening.at, "done_by": done_by, "outcome": effect.outcome}
    rows.update("tasks", {"dossier_id": happening.dossier.id, "number": effect.closed.number}, **values)


def _move_deadline(_session: Session, happening: Happening, effect: effects.MoveDeadline, rows: Rows) -> None:
    touched = {each.number for each in (*happening.record.closed, *happening.record.tasks)}
    # As the database writes an array: the driver takes long to find the type of a list.
    numbers = f"{{{','.join(map(str, sorted(touched)))}}}"
    rows.run(MOVE, effect.due_at, LAST, happening.dossier.id, numbers)


def _record_evaluations(
    _session: Session, happening: Happening, effect: effects.RecordEvaluations, rows: Rows
) -> None:
    for number, evaluation in enumerate(effect.evaluations, start=1):
        rows.insert(
            "evaluations",
            dossier_id=happening.dossier.id,
            event=happening.number,
            number=number,
            rule=evaluation.rule,
            body=evaluation.to_json(),
        )


def _record_charges(
    _session: Session, happening: Happening, effect: effects.RecordCharges, rows: Rows
) -> None:
    read = {evaluation.rule: evaluation for evaluation in _evaluations(happening)}
    for line in effect.owed:
        rows.insert(
            "charges",
            dossier_id=happening.dossier.id,
            event=happening.number,
            rule=line.rule,
            kind=read[line.rule].kind,
            amount=line.amount.minor,
            currency=line.amount.currency,
            assessed_at=happening.at,
            reduced=read[line.rule].is_reduced,
        )


def _evaluations(happening: Happening) -> list[Evaluation]:
    read = (e for e in happening.advanced.effects if isinstance(e, effects.RecordEvaluations))
    return [evaluation for each in read for evaluation in each.evaluations]


def _record_payment(
    session: Session, happening: Happening, effect: effects.RecordPayment, rows: Rows
) -> None:
    # What the act has assessed must be there to be settled.
    rows.write(session)
    payments.record(session, happening, effect.paid)


def _record_decision(
    _session: Session, happening: Happening, effect: effects.RecordDecision, rows: Rows
) -> None:
    decision, definition = effect.decision, happening.context.compiled.definition
    rows.insert(
        "decisions",
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


def _citation(citation: Any) -> dict[str, Any]:
    return {"number": citation.number, "title": citation.title.to_json()}


CARRIES_OUT: Mapping[type, Callable[[Session, Happening, Any, Rows], None]] = {
    effects.OpenTaskRow: _open_task,
    effects.ClaimTaskRow: _claim_task,
    effects.MarkTaskRow: marks.mark,
    effects.LimitTaskRow: _limit_task,
    effects.CloseTaskRow: _close_task,
    effects.MoveDeadline: _move_deadline,
    effects.RecordEvaluations: _record_evaluations,
    effects.RecordCharges: _record_charges,
    effects.RecordPayment: _record_payment,
    effects.RecordRefund: refunded.record,
    effects.RecordDecision: _record_decision,
    effects.IssueLetter: issue.issue,
    effects.Notify: notices.notify,
    effects.TellLeaders: telling.tell,
    effects.TellOfStep: telling_of_steps.tell,
    effects.TransferTasks: carrying.move_tasks,
    effects.StartRun: starting.start,
    OpenChild: asking.open_child,
    DropChild: asking.drop_child,
    CollectResult: asking.collect_result,
    TellCaller: asking.tell_caller,
}
