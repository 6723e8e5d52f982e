"""Orphans: files whose transaction failed are taken away later, all others stay for good."""

import os
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Column, String, Table
from sqlalchemy.orm import DeclarativeBase, Session

from common.clock import Clock
from common.db import Base
from common.files import FileStore
from common.problems import MotcuaError
from common.sweep import file_columns, sweep_orphans
from config import Settings
from migrations.tables import metadata


@pytest.fixture(autouse=True)
def all_packages() -> None:
    """As in a worker: every package is imported, so every table is known."""
    metadata()


@pytest.fixture
def files(settings: Settings) -> FileStore:
    return FileStore(settings.data_folder / "files")


def kept(files: FileStore, content: bytes, age: timedelta, clock: Clock) -> str:
    digest = files.keep(content, "application/pdf").digest
    then = (clock() - age).timestamp()
    os.utime(files.path(digest), (then, then))
    return digest


@pytest.fixture
def papers(session: Session) -> Iterator[Table]:
    """A table of documents, as a package would declare it with `Mapped[FileDigest]`."""
    table = Table("papers", Base.metadata, Column("file_digest", String(64), info={"stored_file": True}))
    session.connection().exec_driver_sql(
        "create temporary table papers (file_digest varchar(64)) on commit drop"
    )
    yield table
    Base.metadata.remove(table)


def test_only_old_files_that_no_row_names_are_removed(
    session: Session, papers: Table, files: FileStore, clock: Clock
) -> None:
    named = kept(files, b"named", timedelta(days=30), clock)
    young = kept(files, b"young", timedelta(hours=1), clock)
    kept(files, b"orphan", timedelta(days=2), clock)
    session.execute(papers.insert().values(file_digest=named))
    assert sweep_orphans(session, files, at=clock()) == 1
    assert set(files.digests()) == {named, young}


def test_without_any_column_that_names_files_nothing_is_removed(
    session: Session, files: FileStore, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(files, b"orphan", timedelta(days=2), clock)
    monkeypatch.setattr("common.sweep.file_columns", lambda: ())
    assert sweep_orphans(session, files, at=clock()) == 0


def test_tables_of_unknown_packages_forbid_any_sweep(
    session: Session, files: FileStore, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stranger(DeclarativeBase):
        """The tables of a process that imported none of ours."""

    kept(files, b"orphan", timedelta(days=2), clock)
    monkeypatch.setattr("common.sweep.Base", Stranger)
    with pytest.raises(MotcuaError, match="does not know: accounts, "):
        sweep_orphans(session, files, at=clock())


def test_a_column_is_known_by_its_mark(papers: Table) -> None:
    assert papers.c.file_digest in file_columns()
