"""What officials ask most, through our query layer; and what the database says it took for the same statements."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from time import perf_counter
from typing import Any

from sqlalchemy import event, select, text
from sqlalchemy.orm import Session

from common.db import Database
from common.identity.actor import Actor
from common.identity.models import Unit
from runtime import queries
from runtime.models.dossiers import Dossier
from runtime.pages import After

TIMES = 40
PAGE = 50
Question = Callable[[Session], Any]


def questions(session: Session, at: datetime) -> dict[str, Question]:
    """By name; each is asked by an official of one commune, who has two roles there."""
    unit = session.scalars(select(Unit.id).where(Unit.key == "commune_7")).one()
    official = Actor(1, "", "official", frozenset({(unit, "case_officer"), (unit, "reception")}))
    known = session.scalars(
        select(Dossier).where(Dossier.unit_id == unit).order_by(Dossier.id.desc()).limit(1)
    ).one()
    rare = known.applicant_folded
    hundredth = _place_of_page(session, official, at, 100)

    return {
        "inbox_first": lambda s: queries.inbox(s, official, at=at, limit=PAGE),
        "inbox_page_100": lambda s: queries.inbox(s, official, at=at, limit=PAGE, after=hundredth),
        "counters": lambda s: queries.counts(s, official, at=at),
        "search_code": lambda s: queries.search(s, official, known.code or ""),
        "search_name": lambda s: queries.search(s, official, rare),
        "search_common_name": lambda s: queries.search(s, official, "nguyen"),
        "search_identity": lambda s: s.scalars(
            select(Dossier.id).where(Dossier.identity_hash == known.identity_hash)
        ).all(),
    }


def _place_of_page(session: Session, official: Actor, at: datetime, number: int) -> After | None:
    """Where page `number` begins, or the last page where there are fewer."""
    after = None
    for _ in range(number - 1):
        page = queries.inbox(session, official, at=at, limit=PAGE, after=after)
        if page.after is None:
            return after
        after = page.after
    return after


def asked_ms(database: Database, question: Question) -> float:
    """The 95th percentile of asking it through our layer, a session each time."""
    taken = []
    for _ in range(TIMES):
        with database.session() as session:
            begun = perf_counter()
            question(session)
            taken.append(perf_counter() - begun)
    return sorted(taken)[int(TIMES * 0.95)] * 1000


def database_ms(database: Database, question: Question) -> float:
    """The same of planning and running its statements inside the database, by its own clock."""
    taken = []
    with database.session() as session, _statements(database) as seen:
        question(session)
    for _ in range(TIMES):
        with database.session() as session:
            taken.append(sum(_explained(session, *statement) for statement in seen))
    return sorted(taken)[int(TIMES * 0.95)]


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


def analyze(database: Database) -> None:
    """Statistics and visibility as a house has them that has run for a while."""
    engine = database.engine.execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for table in ("dossiers", "tasks", "dossier_events"):
            connection.execute(text(f"vacuum analyze {table}"))
