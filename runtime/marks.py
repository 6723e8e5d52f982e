"""What the lists tell of an open task besides who has it, written to its row."""

from sqlalchemy.orm import Session

from runtime.engine.effects import MarkTaskRow
from runtime.happening import Happening
from runtime.rows import Rows

MARKS = ("given_by", "escalated_at", "escalated_by")


def mark(_session: Session, happening: Happening, effect: MarkTaskRow, rows: Rows) -> None:
    """Who gave the task to the official that has it, and whether its leader has it on the list."""
    task = effect.task
    where = {"dossier_id": happening.dossier.id, "number": task.number}
    rows.update("tasks", where, **{name: getattr(task, name) for name in MARKS})
