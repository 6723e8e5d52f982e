"""An upgrade without a pause: the code of yesterday serves on the migrated database while today's does.

Acts go to the one and the other in turn, on the same dossiers; what was posted to one is read from the other.
"""

import warnings
from collections.abc import Iterator
from pathlib import Path
from random import Random

import psycopg
import pytest

from common.operations.database import application_url, revision
from common.operations.migrations import head
from common.postgres.address import conninfo
from config import CHECKOUT
from soak.beside import beside
from soak.client import Client
from soak.comparing import compared
from soak.earlier import commits_before, unpacked
from soak.house import House, house
from soak.ledger import Ledger
from soak.soaking import drained

# Of a dossier, from its filing to its result.
ACTS = 14
COMMITS = commits_before()
# Without a history there is no earlier code: then it is shown that two installations of one code go together.
NO_HISTORY = {"the same code: there is no history here": ""}


@pytest.fixture(params=COMMITS or NO_HISTORY)
def earlier(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    if commit := COMMITS.get(request.param):
        checkout = unpacked(commit, tmp_path / "earlier")
    else:
        warnings.warn(request.param, stacklevel=1)
        checkout = CHECKOUT
    with house(checkout) as made:
        yield made


def test_earlier_code_and_this_one_carry_the_same_dossiers(earlier: House, tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "acts")
    worker = earlier.programs("job worker")[0]
    alone = Client((earlier.address,), ledger, Random(1), lambda: True)
    alone.sign_in()
    begun = alone.file()
    with beside(earlier) as new:
        both = Client((earlier.address, new.address), ledger, Random(1), lambda: True)
        both.sign_in()
        for at_rest, filing in ((new.worker, begun), (worker, both.file())):
            # Who is sent to rest in the midst of a job keeps its locks, and pages would wait for them.
            assert drained(earlier) == ""
            at_rest.suspend()
            both.carry_through(filing)
            assert drained(earlier, with_failed=True) == ""
            at_rest.resume()
        assert drained(earlier) == ""
        _is_right(earlier, ledger)


def _is_right(earlier: House, ledger: Ledger) -> None:
    url = application_url(earlier.settings)
    assert revision(url) == head()
    with psycopg.connect(conninfo(url)) as connection:
        found = compared(connection, ledger.acts, earlier.mails)
    assert found.is_right, found
    assert len(ledger.acts) == found.recorded == 2 * ACTS
    assert (ledger.refused, ledger.lost, set(ledger.answers)) == ([], 0, {200, 303})
    replayed = earlier.command("dossiers", "replay", "--all")
    assert replayed.returncode == 0, replayed.stdout
