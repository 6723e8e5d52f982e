"""The town hall beside a province's past: enough rows that the planner chooses as it does in life."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from common.db import Database
from common.files import FileStore
from runtime.office import Office, equip
from tests.runtime.conftest import furnish
from tests.runtime.plans.past import live_on
from tests.runtime.small import MONDAY
from tests.runtime.town import IDENTITY_KEY, town_in
from tests.support.databases import Run
from tests.support.server import Addresses


@pytest.fixture(scope="session")
def addresses(run: Run) -> Addresses:
    return run.copy("grown", "grown", _grown)


@pytest.fixture(scope="session")
def pool(addresses: Addresses) -> Iterator[Database]:
    database = Database(addresses.application)
    yield database
    database.engine.dispose()


def _grown(owner: str, application: str) -> None:
    furnish(owner, application)
    database = Database(application)
    equip(database.engine, Office(FileStore(Path("/nonexistent")), IDENTITY_KEY, "http://127.0.0.1:8000"))
    with database.transaction() as session:
        pattern = town_in(session).finished(MONDAY - timedelta(days=90)).id
    database.engine.dispose()
    live_on(owner, pattern)
