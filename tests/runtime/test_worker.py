"""A real worker, fresh from its start, does many jobs side by side: none fails because another runs."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select, text

from common.db import Database
from common.text import Text
from config import CHECKOUT, Settings
from procedure_library.definition import Letter as DefinedLetter
from runtime.models.papers import Letter
from runtime.office import Office
from tests.runtime.small import MONDAY
from tests.runtime.town import publish_small, town_in

LETTERS = 8
PATIENCE_SECONDS = 120
# The program as it is, but threads change places all the time, and what fails is not tried again.
WORKER = """
import sys
sys.setswitchinterval(1e-6)
from app import main
from common.jobs import queue
for task in queue.tasks.values():
    task.retry_strategy = None
main(["worker"])
"""
SOURCE = """#import "lib.typ": *
#show: official.with("Giấy xác nhận số {number}")
Bà #d.applicant.full_name được cấp #d.answers.person.copies bản, #d.decision.decided_on.
"""
UNDONE = text("select count(*) from procrastinate_jobs where status in ('todo', 'doing')")
FAILED = text(
    "select task_name, error from procrastinate_jobs j left join job_failures f on f.job_id = j.id "
    "where status = 'failed'"
)


@contextmanager
def worker(database: Database, settings: Settings, data_folder: Path) -> Iterator["subprocess.Popen[str]"]:
    own = {
        "MOTCUA_DATABASE_URL": database.engine.url.render_as_string(hide_password=False),
        "MOTCUA_SECRET_KEY": settings.secret_key,
        "MOTCUA_IDENTITY_KEY": settings.identity_key,
        "MOTCUA_DATA_FOLDER": str(data_folder),
    }
    others = {name: value for name, value in os.environ.items() if not name.startswith("MOTCUA_")}
    process = subprocess.Popen(
        [sys.executable, "-c", WORKER],
        cwd=CHECKOUT,
        env={**others, **own},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _letters_of_as_many_versions(database: Database) -> None:
    """Each is of a definition of its own, which the worker has to read first."""
    for number in range(LETTERS):
        with database.transaction() as session:
            source = SOURCE.format(number=number)
            letter = DefinedLetter("paper", Text("Giấy xác nhận"), source, ending="granted")
            publish_small(session, MONDAY, date(2026, 1, 1), letters=(letter,))
            town_in(session).finished()


def _done(database: Database, process: "subprocess.Popen[str]") -> bool:
    with database.transaction() as session:
        undone = session.scalar(UNDONE)
    return undone == 0 or process.poll() is not None


def test_a_fresh_worker_makes_many_letters_at_once(
    database: Database, settings: Settings, office: Office, tmp_path: Path
) -> None:
    _letters_of_as_many_versions(database)
    with worker(database, settings, tmp_path) as process:
        end = time.monotonic() + PATIENCE_SECONDS
        while not _done(database, process) and time.monotonic() < end:
            time.sleep(0.1)
        process.terminate()
        told, _ = process.communicate(timeout=30)
    with database.transaction() as session:
        failed: list[Any] = [tuple(row) for row in session.execute(FAILED)]
        digests = session.scalars(select(Letter.digest).where(Letter.kind == "result")).all()
    assert (failed, process.returncode) == ([], 0), told
    assert len(set(digests) - {None}) == LETTERS
    assert all(office.files.open(str(digest)).read(5) == b"%PDF-" for digest in digests)
