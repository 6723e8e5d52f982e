"""What a web worker holds after a long day: memory must not grow with the work that was done."""

import gc
import multiprocessing
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import create_app
from bench import measures
from bench.engine.clients import STEPS
from bench.engine.house import FILED, ROLES, House, house
from bench.engine.ours import Ours
from common import logs
from common.identity.models import Account, Assignment
from common.identity.passwords import hash_password
from runtime.models.dossiers import Dossier

FEW, MANY = 1_000, 10_000
PASSWORD = "cây đa bến nước"
# Filed together; the pages are shown once for each dossier, in the middle of its way.
AT_ONCE = 25
SHOWN_AFTER = 4


@measures("engine.memory_growth", "ratio", "<= 1.1")
def grown() -> float:
    """A worker's memory after ten thousand steps against after a thousand: whole dossiers filed and worked through
    the verbs, the inbox and the dossier's page shown by the application, all in one process."""
    with house() as here:
        context = multiprocessing.get_context("spawn")
        answers = context.SimpleQueue()
        worker = context.Process(target=_work, args=(here, answers))
        worker.start()
        few, many = answers.get()
        worker.join()
    return float(many / few)


def _work(here: House, answers: Any) -> None:
    logs.configure("WARNING")
    ours, client = Ours(here), _signed_in(here)
    held, done = {}, 0
    for dossier in _dossiers(here):
        for number in range(STEPS):
            ours.step(dossier, number)
            done += 1
            if number == SHOWN_AFTER:
                _shown(ours, client, dossier)
            if done in (FEW, MANY):
                held[done] = _held()
        if done >= MANY:
            break
    ours.close()
    answers.put((held[FEW], held[MANY]))


def _dossiers(here: House) -> Iterator[int]:
    while True:
        yield from here.filed(AT_ONCE)


def _shown(ours: Ours, client: FlaskClient, dossier: int) -> None:
    with ours.database.session() as session:
        number = session.get_one(Dossier, dossier).filing_number
    for page in ("/desk", f"/desk/dossiers/{number}"):
        answer = client.get(page)
        if answer.status_code != 200:
            raise SystemExit(f"{page}: {answer.status}")


def _held() -> int:
    """Bytes in memory now."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _signed_in(here: House) -> FlaskClient:
    """The application in this process, with the official signed in."""
    database = here.database()
    with database.transaction() as session:
        _employ(session, here)
    app = create_app(here.settings, database=database, clock=lambda: FILED)
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    client.post("/sign-in", data={"login": "official", "password": PASSWORD})
    return client


def _employ(session: Session, here: House) -> None:
    official = session.scalars(select(Account).where(Account.id == here.official.account_id)).one()
    official.password_hash = hash_password(PASSWORD)
    for role in ROLES:
        post = Assignment(account_id=official.id, unit_id=here.unit, role=role, since=date(2025, 7, 1))
        session.add(post)
