"""Dossiers that are linked ("liên thông"): the children that a dossier has asked for, and the one that called it."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

# How a child ended, as its caller knows it; "failed": it could not be opened.
Ended = Literal["", "granted", "refused", "withdrawn", "stopped", "failed"]
# With the result of the caller, or from the unit that made it.
CALLER: Literal["caller"] = "caller"


class Child(Struct, frozen=True):
    """A dossier of another procedure that a step has asked for.

    `number` counts within the dossier and is never used again: messages about the child bear it. `dossier` is the
    child's filing number once it is open. `late_at` is when the limit of the step passed without an end, `dropped`
    that it is wanted no more, because the applicant withdrew or the dossier was stopped.
    """

    step: str
    number: int
    asked_at: datetime
    dossier: str = ""
    ended: Ended = ""
    ended_at: datetime | None = None
    late_at: datetime | None = None
    dropped: bool = False


class Caller(Struct, frozen=True):
    """The dossier that called this one: its filing number, and which of its children this is."""

    dossier: str
    child: int
