"""What the database would do for the statements that some work sends: each is explained, none is left out."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from common.statements import Line, run
from tests.runtime.plans.past import GROWING

EXPLAINED = ("select", "insert", "update", "delete", "with")
BY_INDEX = ("Index Scan", "Index Only Scan", "Bitmap Index Scan")
EXPLAIN = "explain (format json) "
Node = Mapping[str, Any]


@dataclass
class Sent:
    """Statements with their values: of the ORM, and those that acts send by the shortest way."""

    orm: list[tuple[str, Any]] = field(default_factory=list)
    driver: list[tuple[bytes, Sequence[Any]]] = field(default_factory=list)

    def plans(self, session: Session) -> Iterator[tuple[str, Node]]:
        """Each statement with its plan."""
        for statement, values in self.orm:
            found = session.connection().exec_driver_sql(EXPLAIN + statement, values).scalar_one()
            yield statement, _root(found)
        for raw, places in self.driver:
            ((told,),) = run(session, EXPLAIN.encode() + raw, places)
            yield raw.decode(), _root(told)


def _root(explained: Any) -> Node:
    plan: Node = (json.loads(explained) if isinstance(explained, str) else explained)[0]["Plan"]
    return plan


@contextmanager
def listening(session: Session) -> Iterator[Sent]:
    """Notes every statement that the session sends inside the block."""
    sent = Sent()

    def note(_c: Any, _cursor: Any, statement: str, values: Any, _context: Any, many: bool) -> None:
        if statement.lstrip().lower().startswith(EXPLAINED):
            sent.orm.append((statement, values[0] if many else values))

    send = Line.run

    def noting(line: Line, statement: bytes, values: Sequence[Any]) -> Any:
        sent.driver.append((statement, values))
        return send(line, statement, values)

    connection = session.connection()
    event.listen(connection, "before_cursor_execute", note)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Line, "run", noting)
        yield sent
    event.remove(connection, "before_cursor_execute", note)


def whole_tables(plan: Node) -> Iterator[str]:
    """Growing tables that the plan reads whole: scanned one after the other, or along an index without a condition.

    "dossiers (Seq Scan)". Where an index is walked in its order and stopped early, it has a condition as well.
    """
    kind, table = plan["Node Type"], plan.get("Relation Name", "")
    if kind == "Seq Scan" and table in GROWING:
        yield f"{table} ({kind})"
    if kind in BY_INDEX and "Index Cond" not in plan and table in (*GROWING, ""):
        yield f"{table or plan['Index Name']} ({kind} without a condition)"
    for each in plan.get("Plans", ()):
        yield from whole_tables(each)


def indexes(plan: Node) -> Iterator[str]:
    """Names of the indexes that the plan reads."""
    if "Index Name" in plan:
        yield plan["Index Name"]
    for each in plan.get("Plans", ()):
        yield from indexes(each)
