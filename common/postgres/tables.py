"""All rows of a database, out and in: text that any PostgreSQL reads, whatever its version.

Rows go in with foreign keys and triggers set aside, so that no order among the tables matters; the keys are
put back, and thereby checked, before the transaction commits.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from psycopg import Connection, sql

CHUNK = 1024 * 1024
# The revision belongs to the migrations; the stamp only says that something changed, to the processes of one database.
LEFT_OUT = ("alembic_version", "reference_stamp")

COLUMNS = """
select c.relname, array_agg(a.attname::text order by a.attnum)
from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attgenerated = ''
group by c.relname order by c.relname
"""
FOREIGN_KEYS = """
select conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid)
from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace
"""
SEQUENCES = "select sequencename, last_value from pg_sequences where schemaname = 'public'"

Connected = Connection[Any]


def columns(connection: Connected) -> dict[str, list[str]]:
    """Every table with the columns that hold rows of their own (computed ones are not)."""
    rows = connection.execute(COLUMNS).fetchall()
    return {table: names for table, names in rows if table not in LEFT_OUT}


def sequences(connection: Connected) -> dict[str, int | None]:
    """The last number each counter gave out; None before its first."""
    return dict(connection.execute(SEQUENCES).fetchall())


def copy_out(connection: Connected, table: str, names: list[str], target: IO[bytes]) -> None:
    """Writes the rows of one table."""
    with connection.cursor() as cursor, cursor.copy(_copy(table, names, "to stdout")) as copy:
        for data in copy:
            target.write(data)


def copy_in(connection: Connected, table: str, names: list[str], source: IO[bytes]) -> None:
    """Adds the rows that `copy_out` wrote."""
    with connection.cursor() as cursor, cursor.copy(_copy(table, names, "from stdin")) as copy:
        while data := source.read(CHUNK):
            copy.write(data)


def set_sequences(connection: Connected, last: dict[str, int | None]) -> None:
    """Makes the counters go on where they were."""
    for name, value in last.items():
        if value is not None:
            connection.execute("select setval(quote_ident(%s), %s)", (name, value))


def holds_rows(connection: Connected) -> bool:
    """Whether anyone has put anything in; the queue's own rows do not count."""
    tables = [t for t in columns(connection) if not t.startswith("procrastinate_")]
    asked = (sql.SQL("select exists (select from {})").format(sql.Identifier(t)) for t in tables)
    rows = connection.execute(sql.SQL(" union all ").join(asked)).fetchall() if tables else []
    return any(filled for (filled,) in rows)


@contextmanager
def set_aside(connection: Connected) -> Iterator[None]:
    """Foreign keys and triggers do not act in the block; every row is checked at its end."""
    keys = connection.execute(FOREIGN_KEYS).fetchall()
    for table, name, _ in keys:
        connection.execute(f"alter table {table} drop constraint {name}".encode())
    _triggers(connection, "disable")
    yield
    _triggers(connection, "enable")
    for table, name, definition in keys:
        connection.execute(f"alter table {table} add constraint {name} {definition}".encode())


def _triggers(connection: Connected, verb: str) -> None:
    for table in columns(connection):
        connection.execute(
            sql.SQL("alter table {} {} trigger user").format(sql.Identifier(table), sql.SQL(verb))
        )


def _copy(table: str, names: list[str], rest: str) -> sql.Composed:
    return sql.SQL("copy {} ({}) {}").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, names)), sql.SQL(rest)
    )
