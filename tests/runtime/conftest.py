"""A town hall for tests: the demo province with its people and the catalogue published, without dossiers."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

import runtime.deadlines  # noqa: F401 - closing a unit asks for its job by name
from common.clock import ZONE
from common.db import Database
from common.files import FileStore
from procedure_library.loading import load_demo_amounts, load_library
from runtime.demo.people import make_people
from runtime.demo.province import AREA, make_units
from runtime.office import Office, equip
from tests.runtime.town import IDENTITY_KEY, Town, publish_small, town_in
from tests.support.databases import Run
from tests.support.server import Addresses

OPENED = datetime(2025, 7, 1, 8, 0, tzinfo=ZONE)


def furnish(_owner: str, application: str) -> None:
    """Fills a database of this revision with the town hall."""
    database = Database(application)
    equip(database.engine, Office(FileStore(Path("/nonexistent")), IDENTITY_KEY, "http://127.0.0.1:8000"))
    with database.transaction() as session:
        load_library(session, at=OPENED)
        units = make_units(session)
        load_demo_amounts(session, area=AREA, at=OPENED)
        make_people(session, units, OPENED)
        publish_small(session, OPENED)
    database.engine.dispose()


@pytest.fixture(scope="session")
def addresses(run: Run) -> Addresses:
    return run.copy("furnished", "furnished", furnish)


@pytest.fixture(scope="session")
def pool(addresses: Addresses) -> Iterator[Database]:
    database = Database(addresses.application)
    yield database
    database.engine.dispose()


@pytest.fixture
def office(pool: Database, tmp_path: Path) -> Office:
    made = Office(FileStore(tmp_path / "files"), IDENTITY_KEY, "http://127.0.0.1:8000")
    equip(pool.engine, made)
    return made


@pytest.fixture
def town(session: Session, office: Office) -> Town:
    """The town hall in a transaction that is taken back."""
    return town_in(session)


@pytest.fixture
def database(run: Run, office: Office) -> Iterator[Database]:
    """A furnished database of its own, for what must really be committed."""
    fresh = Database(run.copy("furnished", "own", furnish).application)
    equip(fresh.engine, office)
    yield fresh
    fresh.engine.dispose()
