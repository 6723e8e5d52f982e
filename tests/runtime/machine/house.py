"""The town hall of one example: each act is a transaction of its own, all are taken back at the end."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select, text
from sqlalchemy.orm import Session

from common.db import Database
from common.identity.actor import Actor, machine
from common.jobs import Work
from config import Settings
from runtime.models.dossiers import Dossier
from runtime.office import Office
from tests.runtime.machine.connector import Register
from tests.runtime.small import MONDAY
from tests.runtime.town import town_in
from tests.support.databases import RolledBack

# Who may ask for anything: by the role, the unit and which of several officials.
OFFICIALS: dict[str, tuple[str, str, int]] = {
    "reception": ("reception", "tan_an", 0),
    "case officer": ("case_officer", "tan_an", 0),
    "second case officer": ("case_officer", "tan_an", 1),
    "approver": ("approver", "tan_an", 0),
    "leader": ("leader", "tan_an", 0),
    "cashier": ("cashier", "tan_an", 0),
    "reception elsewhere": ("reception", "hoa_binh", 0),
    "leader elsewhere": ("leader", "hoa_binh", 0),
    "case officer elsewhere": ("case_officer", "hoa_binh", 0),
    "administrator": ("administrator", "province", 0),
}
CITIZENS = {"applicant": "congdan", "stranger": "congdan2"}
# The cashier has the post of the first case officer for some days, beside her own.
DEPUTY = "deputy"
PEOPLE = (*OFFICIALS, *CITIZENS, DEPUTY, "machine")
# What is not of the house itself: read by everybody, written by no act on a dossier.
QUEUE = ("procrastinate_jobs",)

Act = Callable[[Session], Any]
# How many rows each table has, and what they say.
Rows = dict[str, tuple[int, str]]


@dataclass
class House:
    """`at` only ever goes on."""

    connection: Connection
    office: Office
    settings: Settings
    register: Register
    at: datetime = MONDAY
    people: dict[str, Actor] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.outer = self.connection.begin()
        self.database: Database = RolledBack(self.connection)
        with self.database.transaction() as session:
            town = town_in(session)
            named = {who: town.official(*post[:2], nth=post[2]) for who, post in OFFICIALS.items()}
            citizens = {who: town.citizen(login) for who, login in CITIZENS.items()}
            self.unit_id = town.units["tan_an"].id
        deputy = _standing_for(named["cashier"], named["case officer"])
        self.people = {**named, **citizens, DEPUTY: deputy, "machine": machine("test")}

    def close(self) -> None:
        self.outer.rollback()
        self.connection.close()

    def do(self, act: Act) -> Any:
        """The act in a transaction of its own, committed whatever it answers, as a page would."""
        with self.database.transaction() as session:
            return act(session)

    def later(self, **how_much: int) -> None:
        self.at += timedelta(**how_much)

    def work(self, session: Session) -> Work:
        """What a job works with."""
        return Work(session, self.at, self.office.files, self.settings)

    def read(self, look: Callable[[Session], Any]) -> Any:
        with self.database.session() as session:
            return look(session)

    def rows(self) -> Rows:
        """Every row that a verb could write, as a digest for each table."""
        return {table: (count, told) for table, count, told in self.connection.execute(text(_ROWS))}

    def dossiers(self) -> list[int]:
        return list(self.read(lambda session: session.scalars(select(Dossier.id).order_by(Dossier.id)).all()))


def _standing_for(colleague: Actor, absent: Actor) -> Actor:
    """The colleague with the posts that the other has handed over."""
    lent = frozenset((*post, absent.account_id or 0) for post in absent.posts)
    return replace(colleague, posts=colleague.posts | absent.posts, lent=lent)


# Tables of reference data and of the designer are written by no verb: they would only take time.
_WRITTEN = (
    *("dossiers", "dossier_events", "tasks", "answers", "reasons", "evaluations", "charges", "payments"),
    *("refunds", "decisions", "letters", "notices", "applications", "documents", "counters", "reminders"),
    *("reminder_mails", "moves", "move_lines", "work_transfers", "audit", *QUEUE),
)
_ROWS = " union all ".join(
    f"select '{table}', count(*), coalesce(md5(string_agg(t::text, '|' order by t::text)), '') from {table} t"
    for table in _WRITTEN
)
