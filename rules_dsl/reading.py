"""Reads facts from the JSON in which answers are kept and commands are given."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from common.clock import local_date
from common.money import Money
from common.problems import Problem
from rules_dsl.dossier_facts import DAY_OF
from rules_dsl.fact_types import FactKind, FactType, Scope
from rules_dsl.values import Value

# Beyond this nothing of this world is meant, and exact arithmetic would have to give up.
LARGEST = Decimal(10) ** 100
Row = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one dossier at one moment, by dotted name; numbers are Decimal, amounts Money.

    `rows` holds the rows of each repeated group, each by its full names (`documents.pages`); a group that was
    left out has none. `absent` are the other names that the form lets be absent and that are: everything else
    that is not here is not known yet.
    """

    values: Mapping[str, Value] = field(default_factory=dict)
    rows: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    absent: frozenset[str] = frozenset()


def read_facts(scope: Scope, body: Mapping[str, Any]) -> Facts | tuple[Problem, ...]:
    """The facts of {"answers": {…}, "dossier": {…}}; or every value that is not of its field's kind.

    Answers the scope does not know are passed over: they belong to another moment.
    """
    reading = _Reading(scope)
    reading.read_object(body.get("answers", {}), "")
    reading.read_object(body.get("dossier", {}), "dossier.")
    return tuple(reading.problems) or reading.facts()


class _Reading:
    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.values: dict[str, Value] = {}
        self.rows: dict[str, tuple[Row, ...]] = {}
        self.problems: list[Problem] = []

    def read_object(self, body: Any, prefix: str) -> None:
        for key, value in body.items() if isinstance(body, Mapping) else ():
            self._read(prefix + key, prefix + key, value, self.values)

    def _read(self, name: str, where: str, value: Any, into: dict[str, Value]) -> None:
        known = self.scope.facts.get(name)
        if known is None or value is None:
            return
        if known.kind == "group":
            into[name] = True
            for key, part in value.items() if isinstance(value, Mapping) else ():
                self._read(f"{name}.{key}", f"{where}.{key}", part, into)
        elif known.kind == "rows":
            self.rows[name] = tuple(
                self._row(name, f"{where}.{n}", row) for n, row in enumerate(_listed(value))
            )
        else:
            read = _READERS[known.kind](known, value)
            if read is None:
                self.problems.append(
                    Problem("rules.wrong_fact", where, {"kind": f"@rules.kind.{known.kind}"})
                )
            else:
                into[name] = read

    def _row(self, name: str, where: str, body: Any) -> Row:
        row: dict[str, Value] = {}
        for key, value in body.items() if isinstance(body, Mapping) else ():
            self._read(f"{name}.{key}", f"{where}.{key}", value, row)
        return row

    def facts(self) -> Facts:
        for day, instant in DAY_OF.items():
            at = self.values.get(instant)
            if isinstance(at, datetime):
                self.values[day] = local_date(at)
        absent = set()
        for name, known in self.scope.facts.items():
            if not self._may_be_absent(known) or name in self.values:
                continue
            if known.kind == "rows":
                self.rows.setdefault(name, ())
            else:
                absent.add(name)
        return Facts(self.values, self.rows, frozenset(absent))

    def _may_be_absent(self, known: FactType) -> bool:
        """Whether nothing in these answers makes the field required."""
        return not known.always and not any(
            all(self._holds(holds.name, holds.values) for holds in condition)
            for condition in known.present_when
        )

    def _holds(self, name: str, values: Iterable[Any] | None) -> bool:
        return name in self.values and (values is None or self.values[name] in values)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _boolean(_known: FactType, value: Any) -> Value | None:
    return value if isinstance(value, bool) else None


def _number(_known: FactType, value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    number = Decimal(str(value))
    return number if number.is_finite() and abs(number) < LARGEST else None


def _integer(known: FactType, value: Any) -> Value | None:
    number = _number(known, value)
    return number if number is not None and number == number.to_integral_value() else None


def _money(known: FactType, value: Any) -> Value | None:
    number = _number(known, value)
    whole = number is not None and number == number.to_integral_value()
    return Money(int(number), known.currency) if number is not None and whole else None


def _text(_known: FactType, value: Any) -> Value | None:
    return value if isinstance(value, str) else None


def _choices(_known: FactType, value: Any) -> Value | None:
    return tuple(value) if isinstance(value, list) and all(isinstance(word, str) for word in value) else None


def _date(_known: FactType, value: Any) -> Value | None:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def _instant(_known: FactType, value: Any) -> Value | None:
    try:
        instant = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return instant if instant.tzinfo is not None else None


def _time(_known: FactType, value: Any) -> Value | None:
    """A time of day to the minute, as forms keep it: "23:00"."""
    try:
        return time.fromisoformat(value) if len(value) == len("23:00") else None
    except (TypeError, ValueError):
        return None


_READERS: dict[FactKind, Callable[[FactType, Any], Value | None]] = {
    "boolean": _boolean,
    "integer": _integer,
    "decimal": _number,
    "money": _money,
    "text": _text,
    "choice": _text,
    "choices": _choices,
    "date": _date,
    "instant": _instant,
    "time": _time,
}
