"""What the law allows: how long, in which days, from when, and what stops the clock."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any, Literal, cast

Unit = Literal["working_day", "calendar_day", "month", "working_hour", "hour"]
Method = Literal["M-DAY", "M-HOUR"]
SupplementEffect = Literal["restart", "pause", "continue"]
Hours = tuple[tuple[time, time], ...]

# The usual office hours; a rule that counts by the hour may state its own.
OFFICE_HOURS: Hours = ((time(7, 30), time(11, 30)), (time(13, 30), time(17, 30)))


@dataclass(frozen=True, slots=True)
class Extension:
    """How much longer it may take, and how many times that may be granted."""

    amount: int
    unit: Unit
    times: int = 1
    cites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Allowance:
    """A legal term, before any dossier uses it.

    `method` M-DAY counts whole days, the day of the event left out (Civil Code 147); M-HOUR counts working
    minutes within `hours`. `same_day` (amount 0) means: settled the day it is received. `cut_off`: what comes
    later than that minute, or on a closed day, counts as received on the next working day; None: no cut-off.
    `supplement`: what a request to complete the dossier does. When a rule does not say, the clock starts
    again, as Decree 61/2018 article 19(4) has it for every procedure. `unit` "hour" is the hour of the clock,
    which knows no closed days. `since`: when the clock starts, where the law counts from something else than
    reception (None).
    """

    amount: int
    unit: Unit
    method: Method = "M-DAY"
    cut_off: time | None = None
    same_day: bool = False
    supplement: SupplementEffect = "restart"
    extension: Extension | None = None
    hours: Hours = OFFICE_HOURS
    since: datetime | None = None

    def starts_at(self, received_at: datetime) -> datetime:
        """When the clock of a dossier received then starts."""
        return self.since or received_at

    def allows_like(self, other: "Allowance") -> bool:
        """Whether both say the same, whatever the day from which each of them counts."""
        same_start = (self.since is None) == (other.since is None)
        return same_start and replace(self, since=other.since) == other

    def to_json(self) -> dict[str, Any]:
        extension = self.extension
        return {
            "amount": self.amount,
            "unit": self.unit,
            "method": self.method,
            "cut_off": self.cut_off.isoformat("minutes") if self.cut_off else None,
            "same_day": self.same_day,
            "supplement": self.supplement,
            "extension": None
            if extension is None
            else {
                "amount": extension.amount,
                "unit": extension.unit,
                "times": extension.times,
                "cites": list(extension.cites),
            },
            "hours": [[start.isoformat("minutes"), end.isoformat("minutes")] for start, end in self.hours],
            # Left out where it says nothing: allowances stored before it keep their digest.
            **({"since": self.since.isoformat()} if self.since else {}),
        }

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> "Allowance":
        extension = body["extension"]
        return cls(
            amount=int(body["amount"]),
            unit=cast(Unit, body["unit"]),
            method=cast(Method, body["method"]),
            cut_off=time.fromisoformat(body["cut_off"]) if body["cut_off"] else None,
            same_day=bool(body["same_day"]),
            supplement=cast(SupplementEffect, body["supplement"]),
            extension=None
            if extension is None
            else Extension(
                int(extension["amount"]),
                extension["unit"],
                int(extension["times"]),
                tuple(extension["cites"]),
            ),
            hours=tuple((time.fromisoformat(a), time.fromisoformat(b)) for a, b in body["hours"]),
            since=datetime.fromisoformat(body["since"]) if body.get("since") else None,
        )
