"""One event that the engine has allowed, with all that its rows, letters and notices are written from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from common.identity.actor import Actor
from runtime.engine.advance import Advance
from runtime.engine.context import Context
from runtime.engine.events import AnyEvent
from runtime.engine.record import Record
from runtime.engine.state import State
from runtime.holding import Held
from runtime.models.dossiers import Dossier

Method = Literal["cash", "transfer"]


@dataclass(frozen=True, slots=True)
class Said:
    """What comes with an event and is stored where it can be erased: new answers, the reason as typed.

    `method` is how money was paid or given back, `key` that of the page where the act makes something.
    """

    answers: Mapping[str, Any] | None = None
    reason: str = ""
    method: Method = "cash"
    key: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """`number` is the event's own within the dossier, from 1."""

    dossier: Dossier | Held
    event: AnyEvent
    said: Said
    context: Context
    advanced: Advance
    number: int

    @property
    def at(self) -> datetime:
        return self.event.at

    @property
    def by(self) -> Actor:
        return self.event.by

    @property
    def record(self) -> Record:
        return self.advanced.record

    @property
    def state(self) -> State:
        """The state after the event."""
        return self.advanced.state
