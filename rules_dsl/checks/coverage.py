"""Every case gets a value, and every line can be the one that gives it.

Told exactly for brackets, whose bounds are points on a line; for conditions only at a glance: a last line
without condition, or lines that name each value of one choice.
"""

from collections.abc import Iterator, Sequence

from common.problems import Finding
from rules_dsl import nodes as n
from rules_dsl.checks.brackets import gap, idle_rows
from rules_dsl.checks.checked import Checked
from rules_dsl.checks.guards import NOTHING, is_present


def uncovered_cases(checked: Checked) -> Iterator[Finding]:
    for rule in checked.rules.rules:
        match rule:
            case n.AmountRule():
                giving = [clause for clause in rule.clauses if isinstance(clause, n.GIVING)]
                yield from _lines(rule, giving, checked)
                for clause in giving:
                    if isinstance(clause, n.Brackets):
                        yield from _brackets(clause, checked)
            case n.Term():
                yield from _lines(rule, rule.clauses, checked)
            case n.Choice():
                yield from _lines(rule, rule.options, checked)
            case n.Assign():
                yield from _lines(rule, rule.assignees, checked)


def _lines(rule: n.AnyRule, lines: Sequence[n.Clause], checked: Checked) -> Iterator[Finding]:
    last = next((number for number, line in enumerate(lines) if _always(line)), None)
    if last is not None:
        for line in lines[last + 1 :]:
            yield checked.finding("rules.never_applies", line, first=lines[last].place.line)
    elif lines and not _each_value(lines, checked):
        yield checked.finding("rules.no_otherwise", rule, name=rule.name)


def _always(line: n.Clause) -> bool:
    return line.when is None and not line.law.is_dated


def _each_value(lines: Sequence[n.Clause], checked: Checked) -> bool:
    """Whether undated lines name every value of one choice that is always answered."""
    conditions = [line.when for line in lines if not line.law.is_dated and isinstance(line.when, n.OneOf)]
    if not conditions or not isinstance(conditions[0].subject, n.Name):
        return False
    subject = conditions[0].subject
    values = checked.kinds.of(subject)
    if values.name != "choice" or not is_present(subject.path, NOTHING, checked.kinds):
        return False
    named = {
        member.value
        for condition in conditions
        if condition.subject == subject and not condition.negated
        for member in condition.members
    }
    return bool(values.values) and set(values.values) <= named


def _brackets(clause: n.Brackets, checked: Checked) -> Iterator[Finding]:
    missed = gap(clause, checked.kinds)
    if missed is not None:
        yield checked.finding("rules.bracket_gap", clause, value=missed)
    for row in idle_rows(clause, checked.kinds):
        yield checked.finding("rules.bracket_never_applies", row)
