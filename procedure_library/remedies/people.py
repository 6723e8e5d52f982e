"""Remedies for roles that do not exist: the one that is spelled most like it."""

from dataclasses import replace
from difflib import get_close_matches

from common.identity.actor import ROLES
from common.problems import Finding
from procedure_library.checks.subject import Subject
from procedure_library.checks.titles import spoken
from procedure_library.definition import Step
from procedure_library.remedies.redrawing import with_step
from procedure_library.remedies.remedy import Remedy

USUAL = "case_officer"


def known_role(subject: Subject, finding: Finding) -> Remedy | None:
    """The role meant; None where nothing is spelled like it."""
    step = subject.graph.steps.get(finding.where)
    if step is None or step.assign is not None:
        return None
    meant = _meant(step.role) if step.role and step.role not in ROLES else ""
    asks = tuple(replace(ask, role=_meant(ask.role) or ask.role) for ask in step.asks)
    changed = replace(step, role=meant or step.role, asks=asks)
    roles = [
        *([meant] if meant else []),
        *(ask.role for ask, old in zip(asks, step.asks, strict=True) if ask != old),
    ]
    return _remedy("known_role", subject, changed, roles[0]) if roles else None


def usual_role(subject: Subject, finding: Finding) -> Remedy | None:
    """A task of nobody is for the case officer."""
    step = subject.graph.steps.get(finding.where)
    if step is None or step.role or step.assign is not None:
        return None
    return _remedy("usual_role", subject, replace(step, role=USUAL), USUAL)


def _meant(role: str) -> str:
    return role if role in ROLES else next(iter(get_close_matches(role, ROLES, 1)), "")


def _remedy(what: str, subject: Subject, changed: Step, role: str) -> Remedy:
    said = spoken({"name": subject.titles.step(changed.key), "role": f"@procedures.role.{role}"})
    return Remedy(f"procedures.remedy.{what}", with_step(subject.definition, changed), said)
