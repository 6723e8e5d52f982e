"""What the lists tell of an open task besides who has it, written to its row."""

from sqlalchemy import bindparam, update
from sqlalchemy.orm import Session

from runtime.engine.effects import MarkTaskRow
from runtime.happening import Happening
from runtime.models.tasks import Task

# Built once: putting a statement together takes longer than running it.
_MARK = (
    update(Task)
    .where(Task.dossier_id == bindparam("of_dossier"), Task.number == bindparam("nth"))
    .values({name: bindparam(f"new_{name}") for name in ("given_by",)})
    .execution_options(synchronize_session=False)
)


def mark(session: Session, happening: Happening, effect: MarkTaskRow) -> None:
    """Who gave the task to the official that has it."""
    task = effect.task
    session.execute(
        _MARK,
        {"of_dossier": happening.dossier.id, "nth": task.number, "new_given_by": task.given_by},
    )
