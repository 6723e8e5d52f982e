"""The PostgreSQL of one test run: started by the first worker that asks, ended when the run ends.

`python -m tests.support.server FOLDER` serves until nobody holds FOLDER/alive locked any more. The process
that began the run holds it, so the server ends with the run even when the run is killed.
"""

import fcntl
import json
import shutil
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from common.postgres.embedded import APPLICATION, OWNER, Embedded, end_postmaster
from common.problems import MotcuaError

# Nothing here has to survive a power cut.
FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=300")
PATIENCE_SECONDS = 120


@dataclass(frozen=True)
class Addresses:
    """The two roles' addresses of the server's first database, which the tests leave alone."""

    owner: str
    application: str


def served(folder: Path) -> Addresses:
    """The run's own server, started when it is not there yet. The caller holds the run's lock."""
    answer = folder / "server.json"
    if not answer.exists():
        with (folder / "server.log").open("wb") as log:
            subprocess.Popen(
                [sys.executable, "-m", "tests.support.server", str(folder)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        end = time.monotonic() + PATIENCE_SECONDS
        while not answer.exists():
            if time.monotonic() > end or (folder / "failed").exists():
                raise MotcuaError(f"The test database did not start:\n{(folder / 'server.log').read_text()}")
            time.sleep(0.02)
    return Addresses(**json.loads(answer.read_text()))


def serve(folder: Path) -> None:
    embedded = Embedded.of(folder / "data")
    try:
        embedded.initialise()
        log = folder / "postgres.log"
        server = embedded.start(log, *FAST)
        try:
            embedded.wait_until_ready(server, log)
            embedded.ensure_roles()
            _tell(folder, Addresses(embedded.url(OWNER), embedded.url(APPLICATION)))
            _wait_for_the_end(folder)
        finally:
            if process := embedded.postmaster():
                end_postmaster(process)
            server.wait()
    finally:
        shutil.rmtree(embedded.sockets, ignore_errors=True)
        shutil.rmtree(embedded.home, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)


def _tell(folder: Path, addresses: Addresses) -> None:
    fresh = folder / "server.json.new"
    fresh.write_text(json.dumps(asdict(addresses)))
    fresh.rename(folder / "server.json")


def _wait_for_the_end(folder: Path) -> None:
    with (folder / "alive").open() as alive:
        fcntl.flock(alive, fcntl.LOCK_SH)


if __name__ == "__main__":
    run = Path(sys.argv[1])
    try:
        serve(run)
    except BaseException:
        (run / "failed").touch()
        raise
