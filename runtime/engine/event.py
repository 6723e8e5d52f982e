"""What every event has, and what several refer to."""

from dataclasses import dataclass
from datetime import datetime

from msgspec import Struct

from common.identity.actor import Actor


class AnswersRef(Struct, frozen=True):
    """Which answers of the dossier: they live in an erasable row, the record holds its number and digest."""

    number: int
    digest: str


class Paper(Struct, frozen=True):
    """A component as handed in: how many originals, certified copies, photocopies and electronic files."""

    component: str
    originals: int = 0
    certified: int = 0
    photocopies: int = 0
    files: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that somebody asks for, at an instant that comes with it.

    `once` marks the form that asks ("": none did). The engine decides nothing by it: the mark stands in the audit row
    of the act, and who sends the form again is told what came of it (`runtime.once`).
    """

    by: Actor
    at: datetime
    once: str = ""
