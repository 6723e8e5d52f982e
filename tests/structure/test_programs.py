"""What the programs of the house (server, worker, commands) must know before they begin."""

import subprocess
import sys

from config import CHECKOUT
from migrations.tables import metadata

TABLES = "import app; from common.db import Base; print(*sorted(Base.metadata.tables), sep='\\n')"


def test_they_know_every_table() -> None:
    """The nightly sweep of files refuses to go by a list that lacks one."""
    known = subprocess.run(
        [sys.executable, "-c", TABLES], cwd=CHECKOUT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert known == sorted(metadata().tables)
