"""A dossier whose work went over to another unit: whose its tasks are, and who writes for it now."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from common.identity.models import Unit
from runtime.engine.effects import TransferTasks
from runtime.happening import Happening
from runtime.models.dossiers import Dossier
from runtime.models.reminders import Reminder
from runtime.models.tasks import Task


def receiving_unit(session: Session, dossier: Dossier) -> Unit:
    """The unit where the applicant is to go: the one that received it, or who has that work now."""
    carried = dossier.state.get("carried", {}).get("receiving")
    return session.get_one(Unit, carried) if carried else dossier.unit


def move_tasks(session: Session, happening: Happening, effect: TransferTasks) -> None:
    """Open tasks and what the clock told of them are the new unit's. What was not received yet, it receives."""
    moved, dossier = effect.transferred, happening.dossier
    numbers = [task.number for task in happening.state.tasks if task.area in moved.areas]
    tasks = update(Task).where(Task.dossier_id == dossier.id, Task.number.in_(numbers))
    session.execute(tasks.values(unit_id=moved.to_unit))
    told = update(Reminder).where(Reminder.dossier_id == dossier.id, Reminder.ended_at.is_(None))
    session.execute(told.where(Reminder.unit_id == moved.from_unit).values(unit_id=moved.to_unit))
    dossier.carried_by_id = moved.to_unit
    if dossier.received_at is None:
        _readdress(session, dossier, moved.to_unit)


def _readdress(session: Session, dossier: Dossier, unit_id: int) -> None:
    """Its code, local amounts and days will be those of the unit that receives it."""
    dossier.unit = dossier.solving_unit = session.get_one(Unit, unit_id)
