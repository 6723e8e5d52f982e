"""How the last try of a job failed: kept beside the queue, which itself remembers only that it did.

The kind of the exception, never its message: that may quote what people typed.
"""

from datetime import datetime

from sqlalchemy import BigInteger, String, delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from common.db import Base, Instant

# A job that took its worker down with it every time.
WORKER_LOST = "WorkerLost"


class JobFailure(Base):
    """The last failure of a job that has not succeeded since. `error` is the name of an exception's class."""

    __tablename__ = "job_failures"

    job_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    error: Mapped[str] = mapped_column(String(200))
    failed_at: Mapped[Instant]


def note(session: Session, job_id: int, error: str, *, at: datetime) -> None:
    """Remembers the failure in place of an earlier one."""
    told = {"error": error[:200], "failed_at": at}
    statement = insert(JobFailure).values(job_id=job_id, **told)
    session.execute(statement.on_conflict_do_update(index_elements=[JobFailure.job_id], set_=told))


def forget(session: Session, job_id: int) -> None:
    """The job succeeded after all."""
    session.execute(delete(JobFailure).where(JobFailure.job_id == job_id))
