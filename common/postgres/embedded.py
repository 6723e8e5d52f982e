"""One embedded server: its folder, its roles, its start and its end.

The server listens on a socket only and asks every role for a password (scram); the passwords are random and
kept beside the data. `postgres` itself runs in the foreground as our child, and recovers by itself from a
crash.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import psutil
import psycopg
from psycopg import sql
from sqlalchemy import URL

from common.children import die_with_parent
from common.postgres.binaries import Binaries, binaries, passable_folder
from common.problems import MotcuaError
from config import SYSTEM_FOLDER, kept_secret

DATABASE = "motcua"
OWNER = "motcua_owner"
APPLICATION = "motcua_app"
SUPERUSER = "postgres"
# Linux allows 107 bytes for a socket's path, macOS 103; the file's own name takes some.
SOCKET_FOLDER_LIMIT = 80
RECOVERY_SECONDS = 300
ORPHAN_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Embedded:
    """The server of one data folder. Nothing runs and nothing is written until a method says so."""

    home: Path
    sockets: Path
    secrets: Path
    binaries: Binaries

    @classmethod
    def of(cls, data_folder: Path) -> "Embedded":
        programs = binaries()
        home = data_folder
        if programs.account is None:
            home.mkdir(parents=True, exist_ok=True)
        else:
            home = passable_folder(home if home.is_relative_to(SYSTEM_FOLDER) else _twin(home))
        return cls(home, socket_folder(home, programs), data_folder / "secrets", programs)

    @property
    def cluster(self) -> Path:
        return self.home / "postgres"

    def url(self, role: str, database: str = DATABASE) -> str:
        """How SQLAlchemy reaches the database as the role."""
        return URL.create(
            "postgresql+psycopg",
            role,
            self.password(role),
            database=database,
            query={"host": str(self.sockets)},
        ).render_as_string(hide_password=False)

    def password(self, role: str) -> str:
        return kept_secret(self.secrets / f"{role}.password")

    def connect(self, role: str = SUPERUSER, database: str = "postgres") -> "psycopg.Connection[Any]":
        return psycopg.connect(
            host=str(self.sockets), user=role, password=self.password(role), dbname=database, autocommit=True
        )

    def answers(self) -> bool:
        """Whether a server of this folder takes connections now."""
        try:
            self.connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def initialise(self) -> None:
        """Makes the cluster, once. A half-made one from a crash is thrown away and made again."""
        if (self.cluster / "PG_VERSION").exists():
            return
        fresh = self.home / "postgres.new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        self.binaries.give(fresh)
        with tempfile.NamedTemporaryFile("w", dir=self.home, prefix=".initdb-") as word:
            word.write(self.password(SUPERUSER))
            word.flush()
            self.binaries.give(Path(word.name))
            self._run(
                "initdb", "-D", str(fresh), "-U", SUPERUSER, f"--pwfile={word.name}",
                "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C",
                "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
            )  # fmt: skip
        fresh.rename(self.cluster)

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(  # type: ignore[call-overload]
            [self.binaries.command(program), *arguments],
            cwd=self.home,
            env=_environment(),
            capture_output=True,
            text=True,
            check=False,
            **self.binaries.identity(),
        )
        if done.returncode:
            raise MotcuaError(f"PostgreSQL's {program} failed: {done.stderr.strip() or done.stdout.strip()}")

    def start(self, log: Path, *options: str) -> "subprocess.Popen[bytes]":
        """Starts the server as our child. It ends with us, whatever ends us."""
        self._drop_stale_lock()
        quoted = '"' + str(self.sockets).replace('"', '""') + '"'
        settings = (f"unix_socket_directories={quoted}", "listen_addresses=", "timezone=UTC", *options)
        with log.open("ab") as output:
            return subprocess.Popen(  # type: ignore[no-any-return,call-overload]
                [self.binaries.command("postgres"), "-D", str(self.cluster)]
                + [part for each in settings for part in ("-c", each)],
                cwd=self.home,
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=die_with_parent(signal.SIGINT),
                **self.binaries.identity(),
            )

    def wait_until_ready(self, server: "subprocess.Popen[bytes]", log: Path) -> None:
        """Returns when connections are taken; recovery after a crash may take its time."""
        end = time.monotonic() + RECOVERY_SECONDS
        while not self.answers():
            if server.poll() is not None:
                raise MotcuaError(f"PostgreSQL did not start: {_last_line(log)} (whole log: {log})")
            if time.monotonic() > end:
                raise MotcuaError(f"PostgreSQL is not ready after {RECOVERY_SECONDS} seconds; see {log}")
            time.sleep(0.02)

    def ensure_roles(self) -> None:
        """The owner, the application and their database; says nothing when all is as it should be."""
        with self.connect() as connection:
            for role in (OWNER, APPLICATION):
                verb = "alter" if _exists(connection, "pg_roles", "rolname", role) else "create"
                connection.execute(
                    sql.SQL("{} role {} login nosuperuser {} password {}").format(
                        sql.SQL(verb),
                        sql.Identifier(role),
                        sql.SQL("createdb" if role == OWNER else "nocreatedb"),
                        sql.Literal(self.password(role)),
                    )
                )
            if not _exists(connection, "pg_database", "datname", DATABASE):
                connection.execute(
                    sql.SQL("create database {} owner {}").format(
                        sql.Identifier(DATABASE), sql.Identifier(OWNER)
                    )
                )

    def postmaster(self) -> psutil.Process | None:
        """The server that holds this cluster, whoever started it; None when no one does."""
        try:
            process = psutil.Process(int((self.cluster / "postmaster.pid").read_text().split()[0]))
            return process if str(self.cluster) in process.cmdline() else None
        except (OSError, ValueError, IndexError, psutil.Error):
            return None

    def stop_stray(self) -> None:
        """Ends a server that outlived whoever started it."""
        if process := self.postmaster():
            end_postmaster(process)

    def _drop_stale_lock(self) -> None:
        # PostgreSQL takes any living process with the recorded number for its predecessor, which after a
        # restart of a container may be anyone.
        lock = self.cluster / "postmaster.pid"
        if lock.exists() and self.postmaster() is None:
            self._wait_for_orphans()
            lock.unlink(missing_ok=True)

    def _wait_for_orphans(self) -> None:
        # The children of a killed server notice it a moment later; until then they hold its memory.
        end = time.monotonic() + ORPHAN_SECONDS
        while time.monotonic() < end and any(
            _works_in(process, self.cluster) for process in psutil.process_iter()
        ):
            time.sleep(0.05)


def _works_in(process: psutil.Process, folder: Path) -> bool:
    try:
        return Path(process.cwd()) == folder
    except (OSError, psutil.Error):
        return False


def end_postmaster(process: psutil.Process, patience_seconds: float = 20) -> None:
    """Fast shutdown, then immediate, then kill."""
    for number, seconds in ((signal.SIGINT, patience_seconds), (signal.SIGQUIT, 5), (signal.SIGKILL, 5)):
        try:
            process.send_signal(number)
            process.wait(seconds)
        except psutil.NoSuchProcess:
            return
        except psutil.TimeoutExpired:
            continue
        else:
            return


def socket_folder(home: Path, programs: Binaries) -> Path:
    """A private folder for the socket: beside the data, or a short one where that path is too long."""
    folder = home / "socket"
    if len(os.fsencode(folder)) > SOCKET_FOLDER_LIMIT or "," in str(folder):
        name = f"motcua-{os.geteuid()}-{sha256(os.fsencode(home)).hexdigest()[:12]}"
        folder = Path(tempfile.gettempdir()) / name
    if not folder.exists():
        folder.mkdir(mode=0o700)
        programs.give(folder)
    state = folder.lstat()
    owner = programs.account.pw_uid if programs.account else os.geteuid()
    if folder.is_symlink() or state.st_uid != owner or state.st_mode & 0o077:
        raise MotcuaError(f"{folder} is not a private folder of ours; remove it and try again")
    return folder


def _twin(data_folder: Path) -> Path:
    """Where the cluster of a data folder lives when its own account could not enter that folder."""
    return SYSTEM_FOLDER / sha256(os.fsencode(data_folder)).hexdigest()[:12]


def _exists(connection: "psycopg.Connection[Any]", table: str, column: str, name: str) -> bool:
    query = sql.SQL("select 1 from {} where {} = %s").format(sql.Identifier(table), sql.Identifier(column))
    return connection.execute(query, (name,)).fetchone() is not None


def _environment() -> dict[str, str]:
    """Only what the server needs: PG* variables of the person's shell must not reach it."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


def _last_line(log: Path) -> str:
    lines = log.read_text(errors="replace").strip().splitlines() if log.exists() else []
    return lines[-1] if lines else "no word in its log"
