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
    "web worker": 3,
    "web server": 2,
    "job worker": 3,
    "backend": 2,
    "postmaster": 2,
}
# What the supervisor itself starts again.
SUPERVISED = ("web server", "job worker", "postmaster")


class Killer:
    """Strikes at random; `done` counts the kills by program."""

    def __init__(self, house: House, random: Random) -> None:
        self.house, self.random = house, random
        self.done: Counter[str] = Counter()
        self._struck: dict[str, list[float]] = {name: [] for name in TARGETS}

    def strike(self) -> None:
        """One kill, of a program that may be struck now; comes back when it was done."""
        while True:
            name = self.random.choices(list(TARGETS), list(TARGETS.values()))[0]
            found = self.house.programs(name) if self._may(name) else []
            if found and _killed(self.random.choice(found)):
                self._struck[name].append(monotonic())
                self.done[name] += 1
                return
            sleep(0.05)

    def _may(self, name: str) -> bool:
        recent = [at for at in self._struck[name] if monotonic() - at < WINDOW_SECONDS + 5]
        return name not in SUPERVISED or len(recent) < RESTARTS - 1

    def strike_along(self, kills: int, acts: int, progress: Callable[[], int], goes_on: Callable[[], bool]) -> None:
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
