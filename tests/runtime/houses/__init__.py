"""Databases as earlier revisions left them, row for row, and how one is moved into again."""

from collections.abc import Mapping
from itertools import groupby
from pathlib import Path

from sqlalchemy import Connection, text

FOLDER = Path(__file__).parent
OURS = """select tablename from pg_tables where schemaname = 'public'
    and tablename not like 'procrastinate%' and tablename <> 'alembic_version'"""
# A table after all that it refers to.
REFERS = """select conrelid::regclass::text, confrelid::regclass::text from pg_constraint
    where contype = 'f' and conrelid <> confrelid"""
WRITTEN = """select column_name from information_schema.columns
    where table_schema = 'public' and table_name = :table and is_generated = 'NEVER' order by ordinal_position"""
NUMBERED = """select column_name, pg_get_serial_sequence(table_name, column_name) from information_schema.columns
    where table_schema = 'public' and table_name = :table
    and pg_get_serial_sequence(table_name, column_name) is not null"""


def revisions() -> tuple[str, ...]:
    """Of which revisions a house was kept."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.rows")))


def move_in(connection: Connection, revision: str) -> None:
    """Fills the empty database, which is at that revision, with the rows of the house."""
    lines = (FOLDER / f"{revision}.rows").read_text(encoding="utf-8").splitlines()
    kept = {
        table: [line.partition(" ")[2] for line in rows]
        for table, rows in groupby(sorted(lines), lambda line: line.partition(" ")[0])
    }
    for table in _in_order(connection, kept):
        _filled(connection, table, kept[table])


def rows(connection: Connection, without: Mapping[str, set[str]] | None = None) -> dict[str, list[str]]:
    """Every row of our tables as text, by table; `without` these columns."""
    return {
        table: sorted(
            connection.scalars(
                text(f"select (to_jsonb(row) - cast(:without as text[]))::text from {table} row"),
                {"without": sorted((without or {}).get(table, ()))},
            )
        )
        for table in connection.scalars(text(OURS)).all()
    }


def _in_order(connection: Connection, tables: Mapping[str, list[str]]) -> list[str]:
    refers = {(low, high) for low, high in connection.execute(text(REFERS)) if {low, high} <= set(tables)}
    ordered: list[str] = []
    while waiting := sorted(set(tables) - set(ordered)):
        ready = [each for each in waiting if not any(low == each and high in waiting for low, high in refers)]
        assert ready, f"tables that refer to each other: {waiting}"
        ordered += ready
    return ordered


def _filled(connection: Connection, table: str, lines: list[str]) -> None:
    columns = ", ".join(connection.scalars(text(WRITTEN), {"table": table}))
    connection.execute(
        text(
            f"insert into {table} ({columns}) overriding system value"
            f" select {columns} from jsonb_populate_recordset(null::{table}, cast(:lines as jsonb))"
        ),
        {"lines": f"[{','.join(lines)}]"},
    )
    for column, sequence in connection.execute(text(NUMBERED), {"table": table}).all():
        connection.execute(text(f"select setval('{sequence}', (select max({column}) from {table}))"))
