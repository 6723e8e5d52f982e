"""The world the tests of the rules language run in: the calendar that ships, and shorthands for files."""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from common.calendar import WorkingCalendar
from common.clock import ZONE
from common.messages import catalogue
from rules_dsl.checks import check
from rules_dsl.compiler import Rulebook, compile_rules
from rules_dsl.evaluation import Evaluation, ParameterValue, Reference
from rules_dsl.facts import Facts, Scope, read_facts, scope
from rules_dsl.nodes import RuleFile
from rules_dsl.parser import parse
from rules_dsl.reference import read_calendar

ROOT = Path(__file__).resolve().parents[2]
CALENDAR = ROOT / "procedure_library/catalogue/_reference/calendar.toml"


@cache
def calendar() -> WorkingCalendar:
    """The working days of 2025 and 2026 (domain brief, 6.2)."""
    return read_calendar(tomllib.loads(CALENDAR.read_text(encoding="utf-8")))


def reference(**parameters: tuple[ParameterValue, ...]) -> Reference:
    return Reference(calendar(), parameters)


def local(text: str) -> datetime:
    """An instant where the units are: "2026-03-02 15:30"."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def day(text: str) -> date:
    return date.fromisoformat(text)


def form(**fields: Mapping[str, Any]) -> dict[str, Any]:
    """A form of required fields; a key that ends with an underscore is optional."""
    names = {key.rstrip("_"): field for key, field in fields.items()}
    return {
        "type": "object",
        "properties": names,
        "required": [key for key in fields if not key.endswith("_")],
    }


INTEGER: dict[str, Any] = {"type": "integer", "minimum": 0}
NUMBER: dict[str, Any] = {"type": "number"}
MONEY: dict[str, Any] = {"type": "integer", "minimum": 0, "x-motcua-currency": "VND"}
DAY: dict[str, Any] = {"type": "string", "format": "date"}
INSTANT: dict[str, Any] = {"type": "string", "format": "date-time"}
TIME: dict[str, Any] = {"type": "string", "format": "local-time"}
YES_NO: dict[str, Any] = {"type": "boolean"}
TEXT: dict[str, Any] = {"type": "string"}


def one_of(*values: str) -> dict[str, Any]:
    return {"oneOf": [{"const": value, "title": value.capitalize()} for value in values]}


def rows(**fields: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": form(**fields)}


def sound(text: str, known: Scope | None = None) -> RuleFile:
    """The rules of a file in which nothing is wrong."""
    parsed = parse(text)
    assert parsed.findings == ()
    assert check(parsed.rules, known, reference()) == ()
    return parsed.rules


def book(text: str, known: Scope | None = None) -> Rulebook:
    return compile_rules(sound(text, known), scope({}) if known is None else known)


def facts(known: Scope, answers: Mapping[str, Any], **dossier: Any) -> Facts:
    read = read_facts(
        known, {"answers": answers, "dossier": {"received_at": "2026-03-02T09:00:00+07:00", **dossier}}
    )
    assert isinstance(read, Facts), read
    return read


def evaluated(
    text: str, name: str, schema: Mapping[str, Any], answers: Mapping[str, Any], **dossier: Any
) -> Evaluation:
    """One rule of a sound file for these answers."""
    known = scope(schema)
    return book(text, known).evaluate(name, facts(known, answers, **dossier), reference())


def told(code: str) -> set[str]:
    """What the sentence and the remedy of a code have to be told."""
    texts = " ".join(catalogue()[code].values())
    return {name for _, name, _, _ in Formatter().parse(texts) if name}
