"""Where the open dossiers of a version rest: what the designer shows on the drawing. Numbers alone, of all units."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import and_, func, select, true
from sqlalchemy.orm import Session

from procedure_library.resting import Resting
from runtime.models.dossiers import OPEN, Dossier

# What rests at a step is in one of these; of the index over what is open, they are the part that is read.
UNDER_WAY = ("in_process", "awaiting_supplement", "awaiting_payment")


def resting(session: Session, version_id: int, *, at: datetime) -> Mapping[str, Resting]:
    """By step key. A dossier is overdue while its clock runs and its deadline has passed."""
    waiting = func.jsonb_array_elements_text(Dossier.state["marking"]["waiting"])
    steps = waiting.table_valued("key", name="steps").render_derived()
    late = and_(Dossier.status == "in_process", Dossier.due_at < at)
    counted = select(steps.c.key, func.count(), func.count().filter(late)).join_from(Dossier, steps, true())
    question = counted.where(OPEN, Dossier.status.in_(UNDER_WAY), Dossier.version_id == version_id).group_by(
        steps.c.key
    )
    return {key: Resting(many, overdue) for key, many, overdue in session.execute(question)}
