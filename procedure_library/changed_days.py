"""Days changed under running dossiers: said here, done by whoever keeps deadlines.

The library does not know of dossiers. It asks for a job by name, in the transaction that changed the days; the
runtime answers to that name.
"""

from datetime import date

from sqlalchemy.orm import Session

from common.jobs import defer

JOB = "deadlines.derive_again"


def days_changed(session: Session, since: date) -> None:
    """From this day on, days may count otherwise than they did when deadlines were worked out."""
    defer(session, JOB, since=since.isoformat())
