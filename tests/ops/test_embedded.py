"""The embedded PostgreSQL: private, crash-safe, and it changes nobody's folders."""

import os
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psutil
import psycopg
import pytest

from common.postgres.embedded import APPLICATION, DATABASE, OWNER, Embedded, socket_folder
from common.postgres.visit import sole_use, visit
from common.problems import MotcuaError


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[Embedded]:
    server = Embedded.of(tmp_path / "data")
    yield server
    server.stop_stray()
    if server.home != tmp_path / "data":
        subprocess.run(["rm", "-rf", "--", str(server.home)], check=True)


def started(embedded: Embedded, tmp_path: Path) -> "subprocess.Popen[bytes]":
    embedded.initialise()
    log = tmp_path / "postgres.log"
    server = embedded.start(log, "fsync=off")
    embedded.wait_until_ready(server, log)
    embedded.ensure_roles()
    return server


def test_it_listens_on_a_private_socket_only_and_asks_for_a_password(
    embedded: Embedded, tmp_path: Path
) -> None:
    started(embedded, tmp_path)
    with embedded.connect() as connection:
        assert connection.execute("show listen_addresses").fetchone() == ("",)
        assert connection.execute("show password_encryption").fetchone() == ("scram-sha-256",)
    assert stat.S_IMODE(embedded.sockets.stat().st_mode) == 0o700
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(host=str(embedded.sockets), user=OWNER, password="guess", dbname=DATABASE)


def test_the_application_can_neither_make_tables_nor_become_the_owner(
    embedded: Embedded, tmp_path: Path
) -> None:
    started(embedded, tmp_path)
    with embedded.connect(APPLICATION, DATABASE) as connection:
        for forbidden in ("create table t (i int)", f"set role {OWNER}", "create role r"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(forbidden)


def test_after_a_crash_it_recovers_with_all_that_was_committed(embedded: Embedded, tmp_path: Path) -> None:
    server = started(embedded, tmp_path)
    with embedded.connect(OWNER, DATABASE) as connection:
        connection.execute("create table kept as select 7 as number")
    os.kill(server.pid, signal.SIGKILL)
    server.wait()
    started(embedded, tmp_path)
    with embedded.connect(OWNER, DATABASE) as connection:
        assert connection.execute("select number from kept").fetchone() == (7,)


def test_the_number_of_a_dead_server_may_have_gone_to_anyone(embedded: Embedded, tmp_path: Path) -> None:
    server = started(embedded, tmp_path)
    os.kill(server.pid, signal.SIGKILL)
    server.wait()
    lock = embedded.cluster / "postmaster.pid"
    lines = lock.read_text().splitlines()
    lock.write_text("\n".join([str(os.getpid()), *lines[1:]]))
    assert embedded.postmaster() is None
    started(embedded, tmp_path)
    assert embedded.answers()


def suspended(process: psutil.Process) -> bool:
    """Stops the process; whether there was one: a connection that ended takes its process along."""
    try:
        process.suspend()
    except psutil.NoSuchProcess:
        return False
    return True


def test_what_a_killed_server_leaves_behind_is_waited_for(embedded: Embedded, tmp_path: Path) -> None:
    server = started(embedded, tmp_path)
    # Stopped, they cannot notice for a while that their server is gone.
    children = [child for child in psutil.Process(server.pid).children() if suspended(child)]
    assert children
    os.kill(server.pid, signal.SIGKILL)
    server.wait()
    later = threading.Timer(1, lambda: [child.resume() for child in children])
    later.start()
    started(embedded, tmp_path)
    later.join()
    assert embedded.answers()


def test_a_half_made_cluster_is_made_again(embedded: Embedded, tmp_path: Path) -> None:
    (embedded.home / "postgres.new" / "base").mkdir(parents=True)
    started(embedded, tmp_path)
    assert embedded.answers()


def test_a_server_that_cannot_start_says_why(embedded: Embedded, tmp_path: Path) -> None:
    embedded.initialise()
    log = tmp_path / "postgres.log"
    server = embedded.start(log, "shared_buffers=nonsense")
    with pytest.raises(MotcuaError, match=r"PostgreSQL did not start: .*shared_buffers.*postgres\.log"):
        embedded.wait_until_ready(server, log)


def test_visitors_share_one_server_and_the_last_one_ends_it(embedded: Embedded, tmp_path: Path) -> None:
    first = visit(embedded, tmp_path / "logs")
    process = embedded.postmaster()
    second = visit(embedded, tmp_path / "logs")
    assert embedded.postmaster() == process
    second.close()
    assert embedded.answers()
    first.close()
    assert not embedded.answers()
    assert embedded.postmaster() is None


def test_a_visitor_waits_for_the_owner_of_a_server_that_fell(embedded: Embedded, tmp_path: Path) -> None:
    """A worker that was started again before the database was must not bring up a database of its own."""
    visits: list[ExitStack] = []
    visitor = threading.Thread(target=lambda: visits.append(visit(embedded, tmp_path / "logs")))
    with sole_use(embedded):
        visitor.start()
        visitor.join(1)
        assert (visits, embedded.postmaster()) == ([], None)
        server = started(embedded, tmp_path)
        visitor.join(30)
        visits[0].close()
        owned = embedded.postmaster()
        assert owned is not None
        assert owned.pid == server.pid


def test_a_long_path_gets_a_short_private_socket_folder(embedded: Embedded, tmp_path: Path) -> None:
    home = tmp_path / ("d" * 60) / ("e" * 60)
    home.mkdir(parents=True)
    folder = socket_folder(home, embedded.binaries)
    try:
        assert len(str(folder)) < 80
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        folder.chmod(0o755)
        with pytest.raises(MotcuaError, match="not a private folder of ours"):
            socket_folder(home, embedded.binaries)
    finally:
        folder.rmdir()


def test_no_folder_above_changes_its_mode(embedded: Embedded, tmp_path: Path) -> None:
    """Folders that only their owner may enter, such as a home, stay so: of the data, the programs, all."""
    closed = tmp_path / "home"
    (closed / "checkout").mkdir(parents=True)
    for folder in (closed, closed / "checkout"):
        folder.chmod(0o700)
    watched = {*closed.parents, closed, closed / "checkout", *Path(sys.executable).parents}
    watched |= set(Path(psycopg.__file__).parents)
    before = {folder: folder.stat().st_mode for folder in watched}
    inner = Embedded.of(closed / "checkout" / ".var")
    try:
        started(inner, tmp_path)
        assert inner.answers()
        assert {folder: folder.stat().st_mode for folder in watched} == before
    finally:
        inner.stop_stray()
        subprocess.run(["rm", "-rf", "--", str(inner.home)], check=True)
