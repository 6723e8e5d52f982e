"""Using the embedded server for a while, whether or not it runs already.

Everyone who uses the server holds `server.lock` shared. Whoever started it for a short command waits, before
ending it, until nobody else does; the supervisor, which owns the server for as long as it runs, takes the
lock alone first. As long as it holds `owner.lock`, nobody else starts the server: one that fell is started again by
its owner, and a command that came in between waits for it.
"""

import fcntl
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from common.postgres.embedded import RECOVERY_SECONDS, Embedded, end_postmaster
from common.problems import MotcuaError

STARTER_PATIENCE_SECONDS = 60


def visit(embedded: Embedded, logs: Path) -> ExitStack:
    """Joins the running server or starts one; closing the answer leaves it again."""
    stack = ExitStack()
    with _held(embedded.home / "start.lock", fcntl.LOCK_EX):
        users = stack.enter_context(_held(embedded.home / "server.lock", fcntl.LOCK_SH))
        if not _answers_in_time(embedded, logs):
            _start(embedded, logs, stack, users)
    return stack


def _answers_in_time(embedded: Embedded, logs: Path) -> bool:
    """Whether the server answers, at once or when its owner has started it; False when it has no owner."""
    end = time.monotonic() + RECOVERY_SECONDS
    while not embedded.answers():
        with (embedded.home / "owner.lock").open("a") as lock:
            if taken_alone(lock, 0):
                return False
        if time.monotonic() > end:
            raise MotcuaError(f"PostgreSQL is not ready after {RECOVERY_SECONDS} seconds; see {logs}")
        time.sleep(0.1)
    return True


@contextmanager
def sole_use(embedded: Embedded, patience_seconds: float = STARTER_PATIENCE_SECONDS) -> Iterator[None]:
    """For the supervisor: nobody else uses the server when the block begins; commands may join in it."""
    with (
        (embedded.home / "server.lock").open("a") as lock,
        _held(embedded.home / "owner.lock", fcntl.LOCK_EX),
    ):
        if not taken_alone(lock, patience_seconds):
            raise MotcuaError(
                "Another motcua command is using the database; wait for it to finish and try again"
            )
        embedded.stop_stray()
        fcntl.flock(lock, fcntl.LOCK_SH)
        yield


def taken_alone(lock: IO[str], patience_seconds: float) -> bool:
    """Whether the lock could be had for ourselves in time."""
    end = time.monotonic() + patience_seconds
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > end:
                return False
            time.sleep(0.1)
        else:
            return True


def _start(embedded: Embedded, logs: Path, stack: ExitStack, users: IO[str]) -> None:
    logs.mkdir(mode=0o700, parents=True, exist_ok=True)
    log = logs / "postgres.log"
    embedded.stop_stray()
    embedded.initialise()
    server = embedded.start(log)

    def stop() -> None:
        fcntl.flock(users, fcntl.LOCK_EX)
        if process := embedded.postmaster():
            end_postmaster(process)
        server.wait()

    stack.callback(stop)
    embedded.wait_until_ready(server, log)
    embedded.ensure_roles()


@contextmanager
def _held(path: Path, mode: int) -> Iterator[IO[str]]:
    with path.open("a") as file:
        fcntl.flock(file, mode)
        yield file
