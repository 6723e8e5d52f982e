"""The whole: a house, clients, kills, the database away for a while; then everything is compared."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from threading import Event, Thread
from time import monotonic, sleep

import psycopg

from common.operations.database import application_url
from common.postgres.address import conninfo
from soak.away import database_away, served_by
from soak.browser import Browser, Lost
from soak.client import Client
from soak.comparing import Compared, compared
from soak.full import keep_full
from soak.house import House, database_folder, house
from soak.killer import Killer
from soak.ledger import Ledger

# After the last kill a stalled job is taken up within half a minute and a round of the queue's own clock.
DRAIN_SECONDS = 600
LEFT = """
select task_name, status::text, count(*) from procrastinate_jobs where status::text = any(%s)
and (scheduled_at is null or scheduled_at < now() + interval '1 hour') group by 1, 2
"""


@dataclass(frozen=True, slots=True)
class Plan:
    """How much; `away_seconds` is how long the database is gone in the end, `full_seconds` how long its disk is full
    before that: then it is a small one, of `disk_megabytes` (0: the usual one)."""

    acts: int
    kills: int
    clients: int
    away_seconds: float
    seed: int
    full_seconds: float = 0
    disk_megabytes: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """`stayed`: web and worker are the same processes after the database was away as before."""

    plan: Plan
    seconds: float
    acts: int
    kills: dict[str, int]
    answers: dict[int, int]
    lost: int
    refused: tuple[str, ...]
    stayed: bool
    replayed: str
    jobs: str
    compared: Compared

    @property
    def is_right(self) -> bool:
        """Nothing is missing, doubled, broken, left over or told otherwise."""
        broken = self.answers.get(500, 0)
        return (
            self.compared.is_right
            and self.stayed
            and not (broken or self.refused or self.replayed or self.jobs)
        )


def soak(plan: Plan) -> Outcome:
    with (
        house(disk_megabytes=plan.disk_megabytes) as here,
        TemporaryDirectory(prefix="motcua-soak-") as folder,
    ):
        ledger, begun = Ledger(Path(folder) / "acts"), monotonic()
        killer = Killer(here, Random(plan.seed))
        before = _under_load(plan, here, ledger, killer)
        until_ready(here)
        left = drained(here)
        with psycopg.connect(conninfo(application_url(here.settings))) as connection:
            found = compared(connection, ledger.acts, here.mails)
        replayed = here.command("dossiers", "replay", "--all")
        return Outcome(
            plan=plan,
            seconds=round(monotonic() - begun, 1),
            acts=len(ledger.acts),
            kills=dict(killer.done),
            answers=ledger.answers,
            lost=ledger.lost,
            refused=tuple(ledger.refused),
            stayed=served_by(here) == before,
            replayed=replayed.stdout + replayed.stderr if replayed.returncode else "",
            jobs=left,
            compared=found,
        )


def _under_load(plan: Plan, here: House, ledger: Ledger, killer: Killer) -> set[int]:
    """Acts until there are enough: nine tenths of them among the kills, then the database is away.

    Answers which processes served when it went."""
    threads, troubles, returned = [], [], Event()

    def goes_on() -> bool:
        return here.stands() and not (troubles or (returned.is_set() and len(ledger.acts) >= plan.acts))

    def work(number: int) -> None:
        try:
            Client((here.address,), ledger, Random(plan.seed + number), goes_on).work()
        except Exception as trouble:
            troubles.append(trouble)
            raise

    for number in range(plan.clients):
        threads.append(Thread(target=work, args=(number,)))
        threads[-1].start()
    with_database = int(plan.acts * 0.9)
    killer.strike_along(plan.kills, with_database, lambda: len(ledger.acts), goes_on)
    while len(ledger.acts) < with_database and goes_on():
        sleep(0.1)
    until_ready(here)
    if plan.full_seconds:
        keep_full(database_folder(here.environment), plan.full_seconds)
        until_ready(here)
    before = served_by(here)
    with database_away(here):
        sleep(plan.away_seconds)
    returned.set()
    for thread in threads:
        thread.join()
    if troubles:
        raise troubles[0]
    return before


def until_ready(here: House) -> None:
    """All programs are up and nothing has been started again for a few seconds."""
    known, since = served_by(here), monotonic()
    while here.stands() and monotonic() - since < 5:
        sleep(0.2)
        now = served_by(here)
        if now != known or not here.programs("postmaster") or not _answers(here):
            known, since = now, monotonic()
    if not here.stands():
        raise SystemExit(f"the house fell:\n{here.said}")


def _answers(here: House) -> bool:
    try:
        return Browser(here.address).get("/readyz").status == 200
    except Lost:
        return False


def drained(here: House, *, with_failed: bool = False) -> str:
    """Waits until no job is left; else names what is. `with_failed`: what has failed for good may stay."""
    end, left = monotonic() + DRAIN_SECONDS, "not asked"
    statuses = ["todo", "doing"] if with_failed else ["todo", "doing", "failed"]
    while left and here.stands() and monotonic() < end:
        sleep(0.5)
        with psycopg.connect(conninfo(application_url(here.settings))) as connection:
            rows = connection.execute(LEFT, (statuses,)).fetchall()
        left = ", ".join(f"{name} {status} {count}" for name, status, count in rows)
    return left


def told(outcome: Outcome) -> str:
    return json.dumps({"right": outcome.is_right, **asdict(outcome)}, ensure_ascii=False, indent=1)
