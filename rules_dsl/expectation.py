"""An example as facts, and whether a value is what the example expects."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast

from common.money import EXPONENTS, Money
from common.text import Text
from rules_dsl import nodes as n
from rules_dsl.evaluation import ParameterValue, PublishedRate, Reference
from rules_dsl.fact_types import Scope
from rules_dsl.labels import Labels
from rules_dsl.printing import Printer
from rules_dsl.rate_days import EveryDay
from rules_dsl.reading import Facts
from rules_dsl.terms import Allowance, Deadline, LedgerEntry, derive
from rules_dsl.unknown import Unknown
from rules_dsl.values import Assignment, ComponentNeed, Outcome
from rules_dsl.wording import Wording


def facts_body(example: n.Example, scope: Scope) -> dict[str, Any]:
    """The example's facts in the JSON shape of {"answers": …, "dossier": …}."""
    body: dict[str, Any] = {"answers": {}, "dossier": {}}
    for setting in example.given:
        fact = scope.facts.get(setting.name)
        if fact is not None:
            value = _json(setting.value)
            steps = setting.name.split(".")
            whole = body if steps[0] == "dossier" else body["answers"]
            _put(whole, steps, [value] if fact.kind == "choices" else value)
    return body


def local_values(
    example: n.Example, parameters: Mapping[str, n.Parameter]
) -> dict[str, tuple[ParameterValue, ...]]:
    """The values that the example gives to parameters."""
    given = (setting for setting in example.given if setting.name in parameters)
    return {setting.name: (ParameterValue(_local(setting.value)),) for setting in given}


def rates_given(example: n.Example, rates: Mapping[str, n.Rate]) -> dict[str, Mapping[date, PublishedRate]]:
    """The rates of exchange that the example gives, whatever their day."""
    given = ((setting.name, setting.value) for setting in example.given if setting.name in rates)
    return {name: EveryDay(value.value) for name, value in given if isinstance(value, n.Number)}


@dataclass(frozen=True, slots=True)
class Difference:
    """What an example expects, and what came out instead."""

    expected: Text
    found: Text

    def told(self) -> dict[str, Any]:
        """As parameters of a finding."""
        return {
            "expected": self.expected.vi,
            "expected_en": self.expected.en,
            "found": self.found.vi,
            "found_en": self.found.en,
        }


def difference(
    setting: n.Setting,
    value: Outcome,
    facts: Facts,
    reference: Reference,
    labels: Labels,
    spelling: n.Language,
) -> Difference | None:
    """None when the value is what the example expects of the rule; else both of them in words.

    `spelling` is that of the file, in which its author looks for what she expected.
    """
    expected, came = setting.value, cast(Outcome | date, value)
    if isinstance(value, Allowance) and isinstance(expected, n.Day | n.Instant):
        due = _deadline(value, facts, reference)
        if isinstance(due, Deadline):
            came = due.due_on if isinstance(expected, n.Day) else due.due_at
    is_same = came == expected.value if isinstance(expected, n.Day | n.Instant) else _same(expected, came)
    if is_same:
        return None
    return Difference(
        _wanted(setting, labels, spelling), in_both(lambda each: _found(setting.name, came, labels, each))
    )


def in_both(said: Callable[[n.Language], str]) -> Text:
    return Text(said("vi"), said("en"))


def _wanted(setting: n.Setting, labels: Labels, spelling: n.Language) -> Text:
    match setting.value:
        case n.Rows():
            return Text("[…]")
        case n.Word() as word:
            return in_both(lambda language: labels.keyed(setting.name, word.value, language))
        case literal:
            return Text(Printer(spelling).atom(literal))


def _found(name: str, came: Outcome | date, labels: Labels, language: n.Language) -> str:
    if isinstance(came, str | date):
        return labels.keyed(name, came, language)
    return Wording(language).outcome(came)


def _deadline(allowance: Allowance, facts: Facts, reference: Reference) -> Deadline | Unknown | None:
    """When a dossier with these facts is due, if nothing stops its clock."""
    received_at = facts.values.get("dossier.received_at")
    if not isinstance(received_at, datetime) or reference.calendar is None:
        return None
    started = LedgerEntry("started", allowance.starts_at(received_at))
    return derive(allowance, (started,), reference.calendar)


def _same(expected: n.Literal_ | n.Rows, value: Outcome | date) -> bool:
    match expected, value:
        case n.Amount(), Money():
            return expected.currency == value.currency and expected.number.value == value.amount
        case n.Period(), Allowance():
            return (expected.amount, expected.unit) == (value.amount, value.unit)
        case n.Truth(), bool():
            return expected.value is value
        case n.Truth(), ComponentNeed():
            return expected.value is value.needed
        case n.Word(), str():
            return expected.value == value
        case n.Word(), Assignment():
            return expected.value == value.role
    return False


def _put(body: dict[str, Any], path: list[str], value: Any) -> None:
    for step in path[:-1]:
        body = body.setdefault(step, {})
    body[path[-1]] = value


def _json(value: n.Literal_ | n.Rows) -> Any:
    match value:
        case n.Rows():
            return [{cell.name: _json(cell.value) for cell in row} for row in value.rows]
        case n.Amount():
            return _money(value).minor
        case n.Day() | n.Instant():
            return value.value.isoformat()
        case n.ClockTime():
            return value.value.isoformat("minutes")
        case n.Number() | n.Word() | n.Truth():
            return value.value
        case n.Percentage():
            return value.number.value
        case n.Period():
            return value.amount


def _money(value: n.Amount) -> Money:
    return Money(int(value.number.value.scaleb(EXPONENTS[value.currency])), value.currency)


def _local(value: n.Literal_ | n.Rows) -> Money | Decimal:
    match value:
        case n.Amount():
            return _money(value)
        case n.Percentage():
            return value.number.value
        case n.Number():
            return value.value
    raise AssertionError(value)
