"""What generated code writes down while it works, and how that becomes a trace once somebody reads it.

A log is a flat list, cheap to fill, read back in order:

- a name: that fact was read; (group, row, name): a fact of a row was read;
- None: a new line begins, and what was read for lines that did not apply is no reason for it;
- a number: what was read for this reduction is set aside; its complement: it counts again;
- (number, row, result, values…): the line of that number in `notes` applied;
- a day, a calendar, a parameter, a rate: it was read;
- a part: what a name read, which may be read again and again; a list: the log of another rule.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from common.calendar import WorkingCalendar
from rules_dsl.evaluation import Reasons, TraceLine, Used, UsedParameter, UsedRate
from rules_dsl.reading import Facts
from rules_dsl.values import EXACT, ExactMoney, Value

Log = list[Any]


class Part(list[Any]):
    """The log of a name within the rule that reads it."""


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
    return (lambda value: Decimal(value).scaleb(-scale, EXACT)) if scale else Decimal


def money(scale: int, currency: str) -> Shape:
    if not scale:
        return lambda value: ExactMoney(Decimal(value), currency)
    return lambda value: ExactMoney(Decimal(value).scaleb(-scale, EXACT), currency)


Recent = dict[tuple[str, Value], None]


@dataclass(slots=True)
class Reading:
    """Goes through a log once. `recent` and `steps` are what the line at work has read and looked up."""

    facts: Facts
    notes: Sequence[Note]
    trace: list[TraceLine] = field(default_factory=list)
    read: dict[str, Value] = field(default_factory=dict)
    recent: Recent = field(default_factory=dict)
    steps: list[TraceLine] = field(default_factory=list)
    aside: dict[int, tuple[Recent, list[TraceLine]]] = field(default_factory=dict)
    parts: dict[int, tuple[Recent, list[TraceLine]]] = field(default_factory=dict)
    others: "dict[int, Reading]" = field(default_factory=dict)
    parameters: dict[str, UsedParameter] = field(default_factory=dict)
    rates: dict[tuple[str, date], UsedRate] = field(default_factory=dict)
    calendar: tuple[str, int] | None = None
    on: date | None = None

    def through(self, log: Log) -> "Reading":
        for event in log:
            kind = type(event)
            if event is None:
                self.recent, self.steps = {}, []
            elif kind is tuple and type(event[0]) is int:
                self.line(event)
            else:
                _EVENTS[kind](self, event)
        return self

    def fact(self, name: str) -> None:
        value = self.facts.values[name]
        self.recent[name, value] = None
        self.read.setdefault(name, value)

    def fact_of_row(self, event: tuple[str, int, str]) -> None:
        group, row, name = event
        value = self.facts.rows[group][row][name]
        self.recent[name, value] = None
        self.read.setdefault(f"{group}.{row}{name.removeprefix(group)}", value)

    def line(self, event: tuple[Any, ...]) -> None:
        number, row, result, *values = event
        note = self.notes[number]
        cites = values[-1] if note.cites is None else note.cites
        told = {name: shape(value) for (name, shape), value in zip(note.parameters, values, strict=False)}
        result = note.result(result)
        if note.is_step:
            step = TraceLine(note.code, note.line, result, (), cites, told, row)
            self.steps += [step] if step not in self.steps else []
            return
        self.trace += [replace(step, row=row) for step in self.steps]
        self.trace.append(TraceLine(note.code, note.line, result, tuple(self.recent), cites, told, row))
        self.recent, self.steps = {}, []

    def reduction(self, number: int) -> None:
        if number >= 0:
            self.aside[number] = self.recent, self.steps
        else:
            recent, steps = self.aside[~number]
            self.recent, self.steps = dict(recent), list(steps)

    def parameter(self, used: UsedParameter) -> None:
        self.parameters[used.name] = used

    def rate(self, used: UsedRate) -> None:
        self.rates[used.name, used.on] = used

    def working_calendar(self, read: WorkingCalendar) -> None:
        self.calendar = read.key, read.version

    def day(self, read: Day) -> None:
        self.on = self.facts.values[read.fact]  # type: ignore[assignment]

    def part(self, log: Part) -> None:
        """What a name read, gone through once however often it was asked."""
        if id(log) not in self.parts:
            outer = self.recent, self.steps
            self.recent, self.steps = {}, []
            self.through(log)
            self.parts[id(log)] = self.recent, self.steps
            self.recent, self.steps = outer
        recent, steps = self.parts[id(log)]
        self.recent |= recent
        self.steps += [step for step in steps if step not in self.steps]

    def other_rule(self, log: Log) -> None:
        """What another rule read was read; what it said is its own affair."""
        if id(log) not in self.others:
            inner = Reading(self.facts, self.notes, parts=self.parts, others=self.others)
            self.others[id(log)] = inner.through(log)
        inner = self.others[id(log)]
        self.read |= inner.read
        self.parameters |= inner.parameters
        self.rates |= inner.rates
        self.calendar = inner.calendar or self.calendar
        self.on = self.on or inner.on

    def used(self) -> Used:
        parameters, rates = tuple(self.parameters.values()), tuple(self.rates.values())
        return Used(self.read, parameters, self.calendar, self.on, rates)


_EVENTS: dict[type, Callable[[Reading, Any], object]] = {
    str: Reading.fact,
    tuple: Reading.fact_of_row,
    int: Reading.reduction,
    UsedParameter: Reading.parameter,
    UsedRate: Reading.rate,
    WorkingCalendar: Reading.working_calendar,
    Day: Reading.day,
    Part: Reading.part,
    list: Reading.other_rule,
}


@dataclass(frozen=True, slots=True)
class Recorded:
    """The log of one evaluation, with what is needed to read it."""

    log: Log
    notes: Sequence[Note]
    facts: Facts

    def reasons(self) -> Reasons:
        reading = Reading(self.facts, self.notes).through(self.log)
        return Reasons(tuple(reading.trace), reading.used())
