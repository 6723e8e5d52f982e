"""Taking away what nothing refers to: files whose transaction failed after they were written."""

from datetime import datetime, timedelta
from typing import Annotated

from sqlalchemy import Column, String, inspect, select, union
from sqlalchemy.orm import Session, mapped_column

from common.db import Base
from common.files import FileStore
from common.problems import MotcuaError

# A column that refers to a stored file is declared `Mapped[FileDigest]`: only so does the sweep know of it.
FileDigest = Annotated[str, mapped_column(String(64), info={"stored_file": True})]
GRACE = timedelta(days=1)
# Tables without models: the migrations' and the job queue's own.
NOT_OURS = ("alembic_version", "procrastinate_")


def file_columns() -> tuple[Column[str], ...]:
    """Every column that refers to a stored file."""
    return tuple(
        column
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.info.get("stored_file")
    )


def sweep_orphans(session: Session, files: FileStore, *, at: datetime, grace: timedelta = GRACE) -> int:
    """Removes files that no row refers to and that nobody sent within the grace; answers how many."""
    _refuse_unknown_tables(session)
    columns = file_columns()
    # Listed before the question: a file sent in between is younger than any grace.
    held = set(files.digests())
    used = set(session.scalars(union(*(select(column) for column in columns)))) if columns else held
    return sum(files.remove_if_older(digest, at - grace) for digest in sorted(held - used))


def _refuse_unknown_tables(session: Session) -> None:
    """A table whose package was not imported may name files: what is not known must not be swept."""
    there = {
        name for name in inspect(session.connection()).get_table_names() if not name.startswith(NOT_OURS)
    }
    if unknown := there - set(Base.metadata.tables):
        raise MotcuaError(f"tables that this process does not know: {', '.join(sorted(unknown))}")
