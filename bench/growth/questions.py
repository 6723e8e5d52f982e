"""What officials ask most, through our query layer; and what the database says it took for the same statements."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from time import perf_counter
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from bench.growth.filling import BUSY, OFFICE
from common.db import Database
from common.identity.actor import Actor
from common.identity.models import Unit
from runtime import queries
from runtime.models.dossiers import Dossier
from runtime.pages import After

WARM, TIMES = 8, 40
PAGE = 50
# The identity number of somebody with many dossiers.
COMES_OFTEN = "038190000777"
Question = Callable[[Session], Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to a house. Both figures are 95th percentiles of asking it again and again, after some to warm up:
    the first compiles definitions, and the connection prepares what it sees often."""

    name: str
    database: Database
    question: Question

    def layer_ms(self) -> float:
        """As a request asks: in a session of its own, opened and closed."""
        return _slowest(self._ask)

    def database_ms(self) -> float:
        """Planning and running its statements, by the database's own clock."""
        with _statements(self.database) as seen:
            self._ask()
        return _slowest(lambda: self._explain(seen))

    def _ask(self) -> float:
        begun = perf_counter()
        with self.database.session() as session:
            self.question(session)
        return (perf_counter() - begun) * 1000

    def _explain(self, statements: Sequence[tuple[str, Any]]) -> float:
        with self.database.session() as session:
            return sum(_explained(session, *statement) for statement in statements)


def questions(database: Database, at: datetime) -> Sequence[Asked]:
    """As an official of one commune asks them, who has two roles there."""
    with database.session() as session:
        unit, official = _official_in(session, OFFICE)
        _, behind = _official_in(session, BUSY)
        own = select(Dossier).where(Dossier.unit_id == unit, Dossier.applicant_folded.not_like("nguyen%"))
        known = session.scalars(own.order_by(Dossier.id.desc()).limit(1)).one()
        hundredth = _place_of_page(session, behind, at, 100)
    asked: dict[str, Question] = {
        "inbox_first": lambda s: queries.inbox(s, official, at=at, limit=PAGE),
        "inbox_page_100": lambda s: queries.inbox(s, behind, at=at, limit=PAGE, after=hundredth),
        "counters": lambda s: queries.counts(s, official, at=at),
        "search_code": lambda s: queries.search(s, official, known.code or ""),
        "search_rare_name": lambda s: queries.search(s, official, known.applicant_folded),
        "search_common_name": lambda s: queries.search(s, official, "nguyen"),
        "search_identity": lambda s: queries.search(s, official, COMES_OFTEN),
    }
    return [Asked(name, database, question) for name, question in asked.items()]


def _official_in(session: Session, key: str) -> tuple[int, Actor]:
    """The commune and an official with two roles there."""
    unit = session.scalars(select(Unit.id).where(Unit.key == key)).one()
    return unit, Actor(1, "", "official", frozenset({(unit, "case_officer"), (unit, "reception")}))


def _place_of_page(session: Session, official: Actor, at: datetime, number: int) -> After | None:
    """Where page `number` begins; where there are fewer, the last one."""
    after = None
    for _ in range(number - 1):
        page = queries.inbox(session, official, at=at, limit=PAGE, after=after)
        if page.after is None:
            return after
        after = page.after
    return after


def _slowest(work: Callable[[], float]) -> float:
    """Of twenty times the slowest."""
    for _ in range(WARM):
        work()
    return sorted(work() for _ in range(TIMES))[int(TIMES * 0.95)]


def _explained(session: Session, statement: str, parameters: Any) -> float:
    rows = session.connection().exec_driver_sql(f"explain (analyze, timing off) {statement}", parameters)
    told = [str(row[0]) for row in rows]
    return sum(
        float(line.split()[2]) for line in told if line.startswith(("Planning Time", "Execution Time"))
    )


@contextmanager
def _statements(database: Database) -> Iterator[list[tuple[str, Any]]]:
    seen: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if statement.lstrip().lower().startswith("select"):
            seen.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(database.engine, "before_cursor_execute", note)
