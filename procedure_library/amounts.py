"""What a province or unit decides for a parameter of a procedure's rules: judged, put through the gate, recorded.

Nothing is ever changed: a correction is a further decision for the same day.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from common.clock import local_date
from common.identity.actor import Actor
from common.problems import Finding, Parameter
from procedure_library.amount_gate import Decision, effect_of
from procedure_library.models import Procedure
from procedure_library.queries import definition_of, last_version
from procedure_library.reference import ParameterRow, record_parameter
from rules_dsl import nodes as n
from rules_dsl.parameters import constant, is_inside
from rules_dsl.values import ExactMoney, encode, plain

Locals = Mapping[str, n.Parameter]


def locals_of(session: Session, procedure: str, on: date) -> Locals | None:
    """The parameters that the rules in force leave to province or unit; None when there is no such procedure.

    Of a retired procedure those of the last ones: its dossiers are finished under them.
    """
    version = last_version(session, procedure, on)
    if version is None:
        return None
    rules = definition_of(session, version.id).rules.rules
    return {rule.name: rule for rule in rules if isinstance(rule, n.Parameter) and rule.local}


def judged(session: Session, decisions: Sequence[Decision], on: date) -> tuple[Finding, ...]:
    """What is wrong with the decisions by themselves; once nothing is, what they do to the rules."""
    known = {key: locals_of(session, key, on) for key in {each.procedure for each in decisions}}
    found = [_finding(each, known[each.procedure]) for each in decisions]
    if wrong := tuple(finding for finding in found if finding is not None):
        return wrong
    return tuple(finding for each in decisions for finding in effect_of(session, each, on).findings)


def record_decisions(
    session: Session, decisions: Sequence[Decision], *, by: Actor, at: datetime
) -> tuple[ParameterRow, ...]:
    """Records those that do not stand already; they have been judged."""
    fresh = [each for each in decisions if not _stands(session, each)]
    return tuple(
        record_parameter(
            session, each.procedure, each.name, each.value, area=each.area, basis=each.basis, by=by, at=at
        )
        for each in fresh
    )


def decide(
    session: Session, decision: Decision, *, seen: int, by: Actor, at: datetime
) -> ParameterRow | tuple[Finding, ...]:
    """One decision by an administrator who saw the parameter's rows up to `seen` (0: none).

    Findings, and nothing recorded, when it is wrong, stands already, or somebody decided meanwhile.
    """
    # Decisions about one procedure are taken in turn: each sees the one before.
    session.scalars(select(Procedure.id).where(Procedure.key == decision.procedure).with_for_update()).all()
    if newest_row(session, decision.procedure, decision.name) != seen:
        return (Finding("reference.amount_newer", decision.where),)
    found = judged(session, [decision], local_date(at))
    if errors := tuple(finding for finding in found if finding.severity == "error"):
        return errors
    recorded = record_decisions(session, [decision], by=by, at=at)
    return recorded[0] if recorded else (Finding("reference.amount_stands", decision.where),)


def newest_row(session: Session, procedure: str, name: str) -> int:
    """The id of the last decision about the parameter, whichever area took it; 0: none yet."""
    of_these = ParameterRow.procedure_key == procedure, ParameterRow.name == name
    return session.scalar(select(func.max(ParameterRow.id)).where(*of_these)) or 0


def bound(value: n.Constant) -> str:
    """A bound as it is written: "500000 VND"."""
    read = constant(value)
    return f"{plain(read.amount)} {read.currency}" if isinstance(read, ExactMoney) else str(read)


def _finding(each: Decision, known: Locals | None) -> Finding | None:
    if known is None:
        return Finding("procedures.source.unknown", each.where, {"source": each.procedure})
    parameter = known.get(each.name)
    setting = parameter.local if parameter else None
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
        bounds = {"lowest": bound(setting.lowest), "highest": bound(setting.highest)}
        return Finding("reference.out_of_bounds", each.where, {"name": each.name, **bounds})
    since, until = each.value.from_on, each.value.until_on
    if since is not None and until is not None and until < since:
        days = {"since": since.isoformat(), "until": until.isoformat()}
        return Finding("reference.ends_before_it_begins", each.where, days)
    return None


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
