"""Days changed under running dossiers: said here, done by whoever keeps deadlines.

Who changes days (a calendar, an interruption, a unit that hands its work on) does not know of dossiers. The job
is asked for by name, in the transaction that changed the days; the runtime answers to that name.
"""

from datetime import date

from sqlalchemy.orm import Session

from common.jobs import defer

JOB = "deadlines.derive_again"


def days_changed(session: Session, since: date) -> None:
    """From this day on, days may count otherwise than they did when deadlines were worked out."""
    defer(session, JOB, since=since.isoformat())
