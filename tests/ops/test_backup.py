"""Backup and restore, rehearsed: everything comes back, into any server, and nothing is ever overwritten."""

import gzip
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import text

from common import audit
from common.archive import BadBackup
from common.backup import back_up, restore
from common.clock import Clock
from common.db import Database
from common.files import FileStore
from common.identity.actor import machine
from common.identity.models import Account, Assignment, Unit
from common.jobs import defer, queue
from common.postgres import tables
from common.postgres.address import connected
from common.problems import MotcuaError
from config import Settings, kept_secret
from tests.support.databases import Run, dropped, in_database, maintenance
from tests.support.server import Addresses

Elsewhere = Callable[[], tuple[Settings, Addresses]]


@pytest.fixture
def installation(database: Database, settings: Settings, clock: Clock) -> Settings:
    """A small agency with something of everything: a tree of units, people, audit, a waiting job, a file."""
    key = kept_secret(settings.data_folder / "secrets" / "identity_key")
    with database.transaction() as session:
        province = Unit(
            key="p", code="H99", name_vi="Tỉnh An Bình", level="province", valid_from=clock().date()
        )
        session.add(province)
        session.flush()
        commune = Unit(
            key="c", code="H99.1", name_vi="Xã Hòa\tBình\nmới \\ cũ", level="commune",
            parent_id=province.id, valid_from=clock().date(),
        )  # fmt: skip
        person = Account(
            kind="official", login="an", password_hash="-", full_name="Trần An", created_at=clock()
        )
        session.add_all((commune, person))
        session.flush()
        session.add(
            Assignment(account_id=person.id, unit_id=commune.id, role="reception", since=clock().date())
        )
        audit.record(session, "test", by=machine("test"), at=clock(), kind="account", key="1", count=1)
        defer(session, queue.tasks["jobs.retry_stalled"], timestamp=0)
    FileStore(settings.data_folder / "files").keep(b"a letter", "application/pdf")
    return replace(settings, identity_key=key)


@pytest.fixture
def elsewhere(run: Run, addresses: Addresses, settings: Settings, tmp_path: Path) -> Elsewhere:
    """Another machine: an empty database, without any table, and an empty folder."""

    def made() -> tuple[Settings, Addresses]:
        name = f"{run.prefix}_{run.worker}_restored"
        with maintenance(addresses.owner) as connection:
            dropped(connection, name)
            connection.execute(text(f'create database "{name}"'))
        there = Addresses(in_database(addresses.owner, name), in_database(addresses.application, name))
        folder = tmp_path / "elsewhere"
        key = kept_secret(folder / "secrets" / "identity_key")
        return replace(settings, data_folder=folder, identity_key=key), there

    return made


def content(url: str) -> dict[str, Any]:
    """Every row and every counter."""
    with connected(url) as connection:
        rows = {
            table: sorted(connection.execute(f'select * from "{table}"').fetchall(), key=repr)
            for table in tables.columns(connection)
        }
        return {"rows": rows, "counters": tables.sequences(connection)}


def test_a_rehearsal_brings_everything_back(
    installation: Settings, addresses: Addresses, elsewhere: Elsewhere, tmp_path: Path, clock: Clock
) -> None:
    file = tmp_path / "motcua.backup"
    back_up(installation, addresses.owner, file, at=clock())
    settings, there = elsewhere()
    restore(settings, there.owner, there.application, file)
    assert content(there.owner) == content(addresses.owner)
    assert list(FileStore(settings.data_folder / "files").digests()) == list(
        FileStore(installation.data_folder / "files").digests()
    )
    assert (settings.data_folder / "secrets" / "identity_key").read_text() == installation.identity_key


def test_what_was_restored_goes_on_working(
    installation: Settings, addresses: Addresses, elsewhere: Elsewhere, tmp_path: Path, clock: Clock
) -> None:
    file = tmp_path / "motcua.backup"
    back_up(installation, addresses.owner, file, at=clock())
    settings, there = elsewhere()
    restore(settings, there.owner, there.application, file)
    database = Database(there.application)
    with database.transaction() as session:
        new = Account(kind="citizen", login="b", password_hash="-", full_name="Bình", created_at=clock())
        session.add(new)
        session.flush()
        assert new.id > 1
        foreign_keys = session.scalar(text("select count(*) from pg_constraint where contype = 'f'"))
        refused = session.scalar(text("select has_table_privilege('audit', 'delete')"))
    database.engine.dispose()
    with connected(addresses.owner) as connection:
        before = connection.execute("select count(*) from pg_constraint where contype = 'f'").fetchone()
    assert (foreign_keys,) == before
    assert refused is False


def test_a_restore_never_overwrites(
    installation: Settings, addresses: Addresses, tmp_path: Path, clock: Clock
) -> None:
    file = tmp_path / "motcua.backup"
    back_up(installation, addresses.owner, file, at=clock())
    before = content(addresses.owner)
    with pytest.raises(MotcuaError, match="already holds data"):
        restore(installation, addresses.owner, addresses.application, file)
    assert content(addresses.owner) == before


def test_a_key_from_the_environment_must_be_the_same(
    installation: Settings, addresses: Addresses, elsewhere: Elsewhere, tmp_path: Path, clock: Clock
) -> None:
    file = tmp_path / "motcua.backup"
    back_up(installation, addresses.owner, file, at=clock())
    settings, there = elsewhere()
    given = replace(settings, identity_key="another key, from the environment of there")
    with pytest.raises(MotcuaError, match="MOTCUA_IDENTITY_KEY: differs"):
        restore(given, there.owner, there.application, file)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda body: body[: len(body) // 2], "cannot be read as a backup"),
        (lambda body: b"not a backup", "cannot be read as a backup"),
        (
            lambda body: gzip.compress(gzip.decompress(body).replace(b"a letter", b"a litter")),
            "changed or damaged",
        ),
    ],
)
def test_a_damaged_backup_is_refused_whole(
    damage: Callable[[bytes], bytes],
    said: str,
    installation: Settings,
    addresses: Addresses,
    elsewhere: Elsewhere,
    tmp_path: Path,
    clock: Clock,
) -> None:
    file = tmp_path / "motcua.backup"
    back_up(installation, addresses.owner, file, at=clock())
    file.write_bytes(damage(file.read_bytes()))
    settings, there = elsewhere()
    with pytest.raises(BadBackup, match=said):
        restore(settings, there.owner, there.application, file)
    assert content(there.owner) == {"rows": {}, "counters": {}}


def test_a_failed_backup_leaves_no_file(
    installation: Settings, tmp_path: Path, addresses: Addresses, clock: Clock
) -> None:
    file = tmp_path / "out" / "motcua.backup"
    file.parent.mkdir()
    nowhere = in_database(addresses.owner, "nowhere")
    with pytest.raises(psycopg.OperationalError):
        back_up(installation, nowhere, file, at=clock())
    assert list(file.parent.iterdir()) == []
