"""Attempts at automatic steps, asked for in the transaction of the act that brings them."""

from sqlalchemy.orm import Session

from common.jobs import defer
from runtime.engine.effects import StartRun
from runtime.happening import Happening
from runtime.rows import Rows

JOB = "connectors.call"


def start(session: Session, happening: Happening, effect: StartRun, _rows: Rows) -> None:
    """The first at once, a further one after its pause."""
    run = effect.run
    later = run.starts_at if run.attempt > 1 else None
    defer(session, JOB, not_before=later, dossier_id=happening.dossier.id, run=run.number)
