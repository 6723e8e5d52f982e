"""What rules other than amounts give on columns: a mask for conditions, else the number of one of several values."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from rules_dsl import nodes as n
from rules_dsl.columns.amounts import amount_of
from rules_dsl.columns.expressions import truth_of
from rules_dsl.columns.masks import ALL, both, either, without
from rules_dsl.columns.operations import chosen
from rules_dsl.columns.ready import Unfit
from rules_dsl.columns.working import Working
from rules_dsl.columns.writer import ColumnWriter, missing
from rules_dsl.generator.module import EvaluableRule
from rules_dsl.generator.term import Term
from rules_dsl.kind import INTEGER, Kind
from rules_dsl.outcomes import allowance_for
from rules_dsl.values import Assignment, ComponentNeed


def met(rule: n.Condition, w: ColumnWriter) -> Term:
    """Whether the condition is met, as a mask."""
    work = Working(rule, w.outside.on_the_day_of(rule.as_of))
    truth = truth_of(rule.requires, work.w)
    work.doubt(missing(truth))
    return replace(truth, doubts=work.doubts())


def for_another(rule: n.AmountRule | n.Choice, w: ColumnWriter) -> Term:
    """What a rule gives that another names: the rounded amount, or the number of a word among its options."""
    if isinstance(rule, n.AmountRule):
        return amount_of(rule, w)
    term, words = numbered(rule, w)
    return replace(term, kind=Kind("choice", values=tuple(words)))


def numbered(rule: EvaluableRule, w: ColumnWriter) -> tuple[Term, Sequence[Any]]:
    """The number of the value that each row gets, and the values."""
    work = Working(rule, w.outside.on_the_day_of(rule.as_of))
    match rule:
        case n.Component():
            return _needed(rule, work)
        case n.Choice():
            return _first(rule.options, work), [line.value for line in rule.options]
        case n.Term() if rule.since is None:
            return _first(rule.clauses, work), [allowance_for(rule, line, None) for line in rule.clauses]
        case n.Assign():
            return _assigned(rule, work)
    raise Unfit(type(rule).__name__)


def _assigned(rule: n.Assign, work: Working) -> tuple[Term, Sequence[Any]]:
    """Each line with each of the areas that its own expression may give."""
    values: list[Assignment] = []
    codes = []
    for line, takes in zip(rule.assignees, _taken(rule.assignees, work), strict=True):
        if line.area is None:
            codes.append((takes, _number(len(values))))
            values.append(Assignment(line.role))
            continue
        area = work.value(line.area, takes)
        if area.kind.name not in ("choice", "text"):
            raise Unfit(area.kind.name)
        code = work.w.hold(f"{area.code} + {len(values)}", "area")
        codes.append((takes, Term(code, INTEGER, 0, 0, len(values) + len(area.kind.values))))
        values += [Assignment(line.role, word) for word in area.kind.values]
    found = _number(0)
    for takes, number in reversed(codes):
        found = chosen(takes, number, found, work.w)
    return replace(found, doubts=work.doubts()), values


def _needed(rule: n.Component, work: Working) -> tuple[Term, Sequence[Any]]:
    copies = (rule.originals, rule.certified, rule.photocopies)
    spared = ComponentNeed(False, alternative_of=rule.one_of)
    values = [spared, ComponentNeed(True, *copies, alternative_of=rule.one_of)]
    needed = ALL
    if rule.when is not None:
        truth = truth_of(rule.when, work.w)
        work.doubt(missing(truth))
        needed = truth.code
    found = chosen(needed, _number(1), _number(0), work.w)
    return replace(found, doubts=work.doubts()), values


def _first(lines: Sequence[n.Clause], work: Working) -> Term:
    """The number of the first line that applies."""
    taken = _taken(lines, work)
    found = _number(len(lines) - 1)
    for number in reversed(range(len(lines) - 1)):
        found = chosen(taken[number], _number(number), found, work.w)
    return replace(found, doubts=work.doubts())


def _taken(lines: Sequence[n.Clause], work: Working) -> list[str]:
    """The rows that each line is the first to take; one where an earlier line might apply is not known."""
    w, open_, taken = work.w, ALL, list[str]()
    for line in lines:
        applies, doubt = work.applies(line)
        work.doubt(both(open_, doubt))
        taken.append(w.hold(both(open_, without(applies, doubt)), "takes"))
        open_ = w.hold(without(open_, either(applies, doubt)), "open")
    work.doubt(open_)
    return taken


def _number(number: int) -> Term:
    return Term(str(number), INTEGER, 0, number, number)
