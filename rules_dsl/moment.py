"""One evaluation under way: what it may look at, and what it has looked at so far."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from common.calendar import WorkingCalendar
from common.money import Money
from common.problems import MotcuaError
from rules_dsl.evaluation import Reference, TraceLine, Used, UsedParameter, UsedRate
from rules_dsl.kinds import Kinds
from rules_dsl.nodes import AmountRule, AsOf, Choice, Interpolation, Law, Let, Parameter, Rate, Rule, Table
from rules_dsl.reading import Facts, Row
from rules_dsl.unknown import ABSENT, Unknown
from rules_dsl.values import ExactMoney, Value

DAY_FACTS: Mapping[AsOf, str] = {
    "reception": "dossier.received_on",
    "filing": "dossier.submitted_on",
    "decision": "dossier.decided_on",
}


class RulesNotChecked(MotcuaError):
    """The rules were evaluated although the checks find errors in them: our bug, never the applicant's."""


@dataclass(frozen=True, slots=True)
class Definitions:
    """What names other than facts stand for. `another` gives the value of another rule, amounts rounded.

    `currencies` says in which currency each charge or fee is collected.
    """

    lets: Mapping[str, Let]
    parameters: Mapping[str, Parameter]
    amounts: Mapping[str, AmountRule]
    choices: Mapping[str, Choice]
    tables: Mapping[str, Table]
    interpolations: Mapping[str, Interpolation]
    rates: Mapping[str, Rate]
    currencies: Mapping[str, str]
    kinds: Kinds
    another: Callable[[AmountRule | Choice, "Moment"], Value | Unknown]


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """The value of a name, and the facts and look-ups that made it."""

    value: Value | Unknown
    facts: Mapping[tuple[str, Value], None]
    steps: Sequence[TraceLine]


@dataclass(slots=True)
class Moment:
    """`row` is the row being worked out, `row_at` its group and number; `bracket` the quantity and its excess.

    Reads are kept in order. `recent` are the facts and `steps` the look-ups of the line at work. `known` are
    the names worked out so far, and `others` the values of other rules, each once however often it is read.
    """

    definitions: Definitions
    facts: Facts
    reference: Reference
    as_of: AsOf = "reception"
    row: Row | None = None
    row_at: tuple[str, int] | None = None
    bracket: tuple[Value, Value] | None = None
    read: dict[str, Value] = field(default_factory=dict)
    recent: dict[tuple[str, Value], None] = field(default_factory=dict)
    steps: list[TraceLine] = field(default_factory=list)
    parameters: dict[str, UsedParameter] = field(default_factory=dict)
    rates: dict[tuple[str, date], UsedRate] = field(default_factory=dict)
    calendar_read: tuple[str, int] | None = None
    day_read: date | None = None
    under_way: list[str] = field(default_factory=list)
    known: dict[tuple[str, tuple[str, int] | None], "WorkedOut"] = field(default_factory=dict)
    others: dict[str, tuple[Value | Unknown, "Moment"]] = field(default_factory=dict)

    def fact(self, name: str) -> Value | Unknown:
        """The value of a form or dossier fact; Unknown when absent or not known yet."""
        values = self.row if self.row is not None and self.group_of(name) else self.facts.values
        value = values.get(name)
        if value is None:
            return Unknown((name,), ABSENT if name in self.facts.absent else "rules.unknown_fact")
        self._note(name, value)
        return ExactMoney.of(value) if isinstance(value, Money) else value

    def is_given(self, name: str) -> bool | Unknown:
        """Whether the fact was answered; a repeated group is given when it has rows."""
        if name in self.facts.rows:
            return bool(self.facts.rows[name])
        value = self.fact(name)
        if isinstance(value, Unknown):
            return False if value.code == ABSENT else value
        return True

    def group_of(self, name: str) -> str | None:
        """The repeated group that the name belongs to."""
        fact = self.definitions.kinds.fact(name)
        if fact is not None:
            return fact.rows
        return next((group for group in self.facts.rows if name.startswith(f"{group}.")), None)

    def day(self) -> date | Unknown:
        """The day whose law counts."""
        name = DAY_FACTS[self.as_of]
        value = self.facts.values.get(name)
        if isinstance(value, date):
            self.day_read = value
            return value
        return Unknown((name,), "rules.unknown_fact")

    def in_force(self, law: Law) -> bool | Unknown:
        """Whether the law is in force on the day that counts, which is asked only when the law has dates."""
        if not law.is_dated:
            return True
        on = self.day()
        return on if isinstance(on, Unknown) else law.in_force(on)

    def lapsed(self, rule: Rule) -> Unknown | None:
        """Why the rule cannot be read on the day that counts; None when it can."""
        in_force = self.in_force(rule.law)
        if isinstance(in_force, Unknown):
            return in_force
        return None if in_force else Unknown((rule.name,), "rules.not_in_force")

    def calendar(self) -> WorkingCalendar | None:
        """The working calendar, noted as read."""
        calendar = self.reference.calendar
        if calendar is not None:
            self.calendar_read = (calendar.key, calendar.version)
        return calendar

    def each_row(self, group: str) -> Iterator[int]:
        """The rows of the group by number, each being worked out while it is given."""
        before = self.row, self.row_at
        try:
            for number, row in enumerate(self.facts.rows[group]):
                self.row, self.row_at = row, (group, number)
                yield number
        finally:
            self.row, self.row_at = before

    @contextmanager
    def working_out(self, name: str) -> Iterator[None]:
        """Guards against a name that is defined by itself."""
        if name in self.under_way:
            raise RulesNotChecked(f"{name} is defined by itself")
        self.under_way.append(name)
        try:
            yield
        finally:
            self.under_way.pop()

    def once(self, name: str, work: Callable[[], Value | Unknown]) -> Value | Unknown:
        """What the name stands for here, worked out the first time; what it read is read again each time."""
        at = (name, self.row_at)
        if at not in self.known:
            outer = self.recent, self.steps
            self.recent, self.steps = {}, []
            with self.working_out(name):
                value = work()
            self.known[at] = WorkedOut(value, self.recent, self.steps)
            self.recent, self.steps = outer
        found = self.known[at]
        self.recent |= found.facts
        for step in found.steps:
            self.look_up(step)
        return found.value

    def look_up(self, step: TraceLine) -> None:
        """Tells the look-up once for each line that needed it."""
        if step not in self.steps:
            self.steps.append(step)

    def _note(self, name: str, value: Value) -> None:
        self.recent[name, value] = None
        in_full = name
        if self.row_at is not None and (group := self.group_of(name)):
            in_full = f"{group}.{self.row_at[1]}{name.removeprefix(group)}"
        self.read.setdefault(in_full, value)

    def taken(self) -> tuple[tuple[str, Value], ...]:
        """The facts read since the last time this was asked, each once."""
        facts = tuple(self.recent)
        self.recent.clear()
        return facts

    def forget_recent(self) -> None:
        """Starts a new line: what was read for lines that did not apply is no reason for this one."""
        self.recent.clear()
        self.steps.clear()

    def used(self) -> Used:
        return Used(
            dict(self.read),
            tuple(self.parameters.values()),
            self.calendar_read,
            self.day_read,
            tuple(self.rates.values()),
        )
