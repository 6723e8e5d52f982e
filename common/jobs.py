"""Background work: a job exists if and only if the transaction that asked for it committed.

A job is a one-liner that calls a verb of the domain:

    @job("letters.render")
    def render_letter(work: Work, *, letter_id: int) -> None:
        letters.render_stored(work.session, letter_id, files=work.files, at=work.at)

    defer(session, render_letter, letter_id=7)

Parameters are keys and numbers, never personal data: they are logged. A body runs in one transaction and may
run again after a crash, so it must do no harm twice. What runs by the clock is registered by `schedule`,
called once by the composition root.
"""

import asyncio
import logging
import signal
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from procrastinate import App, JobContext, PsycopgConnector, RetryStrategy, SyncPsycopgConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Status
from procrastinate.manager import JobManager
from procrastinate.tasks import Task
from psycopg_pool import PoolTimeout
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from common import job_failures, job_list
from common.clock import Clock
from common.db import Database
from common.files import FileStore
from common.identity.actor import machine
from common.postgres.address import conninfo
from config import Settings

STALLED_SECONDS = 30
STALLED_TRIES = 3
POLL_SECONDS = 1.0
GRACEFUL_SECONDS = 10.0
AGAIN_SECONDS = 1.0

log = logging.getLogger(__name__)

queue = App(connector=PsycopgConnector())
_asking = JobManager(SyncPsycopgConnector())
# Names of the jobs that are made by `job`; the queue's own are another matter.
_kinds: set[str] = set()


@dataclass(frozen=True, slots=True)
class Workshop:
    """What a worker process has at hand for its jobs."""

    database: Database
    settings: Settings
    clock: Clock

    @property
    def files(self) -> FileStore:
        return FileStore(self.settings.data_folder / "files")


@dataclass(frozen=True, slots=True)
class Work:
    """What one job works with: its transaction, its instant, the files and the settings."""

    session: Session
    at: datetime
    files: FileStore
    settings: Settings


@dataclass(frozen=True, slots=True)
class Periodic:
    """A job that runs by the clock. `cron` has five fields, minutes first, in UTC."""

    cron: str
    task: Task[Any, Any, Any]


def job(name: str, *, retries: int = 3) -> Callable[[Callable[..., None]], Task[..., Any, ...]]:
    """Makes a task of `body(work, **parameters)`. A failing body is tried again, ever later."""

    def made(body: Callable[..., None]) -> Task[..., Any, ...]:
        def run(context: JobContext, /, **parameters: Any) -> None:
            parameters.pop("timestamp", None)  # The queue tells periodic tasks when they were due.
            perform(body, context.additional_context["workshop"], parameters, int(context.job.id or 0))

        # To the queue, a limit of 0 means no limit at all.
        strategy = RetryStrategy(max_attempts=retries, exponential_wait=4) if retries else False
        task = queue.task(name=name, pass_context=True, retry=strategy)(run)
        _kinds.add(name)
        return cast("Task[..., Any, ...]", task)

    return made


def perform(body: Callable[..., None], workshop: Workshop, parameters: dict[str, Any], job_id: int) -> None:
    """Runs one body in one transaction; how it failed is remembered in another."""
    try:
        with workshop.database.transaction() as session:
            body(Work(session, workshop.clock(), workshop.files, workshop.settings), **parameters)
            job_failures.forget(session, job_id)
    except Exception as error:
        _note(workshop, job_id, type(error).__name__)
        raise


def _note(workshop: Workshop, job_id: int, error: str) -> None:
    # A database that is away is told by the queue itself: the first error is the one to tell.
    with suppress(SQLAlchemyError), workshop.database.transaction() as session:
        job_failures.note(session, job_id, error, at=workshop.clock())


def defer(
    session: Session,
    task: Task[..., Any, ...] | str,
    /,
    *,
    not_before: datetime | None = None,
    **parameters: Any,
) -> None:
    """Asks for a job in the session's own transaction: rolled back with it, visible with its commit.

    By its name, a job can be asked for where its package may not be imported. `not_before`: when it may run; None: now.
    """
    connection = cast(Any, session.connection().connection.driver_connection)
    asked = queue.tasks[task] if isinstance(task, str) else task
    waiting = asked.configure(connection=connection, schedule_at=not_before)
    # A worker's own connector is asynchronous and cannot write on a session's connection.
    waiting.job_manager = _asking
    waiting.defer(**parameters)


def schedule(periodics: Iterable[Periodic]) -> None:
    """Registers what runs by the clock; the one place that does."""
    for each in periodics:
        queue.periodic(cron=each.cron, periodic_id=each.task.name)(each.task)


@queue.task(name="jobs.retry_stalled", queueing_lock="jobs.retry_stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:
    """Takes up what a killed worker left behind, and what one of earlier code did not know; a job that kills its
    workers is given up."""
    _retry_untried(context.additional_context["workshop"])
    manager = context.app.job_manager
    for stalled in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
        if stalled.attempts < STALLED_TRIES:
            await manager.retry_job(stalled)
        else:
            _note(context.additional_context["workshop"], int(stalled.id or 0), job_failures.WORKER_LOST)
            await manager.finish_job(stalled, status=Status.FAILED, delete_job=False)


def _retry_untried(workshop: Workshop) -> None:
    """While an upgrade goes over several machines, workers of earlier code take jobs whose kind came later."""
    with workshop.database.transaction() as session:
        job_list.retry_untried(session, sorted(_kinds), by=machine("jobs.retry_stalled"), at=workshop.clock())


def work_off(url: str, workshop: Workshop, *, forever: bool = True) -> None:
    """Runs jobs until told to stop; not `forever`: until none is left."""
    asyncio.run(_always_at_work(url, workshop) if forever else _at_work(url, workshop, forever=False))


async def _always_at_work(url: str, workshop: Workshop) -> None:
    """Goes to work again whenever the queue gives up, as it does when its database is away.

    Jobs that were under way then are taken up like those of a worker that was killed. A signal ends it, once what
    runs is done.
    """
    working = cast("asyncio.Task[None]", asyncio.current_task())
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, _tell_to_stop, working)
    with suppress(asyncio.CancelledError):
        while True:
            with suppress(ConnectorException, PoolTimeout):
                await _at_work(url, workshop, forever=True)
            log.warning("the queue does not answer; going to work again")
            await asyncio.sleep(AGAIN_SECONDS)


def _tell_to_stop(working: "asyncio.Task[None]") -> None:
    """Told again, it would leave in the middle of a job."""
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, lambda: None)
    working.cancel()


async def _at_work(url: str, workshop: Workshop, *, forever: bool) -> None:
    with queue.replace_connector(PsycopgConnector(conninfo=conninfo(url))):
        async with queue.open_async():
            await queue.run_worker_async(
                wait=forever,
                listen_notify=forever,
                install_signal_handlers=False,
                concurrency=4,
                fetch_job_polling_interval=POLL_SECONDS,
                shutdown_graceful_timeout=GRACEFUL_SECONDS,
                delete_jobs="successful",
                additional_context={"workshop": workshop},
            )
