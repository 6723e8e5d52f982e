"""Answers that take a while, remembered by all they depend on. A draft is checked at every page that shows it."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

from common.calendar import WorkingCalendar

Answer = TypeVar("Answer")


class Remembered(Generic[Answer]):
    """The latest answers, shared by the threads of a process."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, Answer] = OrderedDict()
        self._lock = Lock()

    def forget(self) -> None:
        """Forgets everything."""
        with self._lock:
            self._kept.clear()

    def get(
        self, key: Hashable, work: Callable[[], Answer], is_lasting: Callable[[Answer], bool] = lambda _: True
    ) -> Answer:
        """The answer for the key; worked out when it is new. What is not lasting is worked out again next time."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        found = work()
        if is_lasting(found):
            with self._lock:
                self._kept[key] = found
                while len(self._kept) > self._most:
                    self._kept.popitem(last=False)
        return found


def days_of(calendar: WorkingCalendar | None) -> Hashable:
    """What tells one calendar from another: its days."""
    if calendar is None:
        return None
    interruptions = frozenset(calendar.interruptions.days)
    covered = calendar.covers_from, calendar.covers_until
    return covered, calendar.closed, calendar.working, interruptions
