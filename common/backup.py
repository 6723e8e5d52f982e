"""The whole installation in one file, and back: rows, stored files and the key that finds people again.

A backup reads one moment of the database while everything goes on. It is independent of the server's version:
one from the embedded database can be restored into a managed server, and the other way round.
"""

from datetime import datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import Any

from common.archive import ArchiveWriter, BadBackup, unpack
from common.files import FileStore
from common.operations.migrations import migrate, revisions, role_of
from common.postgres import tables
from common.postgres.address import connected
from common.problems import MotcuaError
from config import Settings

IDENTITY_KEY = "secrets/identity_key"
SNAPSHOT = "set transaction isolation level repeatable read read only"


def back_up(settings: Settings, owner_url: str, file: Path, *, at: datetime) -> None:
    """Writes the installation into the file, which appears only when it is whole."""
    with ArchiveWriter(file) as archive, connected(owner_url) as connection:
        connection.execute(SNAPSHOT)
        revision = connection.execute("select version_num from alembic_version").fetchone()
        columns = tables.columns(connection)
        for table, names in columns.items():
            with TemporaryFile(dir=file.absolute().parent) as rows:
                tables.copy_out(connection, table, names, rows)
                archive.add(f"tables/{table}.copy", rows)
        counters = tables.sequences(connection)
        # After the rows: whatever they refer to was on the disk before they were committed.
        _add_files(settings, archive)
        archive.finish(
            {
                "made_at": at.isoformat(),
                "revision": revision[0] if revision else None,
                "columns": columns,
                "sequences": counters,
                "identity_key": _fingerprint(settings.identity_key),
            }
        )


def restore(settings: Settings, owner_url: str, application_url: str, file: Path) -> None:
    """Brings an empty installation to the moment of the backup, then to the revision of this code."""
    settings.data_folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=settings.data_folder, prefix="restore-") as unpacked:
        folder = Path(unpacked)
        manifest = unpack(file, folder)
        _refuse_unless_possible(settings, owner_url, file, manifest, folder)
        role = role_of(application_url)
        migrate(owner_url, role, manifest["revision"])
        _restore_files(settings, folder)
        with connected(owner_url) as connection, tables.set_aside(connection):
            for table, names in manifest["columns"].items():
                with (folder / "tables" / f"{table}.copy").open("rb") as rows:
                    tables.copy_in(connection, table, names, rows)
            tables.set_sequences(connection, manifest["sequences"])
        migrate(owner_url, role)


def _refuse_unless_possible(
    settings: Settings, owner_url: str, file: Path, manifest: dict[str, Any], folder: Path
) -> None:
    if manifest["revision"] not in revisions():
        raise BadBackup(f"{file}: was made by a newer Motcua (revision {manifest['revision']}); update first")
    with connected(owner_url) as connection:
        if tables.holds_rows(connection):
            raise MotcuaError(
                "The database already holds data, and a restore never overwrites any: "
                "restore into an empty database, or with a new MOTCUA_DATA_FOLDER"
            )
    if _fingerprint(settings.identity_key) == manifest["identity_key"]:
        return
    kept = folder / IDENTITY_KEY
    own = settings.data_folder / IDENTITY_KEY
    if not kept.exists() or not own.exists() or own.read_text().strip() != settings.identity_key:
        raise MotcuaError(
            "MOTCUA_IDENTITY_KEY: differs from the one of the backup, so nobody could be found by identity "
            "number; give the key of the backed-up installation"
        )
    own.write_text(kept.read_text())


def _add_files(settings: Settings, archive: ArchiveWriter) -> None:
    store = FileStore(settings.data_folder / "files")
    for digest in sorted(store.digests()):
        with store.open(digest) as content:
            archive.add(f"files/{digest}", content)
    own = settings.data_folder / IDENTITY_KEY
    if own.exists() and own.read_text().strip() == settings.identity_key:
        with own.open("rb") as key:
            archive.add(IDENTITY_KEY, key)


def _restore_files(settings: Settings, folder: Path) -> None:
    store = FileStore(settings.data_folder / "files")
    for path in sorted((folder / "files").glob("*")):
        with path.open("rb") as content:
            if store.keep_stream(content) != path.name:
                raise BadBackup(f"the stored file {path.name} does not have that content")


def _fingerprint(key: str) -> str:
    return sha256(b"motcua identity key:" + key.encode()).hexdigest()
