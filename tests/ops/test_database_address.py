"""A database that cannot be used is one clear line and exit 1."""

import socket
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import make_url, text

from common.operations.cli import operations
from common.operations.parts import Parts
from config import Settings, variables
from tests.support.databases import maintenance
from tests.support.server import Addresses

MOTCUA = click.Group(commands=operations)
KEYS = {"MOTCUA_SECRET_KEY": "s" * 32, "MOTCUA_IDENTITY_KEY": "i" * 32}


def run(name: str, settings: Settings, *arguments: str, **environment: str) -> Result:
    told = {
        **dict.fromkeys(variables()),
        **KEYS,
        "MOTCUA_DATA_FOLDER": str(settings.data_folder),
        **environment,
    }
    return CliRunner().invoke(MOTCUA, [name, *arguments], obj=Parts(), env=told)


def the_line(result: Result) -> str:
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    return line


@pytest.fixture
def closed_port() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


@pytest.mark.parametrize("command", ["run", "migrate", "worker", "init"])
def test_nobody_listens_there(command: str, settings: Settings, closed_port: int) -> None:
    url = f"postgresql://app:secret@127.0.0.1:{closed_port}/motcua"
    line = the_line(run(command, settings, MOTCUA_DATABASE_URL=url, PORT="8999"))
    assert line.startswith(
        f"MOTCUA_DATABASE_URL: cannot use postgresql://app:***@127.0.0.1:{closed_port}/motcua: "
    )
    assert "refused" in line


def test_a_wrong_password_is_said_and_not_shown(settings: Settings, addresses: Addresses) -> None:
    wrong = make_url(addresses.application).set(password="guess-of-mine")
    url = wrong.render_as_string(hide_password=False)
    line = the_line(run("migrate", settings, MOTCUA_DATABASE_URL=url))
    assert "password authentication failed" in line
    assert "guess-of-mine" not in line


def test_a_database_that_does_not_exist(settings: Settings, addresses: Addresses) -> None:
    url = make_url(addresses.application).set(database="nowhere").render_as_string(hide_password=False)
    assert 'database "nowhere" does not exist' in the_line(run("migrate", settings, MOTCUA_DATABASE_URL=url))


@pytest.mark.parametrize("url", ["sqlite:///motcua.db", "mysql://root@localhost/motcua", "motcua"])
def test_only_postgresql(url: str, settings: Settings) -> None:
    line = the_line(run("migrate", settings, MOTCUA_DATABASE_URL=url))
    assert line.startswith("MOTCUA_DATABASE_URL: expected postgresql://")


def test_the_owner_must_be_a_role_of_its_own(settings: Settings, addresses: Addresses) -> None:
    missing = run("migrate", settings, MOTCUA_DATABASE_URL=addresses.application)
    assert the_line(missing).startswith("MOTCUA_DATABASE_OWNER_URL: missing;")
    same = run(
        "migrate",
        settings,
        MOTCUA_DATABASE_URL=addresses.application,
        MOTCUA_DATABASE_OWNER_URL=addresses.application,
    )
    assert the_line(same).startswith("MOTCUA_DATABASE_OWNER_URL: names the same role")


def test_migrating_twice_changes_nothing(settings: Settings, addresses: Addresses) -> None:
    both = {
        "MOTCUA_DATABASE_URL": addresses.application,
        "MOTCUA_DATABASE_OWNER_URL": addresses.owner,
    }
    for _ in range(2):
        result = run("migrate", settings, **both)
        assert (result.exit_code, result.stderr) == (0, "")


@pytest.mark.parametrize("command", ["worker", "backup"])
def test_a_database_of_another_revision_asks_for_its_migration(
    command: str, request: pytest.FixtureRequest, settings: Settings, tmp_path: Path
) -> None:
    older = request.getfixturevalue("run").copy("empty", "older")
    with maintenance(older.owner) as connection:
        connection.execute(text("update alembic_version set version_num = '0001'"))
    arguments = [str(tmp_path / "motcua.backup")] if command == "backup" else []
    line = the_line(run(command, settings, *arguments, MOTCUA_DATABASE_URL=older.application))
    assert line.startswith("The database is at revision 0001 and this version needs ")
