"""What the clients were told, on the disk before they go on: the list against which the house is held."""

import json
import os
import threading
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Act:
    """An act of the dossier with that filing number; `task` is the number of the task in its address, 0: none."""

    filing: str
    act: str
    task: int = 0


class Ledger:
    """A line for each act that somebody was told of, and what else the clients saw."""

    def __init__(self, file: Path) -> None:
        self._file, self._lock = file.open("a"), threading.Lock()
        self.acts: list[Act] = []
        self.lost = 0
        self.answers: dict[int, int] = {}
        self.refused: list[str] = []

    def told(self, act: Act) -> None:
        """The answer said that it is done, or said so when it was asked again after a lost one."""
        with self._lock:
            self._file.write(json.dumps(asdict(act)) + "\n")
            self._file.flush()
            os.fsync(self._file.fileno())
            self.acts.append(act)

    def answered(self, status: int | None) -> None:
        """Counts the answers by status; None: none came."""
        with self._lock:
            if status is None:
                self.lost += 1
            else:
                self.answers[status] = self.answers.get(status, 0) + 1

    def unexpected(self, what: str) -> None:
        """Something was refused that nobody had asked for before."""
        with self._lock:
            self.refused.append(what)
