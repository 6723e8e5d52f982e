"""The days of the rates that rules would ask for, told before anything is evaluated."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from procedure_library.ready_made import national_calendar
from rules_dsl.compiler import compile_rules
from rules_dsl.evaluation import PublishedRate, Reference
from rules_dsl.facts import Facts, read_facts, scope
from rules_dsl.parser import parse
from rules_dsl.rate_days import rate_days

FORM: dict[str, Any] = {
    "type": "object",
    "properties": {
        "goods": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["price", "brought_on"],
                "properties": {
                    "price": {"type": "integer", "x-motcua-currency": "USD"},
                    "brought_on": {"type": "string", "format": "date"},
                },
            },
        },
        "signed_on": {"type": "string", "format": "date"},
    },
}
KNOWN = scope(FORM, ["x"])
AT = "2026-05-02T09:00:00+07:00"
PAYING = "let paying_on = (dossier.paid_on otherwise dossier.received_on)\n"


def facts(answers: dict[str, Any], **dossier: str) -> Facts:
    known = {"submitted_at": AT, "received_at": AT, "channel": "counter", "case_type": "x", "area": ""}
    read = read_facts(KNOWN, {"answers": answers, "dossier": {**known, **dossier}})
    assert isinstance(read, Facts), read
    return read


def days(on: str, answers: dict[str, Any] | None = None, **dossier: str) -> list[str]:
    text = f'language en\n{PAYING}rate usd_buying "Rate" USD to VND on {on}\n'
    parsed = parse(text)
    assert not parsed.findings, parsed.findings
    book = compile_rules(parsed.rules, KNOWN)
    reference = Reference(national_calendar().calendar)
    (found,) = rate_days(book.kinds, facts(answers or {}, **dossier), reference).values()
    return sorted(day.isoformat() for day in found)


@pytest.mark.parametrize(
    ("on", "dossier", "expected"),
    [
        ("dossier.received_on", {}, ["2026-05-02"]),
        ("last_working_day(dossier.received_on)", {}, ["2026-04-29"]),
        ("dossier.paid_on", {}, []),
        ("dossier.paid_on", {"paid_on": "2026-05-04"}, ["2026-05-04"]),
        ("(dossier.paid_on otherwise dossier.received_on)", {}, ["2026-05-02"]),
        ("last_working_day(paying_on)", {"paid_on": "2026-05-05"}, ["2026-05-05"]),
    ],
)
def test_the_day_follows_from_the_facts(on: str, dossier: dict[str, str], expected: list[str]) -> None:
    assert days(on, **dossier) == expected


def test_a_day_that_was_not_answered_asks_for_nothing() -> None:
    assert days("signed_on") == []
    assert days("signed_on", {"signed_on": "2026-04-28"}) == ["2026-04-28"]


def test_each_row_asks_for_its_day() -> None:
    goods = [
        {"id": "r1", "price": 100, "brought_on": "2026-04-28"},
        {"id": "r2", "price": 100, "brought_on": "2026-04-24"},
    ]
    assert days("goods.brought_on", {"goods": goods}) == ["2026-04-24", "2026-04-28"]


def test_what_was_told_is_all_that_an_evaluation_reads() -> None:
    text = f"""language en
{PAYING}rate usd_buying "Rate" USD to VND on last_working_day(paying_on)
fee card "Card" cites "Circular 25/2021, art. 4"
  pay 145 USD at usd_buying
"""
    book = compile_rules(parse(text).rules, KNOWN)
    known, calendar = facts({}, paid_on="2026-05-01"), national_calendar().calendar
    ((rate, asked),) = rate_days(book.kinds, known, Reference(calendar)).items()
    published = {day: PublishedRate(Decimal(26110), 7) for day in asked}
    found = book.evaluate("card", known, Reference(calendar, rates={rate.name: published}))
    assert found.value.to_json() == {"amount": 3_785_950, "currency": "VND"}
    assert [(used.name, used.on, used.version) for used in found.used.rates] == [
        ("usd_buying", date(2026, 4, 29), 7)
    ]
