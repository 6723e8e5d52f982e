"""What generated code writes down while it works, and how that becomes a trace once somebody reads it.

A log is a flat list, cheap to fill, read back in order:

- a name: that fact was read; (group, row, name): a fact of a row was read;
- None: a new line begins, and what was read for lines that did not apply is no reason for it;
- a number: what was read for this reduction is set aside; its complement: it counts again;
- (number, row, result, values…): the line of that number in `notes` applied;
- a day, a calendar, a parameter, a rate: it was read; a list: the log of another rule.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from common.calendar import WorkingCalendar
from rules_dsl.evaluation import Reasons, TraceLine, Used, UsedParameter, UsedRate
from rules_dsl.reading import Facts
from rules_dsl.values import EXACT, ExactMoney, Value

Log = list[Any]
Shape = Callable[[Any], Value]


class Day:
    """Says in a log that the day was asked whose law counts; `fact` names it."""

    def __init__(self, fact: str) -> None:
        self.fact = fact


DAYS = {fact: Day(fact) for fact in ("dossier.received_on", "dossier.submitted_on", "dossier.decided_on")}


@dataclass(frozen=True, slots=True)
class Note:
    """What is known beforehand of a line that may apply; `parameters` in the order in which the log has them.

    `cites` None: the log has them, last. A step is a look-up, told before the line that needed it.
    """

    code: str
    line: int
    cites: tuple[str, ...] | None
    result: Shape
    parameters: tuple[tuple[str, Shape], ...] = ()
    is_step: bool = False


def as_it_is(value: Any) -> Value:
    return value  # type: ignore[no-any-return]


def nothing(_value: Any) -> Any:
    """A line without a running amount."""
    return None


def number(scale: int) -> Shape:
    """A whole number that counts tenth powers."""
    return lambda value: Decimal(value).scaleb(-scale, EXACT) if scale else Decimal(value)


def money(scale: int, currency: str) -> Shape:
    amount = number(scale)
    return lambda value: ExactMoney(amount(value), currency)  # type: ignore[arg-type]


Recent = dict[tuple[str, Value], None]
# A look-up: its note, value, law and parameters.
Step = tuple[Note, Any, tuple[str, ...], dict[str, Value]]


@dataclass(slots=True)
class Reading:
    """Goes through a log once."""

    facts: Facts
    notes: Sequence[Note]
    trace: list[TraceLine] = field(default_factory=list)
    read: dict[str, Value] = field(default_factory=dict)
    recent: Recent = field(default_factory=dict)
    aside: dict[int, tuple[Recent, list[Step]]] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    parameters: dict[str, UsedParameter] = field(default_factory=dict)
    rates: dict[tuple[str, date], UsedRate] = field(default_factory=dict)
    calendar: tuple[str, int] | None = None
    on: date | None = None

    def through(self, log: Log) -> "Reading":
        for event in log:
            match event:
                case None:
                    self.recent, self.steps = {}, []
                case int():
                    self._aside(event)
                case str():
                    self._fact(event, event, self.facts.values)
                case (str(group), int(row), str(name)):
                    whole = f"{group}.{row}{name.removeprefix(group)}"
                    self._fact(name, whole, self.facts.rows[group][row])
                case tuple():
                    self._line(*event)
                case UsedParameter():
                    self.parameters[event.name] = event
                case UsedRate():
                    self.rates[event.name, event.on] = event
                case WorkingCalendar():
                    self.calendar = event.key, event.version
                case Day():
                    self.on = self.facts.values[event.fact]  # type: ignore[assignment]
                case list():
                    self._other(event)
        return self

    def _fact(self, name: str, whole: str, values: Mapping[str, Value]) -> None:
        value = values[name]
        self.recent[name, value] = None
        self.read.setdefault(whole, value)

    def _aside(self, number: int) -> None:
        if number >= 0:
            self.aside[number] = self.recent, self.steps
        else:
            recent, steps = self.aside[~number]
            self.recent, self.steps = dict(recent), list(steps)

    def _line(self, number: int, row: int | None, result: Any, *values: Any) -> None:
        note = self.notes[number]
        cites = values[-1] if note.cites is None else note.cites
        parameters = {
            name: shape(value) for (name, shape), value in zip(note.parameters, values, strict=False)
        }
        if note.is_step:
            self.steps.append((note, result, cites, parameters))
            return
        for step, found, law, told in self.steps:
            self.trace.append(TraceLine(step.code, step.line, step.result(found), (), law, told, row))
        facts = tuple(self.recent)
        self.trace.append(TraceLine(note.code, note.line, note.result(result), facts, cites, parameters, row))
        self.recent, self.steps = {}, []

    def _other(self, log: Log) -> None:
        """What another rule read was read; what it said is its own affair."""
        inner = Reading(self.facts, self.notes).through(log)
        self.read |= inner.read
        self.parameters |= inner.parameters
        self.rates |= inner.rates
        self.calendar = inner.calendar or self.calendar

    def used(self) -> Used:
        parameters, rates = tuple(self.parameters.values()), tuple(self.rates.values())
        return Used(self.read, parameters, self.calendar, self.on, rates)


@dataclass(frozen=True, slots=True)
class Recorded:
    """The log of one evaluation, with what is needed to read it."""

    log: Log
    notes: Sequence[Note]
    facts: Facts

    def reasons(self) -> Reasons:
        reading = Reading(self.facts, self.notes).through(self.log)
        return Reasons(tuple(reading.trace), reading.used())
