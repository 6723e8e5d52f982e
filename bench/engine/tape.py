"""What our engine wrote for one dossier, step by step: the rows that a hand-written program has to write, too."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from bench.engine.house import House
from bench.engine.ours import STEPS, Ours

Row = Mapping[str, Any]
# Tables whose rows name their dossier, with the columns that tell a row from its fellows.
TABLES: Mapping[str, tuple[str, ...]] = {
    "dossiers": ("id",),
    "tasks": ("number",),
    "dossier_events": ("number",),
    "answers": ("number",),
    "evaluations": ("event", "number"),
    "reasons": ("event",),
    "charges": ("event", "rule"),
    "decisions": ("event",),
    "letters": ("event", "kind", "language"),
    "notices": ("event", "news"),
}


@dataclass(frozen=True, slots=True)
class Written:
    """The rows of one step: new ones, changed ones (with all their columns), audit rows, and jobs asked for."""

    new: tuple[tuple[str, Row], ...]
    changed: tuple[tuple[str, Row], ...]
    audit: tuple[Row, ...]
    jobs: tuple[Row, ...]
    counters: tuple[Row, ...]


def recorded(house: House) -> tuple[Written, ...]:
    """The eight steps of one dossier, done by our engine and read back."""
    (dossier,) = house.filed(1)
    ours, tape = Ours(house), []
    with psycopg.connect(_plain(house.owner), row_factory=dict_row, autocommit=True) as connection:
        for number in range(len(STEPS)):
            before = _all(connection, dossier)
            ours.step(dossier, number)
            tape.append(_difference(before, _all(connection, dossier)))
    ours.close()
    return tuple(tape)


def _plain(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://")


Everything = dict[tuple[str, Any], Row]


def _all(connection: psycopg.Connection[Any], dossier: int) -> Everything:
    found: Everything = {}
    for table, keys in TABLES.items():
        column = "id" if table == "dossiers" else "dossier_id"
        for row in connection.execute(f"select * from {table} where {column} = %s", (dossier,)):  # type: ignore[arg-type]
            found[table, tuple(row[key] for key in keys)] = row
    number = found["dossiers", (dossier,)]["filing_number"]
    audit = "select * from audit where subject_kind = 'dossier' and subject_key = %s"
    found |= {("audit", row["id"]): row for row in connection.execute(audit, (number,))}
    jobs = "select * from procrastinate_jobs where args ->> 'dossier_id' = %s"
    found |= {("jobs", row["id"]): row for row in connection.execute(jobs, (str(dossier),))}
    counters = connection.execute("select * from counters")
    return found | {("counters", (row["kind"], row["period"])): row for row in counters}


def _difference(before: Everything, after: Everything) -> Written:
    new = [(key[0], row) for key, row in after.items() if key not in before]
    changed = [(key[0], row) for key, row in after.items() if key in before and before[key] != row]
    others = ("audit", "jobs", "counters")
    return Written(
        new=tuple((table, _plain_row(row)) for table, row in new if table not in others),
        changed=tuple((table, _plain_row(row)) for table, row in changed if table not in others),
        audit=tuple(_plain_row(row) for table, row in new if table == "audit"),
        jobs=tuple(row for table, row in new if table == "jobs"),
        counters=tuple(row for table, row in (*new, *changed) if table == "counters"),
    )


def _plain_row(row: Row) -> Row:
    """Ready to be written again: JSON as a parameter."""
    return {name: Jsonb(value) if isinstance(value, dict | list) else value for name, value in row.items()}
