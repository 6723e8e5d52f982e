"""A dossier whose work went over to another unit: whose its tasks are, and who writes for it now."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from common.identity.models import Unit
from runtime.engine.effects import TransferTasks
from runtime.happening import Happening
from runtime.holding import Held, state_of
from runtime.models.dossiers import Dossier
from runtime.models.reminders import Reminder
from runtime.rows import Rows


def receiving_unit(session: Session, dossier: Dossier | Held) -> Unit:
    """The unit where the applicant is to go: the one that received it, or who has that work now."""
    return session.get_one(Unit, receiving_now(dossier))


def receiving_now(dossier: Dossier | Held) -> int:
    """The same as the number of its row."""
    return state_of(dossier).carried.get("receiving", dossier.unit_id)


def move_tasks(session: Session, happening: Happening, effect: TransferTasks, rows: Rows) -> None:
    """Open tasks and what the clock told of them are the new unit's. What was not received yet, it receives: its
    code, local amounts and days will be those of that unit."""
    moved, dossier = effect.transferred, happening.dossier
    for task in happening.state.tasks:
        if task.area in moved.areas and not task.unit:
            where = {"dossier_id": dossier.id, "number": task.number}
            rows.update("tasks", where, unit_id=moved.to_unit)
    told = update(Reminder).where(Reminder.dossier_id == dossier.id, Reminder.ended_at.is_(None))
    session.execute(told.where(Reminder.unit_id == moved.from_unit).values(unit_id=moved.to_unit))
    received_by = {} if dossier.received_at else dict.fromkeys(("unit_id", "solving_unit_id"), moved.to_unit)
    rows.update("dossiers", {"id": dossier.id}, carried_by_id=moved.to_unit, **received_by)
