"""Generates terms, conditions, components, choices and assignments."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from rules_dsl import nodes as n
from rules_dsl.generator.expressions import truth_of, value_of
from rules_dsl.generator.lines import applying, is_conditional
from rules_dsl.generator.program import Function, Program
from rules_dsl.generator.source import INDENT
from rules_dsl.generator.term import Term
from rules_dsl.generator.writer import Writer
from rules_dsl.kind import ANY, DATE, INSTANT
from rules_dsl.moment import RulesNotChecked
from rules_dsl.outcomes import allowance_for
from rules_dsl.recording import as_it_is, nothing
from rules_dsl.values import ComponentNeed

OutcomeRule = n.Term | n.Condition | n.Component | n.Choice | n.Assign
Line = TypeVar("Line", bound=n.Clause)


def outcome_function(program: Program, rule: OutcomeRule, traced: bool) -> Function:
    """The function that gives the rule's value."""
    key = ("outcome", rule.name, "traced" if traced else "")
    return program.once(key, lambda: _written(rule, Writer.of(program, rule.as_of, traced)))


def _written(rule: OutcomeRule, w: Writer) -> Function:
    w.leave_if_lapsed(rule)
    match rule:
        case n.Term():
            _first(rule, rule.clauses, w, lambda line: _allow(rule, line, w))
        case n.Condition():
            _require(rule, w)
        case n.Component():
            _need(rule, w)
        case n.Choice():
            _first(rule, rule.options, w, lambda line: _choose(rule, line, w))
        case n.Assign():
            _first(rule, rule.assignees, w, lambda line: _assign(rule, line, w))
    kind = w.program.kinds.of_name(rule.name) if isinstance(rule, n.Choice) else ANY
    return Function(w.finish("rule", rule.name), Term("", kind), doubtful=True)


def _first(rule: n.AnyRule, lines: Sequence[Line], w: Writer, answer: Callable[[Line], None]) -> None:
    """The answer of the first line that applies; Unknown when an earlier one might."""
    for line in lines:
        with applying(line, w):
            answer(line)
        if not is_conditional(line):
            return
    w.line(f"return {w.own_unknown(rule.name, 'rules.no_clause')}")


def _allow(rule: n.Term, line: n.TermClause, w: Writer) -> None:
    since = None if rule.since is None else w.hold(value_of(rule.since, w))
    if since is not None and since.doubts:
        # What the term is counted from has not come: it waits.
        w.line(f"if type({since.code}) is Unknown:")
        w.line(f"{INDENT}return not_started({since.code})")
    allowance = w.program.constant(allowance_for(rule, line, None), rule.name)
    w.note("trace.allowed", line, rule, "None", nothing)
    if since is not None and since.kind not in (DATE, INSTANT):
        raise RulesNotChecked("a term is counted from a day or an instant")
    w.line(f"return counted_from({allowance}, {since.code})" if since else f"return {allowance}")


def _require(rule: n.Condition, w: Writer) -> None:
    met = w.settle(truth_of(rule.requires, w)).code
    if not w.traced:
        w.line(f"return {met}")
        return
    for truth, code, head in ((True, "trace.met", f"if {met}:"), (False, "trace.not_met", "else:")):
        with w.block(head):
            w.note(code, rule, rule, repr(truth), as_it_is)
            w.line(f"return {truth}")


def _need(rule: n.Component, w: Writer) -> None:
    copies = (rule.originals, rule.certified, rule.photocopies)
    needed = ComponentNeed(True, *copies, alternative_of=rule.one_of)
    if rule.when is not None:
        holds = w.settle(truth_of(rule.when, w))
        with w.block(f"if not ({holds.code}):"):
            w.note("trace.not_needed", rule, rule, "False", as_it_is)
            spared = ComponentNeed(False, alternative_of=rule.one_of)
            w.line(f"return {w.program.constant(spared, f'{rule.name}_not_needed')}")
    w.note("trace.needed", rule, rule, "True", as_it_is)
    w.line(f"return {w.program.constant(needed, f'{rule.name}_needed')}")


def _choose(rule: n.Choice, line: n.Option, w: Writer) -> None:
    w.note("trace.chosen", line, rule, repr(line.value), as_it_is)
    w.line(f"return {line.value!r}")


def _assign(rule: n.Assign, line: n.Assignee, w: Writer) -> None:
    area = None if line.area is None else w.settle(value_of(line.area, w))
    w.note("trace.assigned", line, rule, repr(line.role), as_it_is)
    w.line(f"return Assignment({line.role!r}, {f'str({area.code})' if area else None})")
