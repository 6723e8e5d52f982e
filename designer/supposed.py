"""A dossier that somebody supposes: what was answered, the facts of the dossier, what others have decided by then."""

import json
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from common.calendar import WorkingCalendar
from procedure_library.canonical import readable
from procedure_library.definition import Example
from rules_dsl.evaluation import Reference
from rules_dsl.reference import read_parameters, read_rates

LONGEST = 100_000
FACTS = ("answers", "dossier")


@dataclass(frozen=True, slots=True)
class Supposed:
    """`answers` and `dossier` as rules read them (docs/formats.md); `parameters` what a province or unit has set
    and `rates` what was published, by name, as files give them. `rule` and `moment`: what it was supposed for.
    """

    answers: Mapping[str, Any] = field(default_factory=dict)
    dossier: Mapping[str, Any] = field(default_factory=dict)
    parameters: Mapping[str, Any] = field(default_factory=dict)
    rates: Mapping[str, Any] = field(default_factory=dict)
    rule: str = ""
    moment: str = ""

    def reference(self, calendar: WorkingCalendar | None) -> Reference:
        return Reference(calendar, read_parameters(self.parameters), read_rates(self.rates))


@dataclass(frozen=True, slots=True)
class Case:
    """A counter-example or an example: where it opens as a filled-in form, and the dossier that is sent there."""

    address: str
    dossier: str


def supposed_in(example: Example, rates: Container[str]) -> str:
    """The dossier of a recorded example, as `supposed` reads it; `rates` are the names of rates of exchange.

    An example gives a rate for whatever day it is asked: here it stands on the day of reception.
    """
    on = str(example.facts["dossier"].get("received_at", ""))[:10]
    given: dict[str, dict[str, list[dict[str, Any]]]] = {"parameters": {}, "rates": {}}
    for name, value in example.parameters.items():
        part, day = ("rates", {"on": on}) if name in rates else ("parameters", {})
        given[part][name] = [{"value": value, **day}]
    return readable({"facts": example.facts, "moment": example.moment, **given})


def supposed(text: str) -> Supposed | None:
    """The dossier of a JSON object {"facts": {"answers", "dossier"}, "parameters", "rates", "rule", "moment"},
    whose parts may be left out; None when it is none."""
    try:
        body = json.loads(text, parse_float=Decimal) if len(text) <= LONGEST else None
        facts = body.get("facts", {})
        parts = [facts.get(part, {}) for part in FACTS] + [
            body.get(part, {}) for part in ("parameters", "rates")
        ]
        if not all(isinstance(part, dict) for part in parts):
            return None
        found = Supposed(*parts, *(str(body.get(part, "")) for part in ("rule", "moment")))
        found.reference(None)
    except (ValueError, TypeError, KeyError, AttributeError, InvalidOperation, RecursionError):
        return None
    return found
