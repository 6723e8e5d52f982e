"""A dossier that somebody supposes: what was answered, the facts of the dossier, what others have decided by then."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from common.calendar import WorkingCalendar
from rules_dsl.evaluation import Reference
from rules_dsl.reference import read_parameters

LONGEST = 100_000
PARTS = ("answers", "dossier", "parameters")


@dataclass(frozen=True, slots=True)
class Supposed:
    """`answers` and `dossier` as rules read them (docs/formats.md); `parameters` what a province or unit has set,
    by name, as files give it."""

    answers: Mapping[str, Any]
    dossier: Mapping[str, Any]
    parameters: Mapping[str, Any] = field(default_factory=dict)

    def reference(self, calendar: WorkingCalendar | None) -> Reference:
        return Reference(calendar, read_parameters(self.parameters))


def supposed(text: str) -> Supposed | None:
    """The dossier of a JSON object with "answers", "dossier" and perhaps "parameters"; None when it is none."""
    try:
        body = json.loads(text, parse_float=Decimal) if len(text) <= LONGEST else None
        if not isinstance(body, dict) or not all(isinstance(body.get(part, {}), dict) for part in PARTS):
            return None
        found = Supposed(*(body.get(part, {}) for part in PARTS))
        found.reference(None)
    except (ValueError, TypeError, KeyError, AttributeError, InvalidOperation, RecursionError):
        return None
    return found
