"""What is under way of a procedure: who announces an act asks, the runtime counts, app.py joins them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class UnderWay:
    """How much of it there is: dossiers received and not closed by the id of their version, dossiers filed and not
    received, applications not sent.
    """

    received: Mapping[int, int]
    filed: int
    unsent: int

    @property
    def open(self) -> int:
        """Every dossier that is received and not closed."""
        return sum(self.received.values())


class Counting(Protocol):
    """Counts what is under way."""

    def __call__(self, session: Session, procedure_key: str) -> UnderWay: ...
