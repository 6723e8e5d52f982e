"""The open work of a unit goes over to another by an order: previewed, recorded, done some at a time by a job."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Executable, exists, func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from common import audit
from common.clock import local_date
from common.identity.actor import Actor, machine
from common.identity.models import Assignment, Unit
from common.jobs import Work, defer, job
from common.problems import Problem, Refusal
from runtime.acts import act
from runtime.engine.machine_events import Transfer, Transferred
from runtime.engine.parts import instant
from runtime.engine.status import OPEN
from runtime.happening import Said
from runtime.inbox import LIVE
from runtime.letters.phrases import phrase
from runtime.models.dossiers import Dossier
from runtime.models.tasks import Task
from runtime.models.transfers import WorkTransfer
from runtime.watch.watching import holders_in, posts_on
from runtime.worlds import parties_of

AT_ONCE = 100
MACHINE = machine("transfer")


@dataclass(frozen=True, slots=True)
class Preview:
    """What would go over: dossiers by status, open tasks by role, how many of these are claimed.

    `unstaffed` are the roles among them that nobody holds where they go.
    """

    dossiers: Mapping[str, int]
    tasks: Mapping[str, int]
    claimed: int
    unstaffed: tuple[str, ...]

    @property
    def all_dossiers(self) -> int:
        return sum(self.dossiers.values())

    @property
    def all_tasks(self) -> int:
        return sum(self.tasks.values())


def preview(session: Session, unit: Unit, to: Unit | None, on: date) -> Preview:
    """What would go over today; `to` None: it is not known yet where."""
    by_status = select(Dossier.status, func.count()).where(worked_on_by(unit)).group_by(Dossier.status)
    ours = (LIVE, Task.unit_id == unit.id)
    by_role = select(Task.role, func.count()).where(*ours).group_by(Task.role)
    tasks = _counts(session, by_role)
    claimed = session.scalar(select(func.count()).where(*ours, Task.claimed_by.is_not(None))) or 0
    lacking = tuple(role for role in sorted(tasks) if to and not _is_held(session, to, role, on))
    return Preview(_counts(session, by_status), tasks, claimed, lacking)


def worked_on_by(unit: Unit) -> ColumnElement[bool]:
    """Open dossiers of which the unit has some work now."""
    return (
        Dossier.status.in_(OPEN)
        & or_(
            _now("receiving", Dossier.unit_id) == unit.id, _now("solving", Dossier.solving_unit_id) == unit.id
        )
        & or_(
            # Said besides, so that the indexes on units find them.
            Dossier.unit_id == unit.id,
            Dossier.solving_unit_id == unit.id,
            Dossier.carried_by_id == unit.id,
        )
    )


def _now(area: str, first: Any) -> ColumnElement[int]:
    return func.coalesce(Dossier.state["carried"][area].as_integer(), first)


def _counts(session: Session, question: Executable) -> dict[str, int]:
    return {str(key): int(count) for key, count in session.execute(question)}


def _is_held(session: Session, unit: Unit, role: str, on: date) -> bool:
    holds = posts_on(holders_in(session, unit, on), role, on)
    return bool(session.scalar(select(exists().where(holds, Assignment.id.is_not(None)))))


@dataclass(frozen=True, slots=True)
class Ordered:
    """Where the work goes, why, and by which decision."""

    to: Unit | None
    reason: str
    basis: str


def order(
    session: Session, unit: Unit, ordered: Ordered, *, by: Actor, at: datetime
) -> WorkTransfer | tuple[Problem, ...] | Refusal:
    """Orders the transfer; a job carries it out. What is filed at the unit later is not part of it."""
    to, today = ordered.to, local_date(at)
    problems = [
        *([Problem("dossiers.reason_missing", "reason")] if not ordered.reason.strip() else []),
        *([Problem("dossiers.basis_missing", "basis")] if not ordered.basis.strip() else []),
    ]
    if to is None or to.id == unit.id or not to.is_open(today):
        return (Problem("dossiers.transfer_to_wrong", "to"), *problems)
    if problems:
        return tuple(problems)
    if not session.scalar(select(exists().where(worked_on_by(unit)))):
        return Refusal("dossiers.transfer_nothing")
    made = _write(session, unit, to, ordered, by, at)
    if made is None:
        return _under_way(session, unit)
    said = {"to": to.key, "order": made.id}
    audit.record(session, "work.transfer_ordered", by=by, at=at, kind="unit", key=unit.key, **said)
    defer(session, transfer_some, order_id=made.id)
    return made


def _write(
    session: Session, unit: Unit, to: Unit, ordered: Ordered, by: Actor, at: datetime
) -> WorkTransfer | None:
    made = WorkTransfer(
        from_unit=unit,
        to_unit=to,
        reason=ordered.reason.strip(),
        basis=ordered.basis.strip(),
        account_id=by.account_id,
        ordered_by=by.name,
        ordered_at=at,
        dossiers=0,
        tasks=0,
    )
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:
        return None
    return made


def _under_way(session: Session, unit: Unit) -> Refusal:
    open_one = select(WorkTransfer.ordered_at).where(
        WorkTransfer.from_unit_id == unit.id, WorkTransfer.finished_at.is_(None)
    )
    return Refusal("dossiers.transfer_under_way", {"at": instant(session.scalar(open_one))})


@job("work.transfer")
def transfer_some(work: Work, *, order_id: int) -> None:
    """Some dossiers of the order; what is left is asked for in the same transaction."""
    if carry_out(work, order_id):
        defer(work.session, transfer_some, order_id=order_id)


def carry_out(work: Work, order_id: int) -> bool:
    """Lets some of the dossiers go over; answers whether any may be left. Doing it again moves nothing twice."""
    ordered = work.session.get_one(WorkTransfer, order_id, with_for_update=True)
    if ordered.finished_at is not None:
        return False
    question = (
        select(Dossier)
        .where(worked_on_by(ordered.from_unit), Dossier.submitted_at <= ordered.ordered_at)
        .order_by(Dossier.id)
        .limit(AT_ONCE)
        .with_for_update(of=Dossier)
    )
    found = work.session.scalars(question, execution_options={"populate_existing": True}).all()
    moved = [dossier for dossier in found if _transfer(work, ordered, dossier)]
    if len(moved) == AT_ONCE:
        return True
    ordered.finished_at = work.at
    return False


def _transfer(work: Work, ordered: WorkTransfer, dossier: Dossier) -> bool:
    """One dossier goes over, with its open tasks."""
    session, from_unit = work.session, ordered.from_unit_id
    areas = tuple(area for area, unit in parties_of(dossier).units.items() if unit == from_unit)
    ours = (Task.dossier_id == dossier.id, LIVE, Task.unit_id == from_unit)
    tasks = session.scalar(select(func.count()).where(*ours)) or 0
    reason = phrase(
        "transferred",
        "vi",
        from_unit=ordered.from_unit.name_vi,
        to_unit=ordered.to_unit.name_vi,
        reason=ordered.reason,
        basis=ordered.basis,
    )
    moved = Transferred(ordered.id, from_unit, ordered.to_unit_id, areas)
    event = Transfer(by=MACHINE, at=work.at, transferred=moved, reason=reason)
    if isinstance(act(session, dossier, event, Said(reason=reason)), Refusal):
        return False
    ordered.dossiers += 1
    ordered.tasks += tasks
    return True


def orders_of(session: Session, unit: Unit) -> tuple[WorkTransfer, ...]:
    """All that concern the unit, the latest first."""
    ours = or_(WorkTransfer.from_unit_id == unit.id, WorkTransfer.to_unit_id == unit.id)
    return tuple(session.scalars(select(WorkTransfer).where(ours).order_by(WorkTransfer.id.desc())))
