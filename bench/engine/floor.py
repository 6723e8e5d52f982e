"""The floor: what a patient programmer writes by hand with psycopg, a statement for each kind of row.

Everything it writes is known beforehand, so it decides nothing, checks nothing and reads no rule: it locks the
dossier, reads its state, and writes the rows that our engine writes.
"""

from collections.abc import Mapping
from typing import Any

import psycopg

from bench.engine.house import House
from bench.engine.tape import Row, Written

LOCK = "select state, status, events from dossiers where id = %s for update"
DOSSIER = """update dossiers set state = %s, status = %s, version_id = %s, events = %s, received_at = %s, due_at = %s,
appointment_at = %s, finished_at = %s, code = coalesce(%s, code) where id = %s"""
TASK = """update tasks set status = %s, done_at = %s, done_by = %s, outcome = %s, sort_at = %s
where dossier_id = %s and number = %s"""
COUNT = """insert into counters (unit_id, kind, period, last) values (%s, %s, %s, 1)
on conflict (unit_id, kind, period) do update set last = counters.last + 1 returning last"""
JOB = """select procrastinate_defer_jobs_v1(
array[row('default', %s, 0, null, null, %s, null)::procrastinate_job_to_defer_v1])"""
# The database numbers these rows itself.
NUMBERED = ("tasks", "charges", "letters", "notices", "audit")


class Floor:
    """One client with a connection of its own."""

    def __init__(self, house: House, tape: tuple[Written, ...]) -> None:
        self.tape = tape
        url = house.url.replace("postgresql+psycopg://", "postgresql://")
        self.connection = psycopg.connect(url)

    def step(self, dossier: int, number: int) -> None:
        """The step's rows, for this dossier; durable when this returns."""
        written = self.tape[number]
        run = self.connection.execute
        run(LOCK, (dossier,)).fetchone()
        for row in written.counters:
            run(COUNT, (row["unit_id"], row["kind"], row["period"])).fetchone()
        for table, row in written.changed:
            if table == "dossiers":
                run(DOSSIER, (*self._columns(row, number, dossier), dossier))
            else:
                run(TASK, (*(row[name] for name in _TASK), dossier, row["number"]))
        for table, row in written.new:
            self._insert(table, {**row, "dossier_id": dossier})
        for row in written.audit:
            self._insert("audit", {**row, "subject_key": str(dossier)})
        for row in written.jobs:
            run(JOB, (row["task_name"], psycopg.types.json.Jsonb({**row["args"], "dossier_id": dossier})))
        self.connection.commit()

    def _columns(self, row: Row, number: int, dossier: int) -> tuple[Any, ...]:
        return (*(row[name] for name in _DOSSIER), f"C{dossier}" if number == 0 else None)

    def _insert(self, table: str, row: Mapping[str, Any]) -> None:
        names = [name for name in row if not (name == "id" and table in NUMBERED)]
        places = ", ".join(["%s"] * len(names))
        statement = f"insert into {table} ({', '.join(names)}) values ({places})"
        self.connection.execute(statement, [row[name] for name in names])  # type: ignore[arg-type]

    def close(self) -> None:
        self.connection.close()


_DOSSIER = (
    *("state", "status", "version_id", "events", "received_at", "due_at", "appointment_at"),
    "finished_at",
)
_TASK = ("status", "done_at", "done_by", "outcome", "sort_at")
