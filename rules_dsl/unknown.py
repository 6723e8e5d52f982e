"""A value that is not known, and why: never zero, never no, never a guess."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

ABSENT = "rules.absent_fact"
NOT_STARTED = "rules.term_not_started"
_NOT_THERE = (ABSENT, "rules.unknown_fact")


@dataclass(frozen=True, slots=True)
class Unknown:
    """`missing` names the facts, parameters or calendar that are not known; `code` says the reason.

    Codes, all with a sentence in messages.toml: rules.unknown_fact (not answered yet), rules.absent_fact
    (lawfully not answered, and the rule did not ask first), rules.unknown_parameter (nobody has set it),
    rules.unknown_calendar (that year is not loaded), rules.not_in_force, rules.no_clause (no line of the
    rule speaks of this case), rules.parameter_out_of_bounds, rules.out_of_range, rules.divided_by_zero,
    rules.term_not_started (what it counts from has not come), rules.term_suspended.
    """

    missing: tuple[str, ...]
    code: str

    @property
    def parameters(self) -> Mapping[str, str]:
        """What the sentence of `code` needs: the names, joined."""
        return {"names": ", ".join(self.missing)}

    def to_json(self) -> dict[str, Any]:
        return {"missing": list(self.missing), "code": self.code}

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> "Unknown":
        return cls(tuple(str(name) for name in body["missing"]), str(body["code"]))


def not_started(start: Unknown) -> Unknown:
    """Why a term has not begun: what it is counted from has not come yet. Any other reason stands."""
    return Unknown(start.missing, NOT_STARTED) if start.code in _NOT_THERE else start


def joined(unknowns: Iterable[Unknown]) -> Unknown:
    """One Unknown for several: all their names once, in order; the first reason that is not mere absence."""
    every = tuple(unknowns)
    names = dict.fromkeys(name for unknown in every for name in unknown.missing)
    codes = [unknown.code for unknown in every]
    return Unknown(tuple(names), next((code for code in codes if code != ABSENT), ABSENT))


def calendar_unknown(day: object) -> Unknown:
    """The confirmed calendar does not reach `day` (a date, or its text)."""
    return Unknown((f"calendar.{str(day)[:4]}",), "rules.unknown_calendar")
