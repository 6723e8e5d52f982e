"""Where dossiers of a version rest now: the designer asks, the runtime counts, app.py joins them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Resting:
    """How many open dossiers rest at a step; `overdue` of them are past their deadline."""

    open: int
    overdue: int = 0


class RestingCount(Protocol):
    """Counts the open dossiers of a version by the step at which they rest."""

    def __call__(self, session: Session, version_id: int, *, at: datetime) -> Mapping[str, Resting]:
        """By step key; a dossier that rests at several steps counts at each. Steps with none are left out."""
