"""A real dossier told as a course of nobody's: who asks, the runtime reads and invents, app.py joins them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from common.identity.actor import Actor
from common.problems import Refusal
from procedure_library.course import CourseAct
from procedure_library.playing import Supposed


@dataclass(frozen=True, slots=True)
class Retold:
    """A real dossier as a course of people who do not exist; `procedure` is the key of what it was filed for."""

    procedure: str
    supposed: Supposed
    acts: tuple[CourseAct, ...]


class Reteller(Protocol):
    """Tells a real dossier anew, for who may see it."""

    def __call__(
        self, session: Session, reference: str, *, by: Actor, at: datetime, draft: str
    ) -> Retold | Refusal:
        """`draft` is the number of the draft for which it is read: that is written down."""
