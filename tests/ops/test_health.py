"""What a machine asks of the web server."""

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import create_engine

from common.db import Database
from common.health import database_problems, folder_problems
from config import Settings
from tests.support.databases import Run
from tests.support.server import Addresses


def test_a_living_process_says_so(client: FlaskClient) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"status": "alive"})


def test_it_is_ready_with_a_database_of_its_revision(client: FlaskClient, settings: Settings) -> None:
    settings.data_folder.mkdir()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json) == (200, {"status": "ready", "problems": []})


def test_it_is_not_ready_without_a_folder_for_uploads(client: FlaskClient) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json == {"status": "not ready", "problems": ["data folder cannot be written"]}


def test_an_unreachable_database_is_told(tmp_path: Path) -> None:
    nowhere = Database(f"postgresql+psycopg:///motcua?host={tmp_path}")
    assert database_problems(nowhere) == ("database unreachable or empty",)


@pytest.mark.parametrize(("there", "told"), [("0001", "database at revision 0001, code at "), ("9999", "")])
def test_an_earlier_revision_is_told_and_a_later_one_is_served_on(run: Run, there: str, told: str) -> None:
    """Another machine of the house may have been given later code already."""
    addresses: Addresses = run.copy("empty", "other")
    engine = create_engine(addresses.owner)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"update alembic_version set version_num = '{there}'")
    engine.dispose()
    database = Database(addresses.application)
    problem = "".join(database_problems(database))
    database.engine.dispose()
    assert problem.startswith(told)
    assert bool(problem) == bool(told)


def test_a_folder_that_can_be_written_is_no_problem(tmp_path: Path, settings: Settings) -> None:
    settings.data_folder.mkdir()
    assert folder_problems(settings) == ()


def test_both_answer_without_signing_in(app: Any) -> None:
    rules = {rule.rule for rule in app.url_map.iter_rules()}
    assert {"/healthz", "/readyz"} <= rules
