"""What a province decided, from a file: judged against the procedures in force, then recorded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import InvalidOperation
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from common.clock import local_date
from common.identity.actor import Actor
from common.problems import Finding, Parameter
from procedure_library.queries import definition_of, version_in_force
from procedure_library.reference import ParameterRow, record_parameter
from rules_dsl import nodes as n
from rules_dsl.evaluation import ParameterValue
from rules_dsl.parameters import constant, is_inside
from rules_dsl.reference import read_parameters
from rules_dsl.values import ExactMoney, encode, plain

LONGEST = {"area": 20, "procedure": 80, "name": 80}
MOST = 2000
Locals = Mapping[str, n.LocalSetting]


@dataclass(frozen=True, slots=True)
class Decision:
    """One entry of the file. `where` is its place there: "amounts.0"."""

    where: str
    area: str
    procedure: str
    name: str
    value: ParameterValue
    basis: str


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
    findings += _judged(session, decisions, local_date(at))
    if findings:
        return tuple(findings)
    fresh = [each for each in decisions if not _stands(session, each)]
    for each in fresh:
        record_parameter(
            session, each.procedure, each.name, each.value, area=each.area, basis=each.basis, by=by, at=at
        )
    return len(fresh)


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


def _judged(session: Session, decisions: Sequence[Decision], on: date) -> list[Finding]:
    known = {key: _locals(session, key, on) for key in {each.procedure for each in decisions}}
    judged = (_finding(each, known[each.procedure]) for each in decisions)
    return [finding for finding in judged if finding is not None]


def _locals(session: Session, procedure: str, on: date) -> Locals | None:
    """What the rules in force leave to the province; None when there is no such procedure."""
    version = version_in_force(session, procedure, on)
    if version is None:
        return None
    rules = definition_of(session, version.id).rules.rules
    return {rule.name: rule.local for rule in rules if isinstance(rule, n.Parameter) and rule.local}


def _finding(each: Decision, known: Locals | None) -> Finding | None:
    if known is None:
        return Finding("procedures.source.unknown", each.where, {"source": each.procedure})
    setting = known.get(each.name)
    if setting is None:
        names = {"procedure": each.procedure, "name": each.name, "known": ", ".join(sorted(known)) or "—"}
        return Finding("reference.unknown_name", each.where, names)
    if len(each.value.keys) not in (0, len(setting.by)):
        counts: dict[str, Parameter] = {
            "name": each.name,
            "expected": len(setting.by),
            "given": len(each.value.keys),
        }
        return Finding("reference.wrong_keys", each.where, counts)
    if not is_inside(each.value, setting):
        bounds = {"lowest": _text(setting.lowest), "highest": _text(setting.highest)}
        return Finding("reference.out_of_bounds", each.where, {"name": each.name, **bounds})
    since, until = each.value.from_on, each.value.until_on
    if since is not None and until is not None and until < since:
        days = {"since": since.isoformat(), "until": until.isoformat()}
        return Finding("reference.ends_before_it_begins", each.where, days)
    return None


def _text(bound: n.Constant) -> str:
    value = constant(bound)
    return f"{plain(value.amount)} {value.currency}" if isinstance(value, ExactMoney) else str(value)


def _stands(session: Session, each: Decision) -> bool:
    """Whether the last decision for that day and line says the same already."""
    same_line = select(ParameterRow).where(
        ParameterRow.procedure_key == each.procedure,
        ParameterRow.area == each.area,
        ParameterRow.name == each.name,
        ParameterRow.keys == list(each.value.keys),
        ParameterRow.effective_from == each.value.from_on,
    )
    last = session.scalars(same_line.order_by(ParameterRow.id.desc()).limit(1)).first()
    said = (encode(each.value.value), each.value.until_on, each.basis)
    return last is not None and (last.value, last.effective_until, last.basis) == said
