"""Somebody with kill -9. Only processes that the house has started, each by its number, never too many of a kind
too fast: a program that cannot stay up for a minute ends the house, and should."""

from collections import Counter
from collections.abc import Callable, Mapping
from random import Random
from time import monotonic, sleep

import psutil

from common.supervisor import RESTARTS, WINDOW_SECONDS
from soak.house import House

# How often each is struck, compared with the others.
TARGETS: Mapping[str, int] = {
    "web worker": 2,
    "web server": 1,
    "job worker": 3,
    "backend": 3,
    "postmaster": 2,
}
# Whom the supervisor may have to start again for it: a web server whose worker falls twice ends itself.
STARTED_AGAIN: Mapping[str, str] = {
    "web worker": "web",
    "web server": "web",
    "job worker": "worker",
    "postmaster": "postgres",
}


class Killer:
    """Strikes at random; `done` counts the kills by program."""

    def __init__(self, house: House, random: Random) -> None:
        self.house, self.random = house, random
        self.done: Counter[str] = Counter()
        self._struck: dict[str, list[float]] = {name: [] for name in STARTED_AGAIN.values()}

    def strike(self) -> None:
        """One kill, of a program that may be struck now; comes back when it was done."""
        while self.house.stands():
            name = self.random.choices(list(TARGETS), list(TARGETS.values()))[0]
            found = self.house.programs(name) if self._may(name) else []
            if found and _killed(self.random.choice(found)):
                self.done[name] += 1
                if name in STARTED_AGAIN:
                    self._struck[STARTED_AGAIN[name]].append(monotonic())
                return
            sleep(0.05)

    def _may(self, name: str) -> bool:
        struck = self._struck.get(STARTED_AGAIN.get(name, ""), [])
        return sum(monotonic() - at < WINDOW_SECONDS + 5 for at in struck) < RESTARTS - 1

    def strike_along(
        self, kills: int, acts: int, progress: Callable[[], int], goes_on: Callable[[], bool]
    ) -> None:
        """So many kills, spread over so many acts with chance between them."""
        for number in range(kills):
            due = (number + self.random.random()) * acts / kills
            while progress() < due and goes_on():
                sleep(0.02)
            if not goes_on():
                return
            sleep(self.random.random() * 0.2)
            self.strike()


def _killed(process: psutil.Process) -> bool:
    try:
        process.kill()
    except psutil.NoSuchProcess:
        return False
    return True
