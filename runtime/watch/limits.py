"""Limits that come near or have passed: of tasks, of deadlines, of promised days. Each list some at a time.

A list answers after which row to go on; None: that was all. What was noted before is not found again.
"""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from common.calendar import ONE_DAY
from common.clock import local_date
from runtime.engine import thresholds
from runtime.engine.plain import from_plain
from runtime.engine.state import State
from runtime.engine.timing import end_of
from runtime.inbox import LIVE
from runtime.models.dossiers import Dossier
from runtime.models.tasks import Task
from runtime.pages import After
from runtime.telling_of_steps import ask_of_overdue
from runtime.watch.watching import Crossing, Watch, looked, not_noted, task_not_noted
from runtime.worlds import parties_of

A_MINUTE = timedelta(minutes=1)


def due_soon(watch: Watch, after: After | None) -> After | None:
    """Steps whose limit, or whose dossier's deadline, is near: who has claimed it is told, or the role's people."""
    question = (
        select(Task)
        .where(LIVE, Task.kind == "step", Task.sort_at > end_of(watch.today - ONE_DAY))
        .where(Task.sort_at <= end_of(watch.furthest("due_soon")), task_not_noted("due_soon", Task.sort_at))
    )
    return looked(watch, question, Task.sort_at, Task, after, _task_due_soon)


def _task_due_soon(watch: Watch, task: Task) -> None:
    if _stands_still(task.dossier):
        return
    days, calendar = watch.thresholds(task.unit_id).due_soon, watch.calendar(task.unit_id)
    limit = local_date(task.sort_at)
    since = thresholds.due_soon_from(limit, days, calendar) if calendar else limit
    if since is not None and since <= watch.today:
        crossing = Crossing(
            task.dossier_id, "due_soon", task.sort_at, since, task.unit_id, task.role, task=task.number
        )
        watch.note(crossing)


def tasks_overdue(watch: Watch, after: After | None) -> After | None:
    """Tasks whose own limit has passed: who leads the unit is told."""
    question = select(Task).where(
        LIVE,
        Task.kind != "hand_over",
        Task.due_at <= watch.at - A_MINUTE,
        task_not_noted("overdue", Task.due_at),
    )
    return looked(watch, question, Task.due_at, Task, after, _task_overdue)


def _task_overdue(watch: Watch, task: Task) -> None:
    assert task.due_at is not None
    if _stands_still(task.dossier):
        return
    since, leading = local_date(task.due_at + A_MINUTE), watch.leading(task.unit_id)
    crossing = Crossing(
        task.dossier_id, "overdue", task.due_at, since, task.unit_id, leading, task=task.number
    )
    if watch.note(crossing) and task.kind == "step":
        ask_of_overdue(watch.session, task)


def overdue(watch: Watch, after: After | None) -> After | None:
    """Dossiers whose deadline has passed: who leads the unit that solves is told."""
    passed = (Dossier.due_at <= watch.at - A_MINUTE, not_noted("overdue", Dossier.due_at))
    return looked(watch, _running(*passed), Dossier.due_at, Dossier, after, _overdue)


def _overdue(watch: Watch, dossier: Dossier) -> None:
    assert dossier.due_at is not None
    unit_id = parties_of(dossier).units["solving"]
    since = local_date(dossier.due_at + A_MINUTE)
    watch.note(Crossing(dossier.id, "overdue", dossier.due_at, since, unit_id, watch.leading(unit_id)))


def apologies(watch: Watch, after: After | None) -> After | None:
    """Promises that an apology could still move lawfully: proposed in time, and again on the last lawful day.

    Only a leader promises: nothing happens by itself. Once moved, a promise cannot be moved again.
    """
    question = _running(
        Dossier.appointment_at > end_of(watch.today),
        Dossier.appointment_at <= end_of(watch.furthest("apology", more=1)),
        ~Dossier.state.has_key("reappointments"),
        not_noted("apology_last", Dossier.appointment_at),
    )
    return looked(watch, question, Dossier.appointment_at, Dossier, after, _apology)


def _apology(watch: Watch, dossier: Dossier) -> None:
    unit_id = parties_of(dossier).units["solving"]
    calendar, days = watch.calendar(unit_id), watch.thresholds(unit_id).apology
    if calendar is None or dossier.appointment_at is None or dossier.received_at is None:
        return
    if _stands_still(dossier):
        return
    promised, received = local_date(dossier.appointment_at), local_date(dossier.received_at)
    asked = thresholds.apology_asked(promised, received, watch.today, days, calendar)
    if asked is not None:
        limit, leading = dossier.appointment_at, watch.leading(unit_id)
        watch.note(Crossing(dossier.id, asked.name, limit, asked.since, unit_id, leading))


def _stands_still(dossier: Dossier) -> bool:
    """Whether the office has stopped its clock: its limits are counted again when it goes on."""
    return from_plain(State, dossier.state).suspension is not None


def _running(*wanted: ColumnElement[bool]) -> Select[Any]:
    return select(Dossier).where(Dossier.status == "in_process", *wanted)
