"""What evaluating a rule reads and gives: the value, why, from which facts and versions of the world."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal, Protocol

from common.calendar import WorkingCalendar
from common.money import Money
from rules_dsl.allowance import Allowance
from rules_dsl.unknown import Unknown
from rules_dsl.values import Assignment, ComponentNeed, ExactMoney, Outcome, Value, decode, encode

__all__ = [
    "Allowance",
    "Assignment",
    "ComponentNeed",
    "Evaluation",
    "ParameterValue",
    "PublishedRate",
    "Reference",
    "TraceLine",
    "Unknown",
    "Used",
    "UsedParameter",
    "UsedRate",
]

RuleKind = Literal["charge", "fee", "term", "condition", "component", "choice", "assign"]
FORMAT = 1


@dataclass(frozen=True, slots=True)
class ParameterValue:
    """What a province or unit has set for a parameter, in force on both of its days and between them.

    `keys` answer the parameter's `by` facts one by one, "*" for any; the row with the fewest "*" wins.
    A percentage is written as its number: 2.5 for 2.5 %. `cites` is the resolution that sets it.
    """

    value: Money | Decimal
    from_on: date | None = None
    until_on: date | None = None
    keys: tuple[str, ...] = ()
    version: int = 1
    cites: tuple[str, ...] = ()

    def in_force(self, on: date) -> bool:
        return (self.from_on is None or self.from_on <= on) and (self.until_on is None or on <= self.until_on)


@dataclass(frozen=True, slots=True)
class PublishedRate:
    """A rate of exchange as published for one day: how many units of the target one unit of the source buys."""

    value: Decimal
    version: int = 1
    cites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """The world outside the definition. `calendar` None: none is loaded, what depends on it is Unknown.

    `rates` are the published rates of exchange by the name of their rule and day.
    """

    calendar: WorkingCalendar | None
    parameters: Mapping[str, tuple[ParameterValue, ...]] = field(default_factory=dict)
    rates: Mapping[str, Mapping[date, PublishedRate]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TraceLine:
    """One line of the rule at work.

    `code` names its sentence in sentences.toml ("trace.paid"), `line` its place in the file, `row` the row of
    a repeated group counted from 0 (None: no rows). `result` is the running amount or value after it.
    """

    code: str
    line: int
    result: Value | None = None
    facts: tuple[tuple[str, Value], ...] = ()
    cites: tuple[str, ...] = ()
    parameters: Mapping[str, Value] = field(default_factory=dict)
    row: int | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "line": self.line,
            "result": encode(self.result),
            "facts": [[name, encode(value)] for name, value in self.facts],
            "cites": list(self.cites),
            "parameters": {name: encode(value) for name, value in self.parameters.items()},
            "row": self.row,
        }

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> "TraceLine":
        return cls(
            code=body["code"],
            line=body["line"],
            result=decode(body["result"]),
            facts=tuple((name, decode(value)) for name, value in body["facts"]),
            cites=tuple(body["cites"]),
            parameters={name: decode(value) for name, value in body["parameters"].items()},
            row=body["row"],
        )


@dataclass(frozen=True, slots=True)
class UsedParameter:
    """A parameter that was read: its value then, the version of the local row (0: written in the rules)."""

    name: str
    value: Value
    version: int = 0
    cites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UsedRate:
    """A rate of exchange that was read, and the day it was published for."""

    name: str
    on: date
    value: Decimal
    version: int = 1
    cites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Used:
    """What the evaluation read. `on` is the day whose law was applied; None when nothing depended on it.

    `calendar` is key and version; None when it was not asked.
    """

    facts: Mapping[str, Value] = field(default_factory=dict)
    parameters: tuple[UsedParameter, ...] = ()
    calendar: tuple[str, int] | None = None
    on: date | None = None
    rates: tuple[UsedRate, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "facts": {name: encode(value) for name, value in self.facts.items()},
            "parameters": [
                {"name": p.name, "value": encode(p.value), "version": p.version, "cites": list(p.cites)}
                for p in self.parameters
            ],
            "calendar": list(self.calendar) if self.calendar else None,
            "on": self.on.isoformat() if self.on else None,
            # Left out where none was read: evaluations stored before there were rates keep their digest.
            **({"rates": [_rate_json(rate) for rate in self.rates]} if self.rates else {}),
        }

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> "Used":
        return cls(
            facts={name: decode(value) for name, value in body["facts"].items()},
            parameters=tuple(
                UsedParameter(p["name"], decode(p["value"]), p["version"], tuple(p["cites"]))
                for p in body["parameters"]
            ),
            calendar=(body["calendar"][0], body["calendar"][1]) if body["calendar"] else None,
            on=date.fromisoformat(body["on"]) if body["on"] else None,
            rates=tuple(_rate(rate) for rate in body.get("rates", ())),
        )


def _rate_json(rate: UsedRate) -> dict[str, Any]:
    return {
        "name": rate.name,
        "on": rate.on.isoformat(),
        "value": encode(rate.value),
        "version": rate.version,
        "cites": list(rate.cites),
    }


def _rate(body: Mapping[str, Any]) -> UsedRate:
    value = decode(body["value"])
    assert isinstance(value, Decimal)
    return UsedRate(
        body["name"], date.fromisoformat(body["on"]), value, body["version"], tuple(body["cites"])
    )


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why an evaluation came out as it did."""

    trace: tuple[TraceLine, ...] = ()
    used: Used = Used()


class Told(Protocol):
    """Reasons that are put together when somebody asks."""

    def reasons(self) -> Reasons: ...


class Evaluation:
    """The value of one rule for one set of facts, with its reasons; stored as it is with dossier events.

    Most evaluations are asked for their value alone: the reasons may be given as something that tells them.
    """

    __slots__ = ("_reasons", "kind", "rule", "value")

    def __init__(self, rule: str, kind: RuleKind, value: Outcome, reasons: Reasons | Told) -> None:
        self.rule, self.kind, self.value, self._reasons = rule, kind, value, reasons

    @property
    def reasons(self) -> Reasons:
        if not isinstance(self._reasons, Reasons):
            self._reasons = self._reasons.reasons()
        return self._reasons

    @property
    def trace(self) -> tuple[TraceLine, ...]:
        return self.reasons.trace

    @property
    def used(self) -> Used:
        return self.reasons.used

    @property
    def is_known(self) -> bool:
        return not isinstance(self.value, Unknown)

    @property
    def is_reduced(self) -> bool:
        """Whether a reduction lowered the amount; one of nothing did not."""
        lines = (line.parameters["reduction"] for line in self.trace if line.code == "trace.reduced")
        return any(isinstance(reduction, ExactMoney) and reduction.amount for reduction in lines)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Evaluation) and self._parts() == other._parts()

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return "Evaluation({!r}, {!r}, {!r}, {!r})".format(*self._parts())

    def _parts(self) -> tuple[str, RuleKind, Outcome, Reasons]:
        return self.rule, self.kind, self.value, self.reasons

    def to_json(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "rule": self.rule,
            "kind": self.kind,
            "value": encode(self.value),
            "trace": [line.to_json() for line in self.trace],
            "used": self.used.to_json(),
        }

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> "Evaluation":
        trace = tuple(TraceLine.from_json(line) for line in body["trace"])
        reasons = Reasons(trace, Used.from_json(body["used"]))
        return cls(body["rule"], body["kind"], decode(body["value"]), reasons)
