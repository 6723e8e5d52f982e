"""What one act writes: every row of it in one statement, which the connection has prepared before.

Putting a statement together and waiting for its answer cost more than the engine's own work: parts are named
by their shape alone, so equal shapes are one text, and a whole act is one round trip.
"""

from collections.abc import Mapping
from functools import cache
from itertools import chain
from typing import Any

from procrastinate.tasks import Task
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from common import exact_json
from common.db import Base
from common.statements import numbered, run

# How Procrastinate's own library asks for jobs; in its queue and with its priority.
_JOB = "row('default', %s, 0, null, null, %s::jsonb, null)::procrastinate_job_to_defer_v1"

Shape = tuple[str, ...]


class Rows:
    """Inserts, changes of rows, and jobs, each once. Rows of one table are numbered as they were asked for."""

    def __init__(self) -> None:
        self._clear()

    def _clear(self) -> None:
        self._new: dict[tuple[str, ...], list[Any]] = {}
        self._changed: dict[tuple[str, tuple[tuple[str, Any], ...]], dict[str, Any]] = {}
        self._parts: list[Shape] = []
        self._values: list[Any] = []
        self._jobs: dict[tuple[str, str], None] = {}

    def insert(self, table: str, **values: Any) -> None:
        """A new row; columns left out take the database's own default."""
        self._new.setdefault((table, *values), []).extend(_written(table, values))

    def update(self, table: str, where: Mapping[str, Any], **values: Any) -> None:
        """The row with these keys becomes so. What is asked for of the same row is one change: of two in one
        statement the database would take either."""
        self._changed.setdefault((table, tuple(where.items())), {}).update(values)

    def run(self, statement: str, *values: Any) -> None:
        """A statement of another shape."""
        self._parts.append(("run", statement))
        self._values += values

    def defer(self, task: Task[..., Any, ...], **parameters: Any) -> None:
        """A job, asked for in the act's transaction; the same job is asked for once."""
        self._jobs[task.name, exact_json.write(parameters)] = None

    def write(self, session: Session) -> None:
        """Writes everything that was asked for by now."""
        inserts = [("insert", str(len(values)), *shape) for shape, values in self._new.items()]
        updates = [
            ("update", table, *values, "where", *(name for name, _ in where))
            for (table, where), values in self._changed.items()
        ]
        if not inserts and not updates and not self._parts and not self._jobs:
            return
        changed = (
            [*_written(table, values), *(key for _, key in where)]
            for (table, where), values in self._changed.items()
        )
        values = [*chain(*self._new.values()), *chain(*changed), *self._values, *chain(*self._jobs)]
        run(session, _statement((*inserts, *updates, *self._parts), len(self._jobs)), values)
        self._clear()


def _written(table: str, values: Mapping[str, Any]) -> list[Any]:
    plain = _json_columns(table)
    return [exact_json.write(value) if name in plain else value for name, value in values.items()]


@cache
def _json_columns(table: str) -> frozenset[str]:
    columns = Base.metadata.tables[table].columns
    return frozenset(column.name for column in columns if isinstance(column.type, JSONB))


@cache
def _statement(parts: tuple[Shape, ...], jobs: int) -> bytes:
    """The parts as one statement: each is a table expression that is run whether or not it is read."""
    named = [f"part_{number} as ({_sql(part)})" for number, part in enumerate(parts)]
    asked = ", ".join([_JOB] * jobs)
    last = f"select procrastinate_defer_jobs_v1(array[{asked}])" if jobs else "select 1"
    return numbered((f"with {', '.join(named)} " if named else "") + last)


def _sql(part: Shape) -> str:
    kind, *names = part
    if kind == "run":
        return names[0]
    return _insert(int(names[0]), *names[1:]) if kind == "insert" else _update(*names)


def _insert(values: int, table: str, *names: str) -> str:
    """All new rows of one shape: in one statement they are numbered in their order."""
    row = f"({', '.join(_place(table, name) for name in names)})"
    rows = ", ".join([row] * (values // len(names)))
    return f"insert into {table} ({', '.join(names)}) values {rows}"  # noqa: S608 - names, never values


def _update(table: str, *names: str) -> str:
    cut = names.index("where")
    changed = ", ".join(f"{name} = {_place(table, name)}" for name in names[:cut])
    found = " and ".join(f"{name} = %s" for name in names[cut + 1 :])
    return f"update {table} set {changed} where {found}"  # noqa: S608 - names, never values


def _place(table: str, name: str) -> str:
    return "%s::jsonb" if name in _json_columns(table) else "%s"
