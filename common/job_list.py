"""The queue as an administrator sees it: what waits, what failed for good, and doing that again.

A job that failed its last try stays in the queue until somebody has it done again: nothing that was promised
gets lost. The tables are the queue library's own; only its functions change them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from common import audit
from common.identity.actor import Actor

PAGE = 50

KINDS = text("""
    select j.task_name as name,
        count(*) filter (where j.status = 'todo') as waiting,
        count(*) filter (where j.status = 'doing') as running,
        count(*) filter (where j.status = 'failed') as failed,
        coalesce((array_agg(f.error order by f.failed_at desc) filter (where f.error is not null))[1], '')
            as last_error
    from procrastinate_jobs j left join job_failures f on f.job_id = j.id
    where j.status in ('todo', 'doing', 'failed')
    group by j.task_name order by j.task_name
""")
FAILED = text("""
    select j.id, j.task_name as name, j.args as parameters, j.attempts as tries,
        coalesce(f.error, '') as error, f.failed_at
    from procrastinate_jobs j left join job_failures f on f.job_id = j.id
    where j.status = 'failed' and j.id > :after
    order by j.id limit :most
""")
SOME_FAILED = text("select exists (select from procrastinate_jobs where status = 'failed')")
# A job that ran and failed left a note of it: one without was given up by a worker that does not know its kind.
UNTRIED = text("""
    select id from procrastinate_jobs j where status = 'failed' and task_name = any(:known)
        and not exists (select from job_failures f where f.job_id = j.id) order by id limit :most
""")
# A lock admits one waiting job: while its like waits, a failed one cannot wait as well.
RETRIABLE = text("""
    select id, task_name from procrastinate_jobs job
    where id = :id and status = 'failed' and not exists (
        select from procrastinate_jobs other
        where other.queueing_lock = job.queueing_lock and other.status = 'todo')
    for update
""")
RETRY = text("select procrastinate_retry_job_v2(:id, null, null, null, null)")
AFRESH = text("update procrastinate_jobs set attempts = 0 where id = :id")


@dataclass(frozen=True, slots=True)
class Kind:
    """How many jobs of one name there are. `last_error` is the class of the latest failure; empty: none."""

    name: str
    waiting: int
    running: int
    failed: int
    last_error: str


@dataclass(frozen=True, slots=True)
class FailedJob:
    """A job given up. `parameters` are keys and numbers; `error` and `failed_at` may be unknown: "" and None."""

    id: int
    name: str
    parameters: dict[str, Any]
    tries: int
    error: str
    failed_at: datetime | None


def kinds(session: Session) -> tuple[Kind, ...]:
    """Every kind of which something waits, runs or has failed, by name."""
    return tuple(Kind(**row) for row in session.execute(KINDS).mappings())


def failed(session: Session, *, after: int = 0, most: int = PAGE) -> tuple[FailedJob, ...]:
    """Jobs that failed for good, the oldest first, from the one behind `after` on."""
    rows = session.execute(FAILED, {"after": after, "most": most}).mappings()
    return tuple(FailedJob(**row) for row in rows)


def some_failed(session: Session) -> bool:
    """Whether any job failed for good."""
    return bool(session.scalar(SOME_FAILED))


def all_failed(session: Session) -> tuple[FailedJob, ...]:
    """Every job that failed for good."""
    return failed(session, most=2**31 - 1)


def retry_untried(session: Session, known: Sequence[str], *, by: Actor, at: datetime) -> tuple[int, ...]:
    """Has done what a worker of earlier code gave up because it did not know the kind; answers which."""
    found = session.scalars(UNTRIED, {"known": list(known), "most": PAGE}).all()
    return retry(session, found, by=by, at=at)


def retry(session: Session, jobs: Sequence[int], *, by: Actor, at: datetime) -> tuple[int, ...]:
    """Has the failed jobs done again, with all their tries before them; answers which.

    Left out: what is no failed job (somebody else was quicker), and what waits already under the same lock.
    """
    return tuple(job for job in jobs if _retried(session, job, by, at))


def _retried(session: Session, job: int, by: Actor, at: datetime) -> bool:
    row = session.execute(RETRIABLE, {"id": job}).first()
    if row is None:
        return False
    session.execute(RETRY, {"id": job})
    session.execute(AFRESH, {"id": job})
    audit.record(session, "job.retried", by=by, at=at, kind="job", key=str(job), name=row.task_name)
    return True
