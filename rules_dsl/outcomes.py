"""Works out terms, conditions, components, choices and assignments."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import TypeVar

from common.clock import ZONE
from rules_dsl import nodes as n
from rules_dsl.allowance import OFFICE_HOURS, Allowance, Extension, Unit
from rules_dsl.meaning import truth_of, value_of
from rules_dsl.moment import RulesNotChecked
from rules_dsl.unknown import Unknown, not_started
from rules_dsl.values import Assignment, ComponentNeed
from rules_dsl.working import Working

Line = TypeVar("Line", bound=n.Clause)


def allowance_of(rule: n.Term, work: Working) -> Allowance | Unknown:
    """What the first line that applies allows."""
    line = _first(rule.clauses, rule, work)
    if isinstance(line, Unknown):
        return line
    since = _since(rule, work)
    if isinstance(since, Unknown):
        return since
    work.noted("trace.allowed", line, None)
    return allowance_for(rule, line, since)


def allowance_for(rule: n.Term, line: n.TermClause, since: datetime | None) -> Allowance:
    """What the term allows by this line. `since`: when the clock starts, if not at reception."""
    unit = _unit(line.period)
    return Allowance(
        amount=line.period.amount if line.period else 0,
        unit=unit,
        method="M-HOUR" if rule.hours or unit == "working_hour" else "M-DAY",
        cut_off=rule.cut_off,
        same_day=line.period is None,
        supplement=rule.supplement or "restart",
        extension=_extension(rule.extension, unit),
        hours=rule.hours or OFFICE_HOURS,
        since=since,
    )


def _since(rule: n.Term, work: Working) -> datetime | Unknown | None:
    """When the clock starts, if not at reception; a day begins at midnight. Until then the term waits."""
    if rule.since is None:
        return None
    value = value_of(rule.since, work.moment)
    match value:
        case Unknown():
            return not_started(value)
        case datetime():
            return value
        case date():
            return datetime.combine(value, time(), ZONE)
    raise RulesNotChecked("a term is counted from a day or an instant")


def _unit(period: n.Period | None) -> Unit:
    if period is None:
        return "working_day"
    if period.unit == "day":
        raise RulesNotChecked("a term says which days it counts")
    return period.unit


def _extension(stated: n.Prolongation | None, own: Unit) -> Extension | None:
    if stated is None:
        return None
    unit = own if stated.period.unit == "day" else stated.period.unit
    return Extension(stated.period.amount, unit, stated.times, stated.law.cites)


def requirement_of(rule: n.Condition, work: Working) -> bool | Unknown:
    """Whether the condition is met."""
    met = truth_of(rule.requires, work.moment)
    return work.noted("trace.met" if met is True else "trace.not_met", rule, met)


def need_of(rule: n.Component, work: Working) -> ComponentNeed | Unknown:
    """Whether the paper is needed, and how many."""
    needed = True if rule.when is None else truth_of(rule.when, work.moment)
    if isinstance(needed, Unknown):
        return needed
    work.noted("trace.needed" if needed else "trace.not_needed", rule, needed)
    copies = (rule.originals, rule.certified, rule.photocopies) if needed else (0, 0, 0)
    return ComponentNeed(needed, *copies, alternative_of=rule.one_of)


def chosen_by(rule: n.Choice, work: Working) -> str | Unknown:
    """The value of the first line that applies."""
    line = _first(rule.options, rule, work)
    return line if isinstance(line, Unknown) else work.noted("trace.chosen", line, line.value)


def assigned_by(rule: n.Assign, work: Working) -> Assignment | Unknown:
    """The role and area of the first line that applies."""
    line = _first(rule.assignees, rule, work)
    if isinstance(line, Unknown):
        return line
    area = None if line.area is None else value_of(line.area, work.moment)
    if isinstance(area, Unknown):
        return area
    work.noted("trace.assigned", line, line.role)
    return Assignment(line.role, None if area is None else str(area))


def _first(lines: Sequence[Line], rule: n.AnyRule, work: Working) -> Line | Unknown:
    """The first line that applies; Unknown when an earlier one might."""
    for line in lines:
        truth = work.applies(line)
        if isinstance(truth, Unknown):
            return truth
        if truth:
            return line
    return Unknown((rule.name,), "rules.no_clause")
