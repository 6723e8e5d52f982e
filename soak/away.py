"""The database goes away for a while: the supervisor is held still so that it starts nothing, the server is stopped."""

from collections.abc import Iterator
from contextlib import contextmanager

import psutil

from common.postgres.embedded import end_postmaster
from soak.house import House


@contextmanager
def database_away(house: House) -> Iterator[None]:
    """Inside the block there is no database; afterwards the supervisor starts it again."""
    (postmaster,) = house.programs("postmaster")
    supervisor = psutil.Process(house.supervisor.pid)
    supervisor.suspend()
    try:
        end_postmaster(postmaster, patience_seconds=1)
        yield
    finally:
        supervisor.resume()


def served_by(house: House) -> set[int]:
    """The numbers of the processes that must live through it."""
    return {each.pid for name in ("web server", "web worker", "job worker") for each in house.programs(name)}
