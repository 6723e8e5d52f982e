"""What provinces decided, from a file: read, judged against the procedures in force, then recorded."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import InvalidOperation
from typing import Any

from sqlalchemy.orm import Session

from common.clock import local_date
from common.identity.actor import Actor
from common.problems import Finding
from procedure_library.amount_gate import Decision
from procedure_library.amounts import judged, record_decisions
from rules_dsl.reference import read_parameters

LONGEST = {"area": 20, "procedure": 80, "name": 80}
MOST = 2000


def record_amounts(
    session: Session, body: Mapping[str, Any], area: str, *, by: Actor, at: datetime
) -> int | tuple[Finding, ...]:
    """How many decisions are new; findings, and nothing recorded, when anything is wrong.

    A decision that stands as it is is not recorded again. `area` "": the file names it.
    """
    entries = body.get("amounts")
    if not isinstance(entries, list) or not entries:
        return (Finding("reference.lacks", "amounts", {"name": "amounts"}),)
    read = [
        _decision(f"amounts.{place}", entry, area or body.get("area")) for place, entry in enumerate(entries)
    ]
    findings = [each for each in read if isinstance(each, Finding)]
    decisions = [each for each in read if isinstance(each, Decision)]
    findings += [f for f in judged(session, decisions, local_date(at)) if f.severity == "error"]
    return tuple(findings) or len(record_decisions(session, decisions, by=by, at=at))


def _decision(where: str, entry: Any, area: Any) -> Decision | Finding:
    if not isinstance(entry, dict):
        return Finding("reference.lacks", where, {"name": "procedure"})
    texts = {"area": entry.get("area", area)} | {
        name: entry.get(name) for name in ("procedure", "name", "basis")
    }
    for name, text in texts.items():
        # What no column can hold is as good as missing.
        if (
            not isinstance(text, str)
            or not text.strip()
            or "\0" in text
            or len(text) > LONGEST.get(name, MOST)
        ):
            return Finding("reference.lacks", where, {"name": name})
    if not isinstance(entry.get("from"), date):
        return Finding("reference.lacks", where, {"name": "from"})
    try:
        (value,) = read_parameters({"read": [entry]})["read"]
    except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation):
        return Finding("reference.lacks", where, {"name": "amount"})
    return Decision(where, texts["area"], texts["procedure"], texts["name"], value, texts["basis"])
