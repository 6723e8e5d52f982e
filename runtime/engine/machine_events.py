"""What the machine asks for: by the clock, for another system, by an order. `advance` decides whether it happens."""

from dataclasses import dataclass, field
from typing import Literal

from msgspec import Struct

from runtime.engine.event import AnswersRef, Event
from runtime.engine.imported import Imported
from runtime.engine.linked import Ended
from runtime.engine.status import Act, Status


class Transferred(Struct, frozen=True):
    """Areas of a dossier whose work one unit had and another has now; `order` is the id of the order."""

    order: int
    from_unit: int
    to_unit: int
    areas: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeriveDeadline(Event):
    """The calendar that was missing at reception has been loaded, or days count otherwise than was known."""

    act: Act = field(default="derive_deadline", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TellPortal(Event):
    """A connector has told the national portal that the dossier has this status."""

    status: Status
    act: Act = field(default="tell_portal", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PassLimit(Event):
    """The first limit of a step that has passed by now is acted on: the machine looks, nobody asked."""

    act: Act = field(default="pass_limit", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveMessage(Event):
    """Another system has sent the message `key`; `message_id` is its own number, the same when it sends it again."""

    key: str
    message_id: str
    act: Act = field(default="receive_message", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer(Event):
    """The work of one unit goes over to another, by an order that somebody signed."""

    transferred: Transferred
    reason: str
    act: Act = field(default="transfer", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Import(Event):
    """A dossier of an older system is taken over; `reason` is what that system said of it."""

    imported: Imported
    answers: AnswersRef
    reason: str = ""
    act: Act = field(default="import", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Event):
    """An attempt at an automatic step has come to something; `answers` when the connector filled pages."""

    run: int
    outcome: str = ""
    answers: AnswersRef | None = None
    act: Act = field(default="report", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fail(Event):
    """An attempt at an automatic step has come to nothing."""

    run: int
    act: Act = field(default="fail", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildOpened(Event):
    """A dossier that a step asked for is there; `child` is the number it was asked for under."""

    child: int
    dossier: str
    act: Act = field(default="child_opened", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildEnded(Event):
    """A dossier that a step asked for has ended; `answers` when pages are filled from it."""

    child: int
    dossier: str
    outcome: Ended
    answers: AnswersRef | None = None
    act: Act = field(default="child_ended", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildFailed(Event):
    """A dossier that a step asked for cannot be opened, or what it gave cannot be used."""

    child: int
    reason: str
    act: Act = field(default="child_failed", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallOff(Event):
    """The dossier that called this one has ended without a decision."""

    how: Literal["withdrawn", "stopped"]
    reason: str
    act: Act = field(default="call_off", init=False)
