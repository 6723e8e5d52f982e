"""What the lists tell of an open task besides who has it, written to its row."""

from sqlalchemy import bindparam, update
from sqlalchemy.orm import Session

from runtime.engine.effects import MarkTaskRow
from runtime.happening import Happening
from runtime.models.tasks import Task

MARKS = ("given_by", "escalated_at", "escalated_by")
# Built once: putting a statement together takes longer than running it.
_MARK = (
    update(Task)
    .where(Task.dossier_id == bindparam("of_dossier"), Task.number == bindparam("nth"))
    .values({name: bindparam(f"new_{name}") for name in MARKS})
    .execution_options(synchronize_session=False)
)


def mark(session: Session, happening: Happening, effect: MarkTaskRow) -> None:
    """Who gave the task to the official that has it, and whether its leader has it on the list."""
    task = effect.task
    values = {f"new_{name}": getattr(task, name) for name in MARKS}
    session.execute(_MARK, {"of_dossier": happening.dossier.id, "nth": task.number, **values})
