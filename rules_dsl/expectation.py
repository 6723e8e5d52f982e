"""An example as facts, and whether a value is what the example expects."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from common.money import EXPONENTS, Money
from rules_dsl import nodes as n
from rules_dsl.evaluation import ParameterValue, PublishedRate, Reference
from rules_dsl.fact_types import Scope
from rules_dsl.printing import Printer
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


class EveryDay(Mapping[date, PublishedRate]):
    """The rate of whatever day is asked for."""

    def __init__(self, rate: Decimal) -> None:
        self.rate = PublishedRate(rate)

    def __getitem__(self, _on: date) -> PublishedRate:
        return self.rate

    def __iter__(self) -> Iterator[date]:
        return iter(())

    def __len__(self) -> int:
        return 0


def rates_given(example: n.Example, rates: Mapping[str, n.Rate]) -> dict[str, Mapping[date, PublishedRate]]:
    """The rates of exchange that the example gives, whatever their day."""
    given = ((setting.name, setting.value) for setting in example.given if setting.name in rates)
    return {name: EveryDay(value.value) for name, value in given if isinstance(value, n.Number)}


def differs(
    expected: n.Literal_ | n.Rows, value: Outcome, facts: Facts, reference: Reference, language: n.Language
) -> dict[str, str] | None:
    """None when the value is the expected one; else both of them in words."""
    words = Wording(language)
    if isinstance(value, Allowance) and isinstance(expected, n.Day | n.Instant):
        due = _deadline(value, facts, reference)
        if isinstance(due, Deadline):
            came = due.due_on if isinstance(expected, n.Day) else due.due_at
            return None if came == expected.value else _both(expected, words.value(came), language)
    if _same(expected, value):
        return None
    return _both(expected, words.outcome(value), language)


def _both(expected: n.Literal_ | n.Rows, found: str, language: n.Language) -> dict[str, str]:
    wanted = "[…]" if isinstance(expected, n.Rows) else Printer(language).atom(expected).strip('"')
    return {"expected": wanted, "found": found}


def _deadline(allowance: Allowance, facts: Facts, reference: Reference) -> Deadline | Unknown | None:
    """When a dossier with these facts is due, if nothing stops its clock."""
    received_at = facts.values.get("dossier.received_at")
    if not isinstance(received_at, datetime) or reference.calendar is None:
        return None
    started = LedgerEntry("started", allowance.starts_at(received_at))
    return derive(allowance, (started,), reference.calendar)


def _same(expected: n.Literal_ | n.Rows, value: Outcome) -> bool:
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
