"""Remedies for rules that nothing uses."""

from dataclasses import replace

from common.problems import Finding
from procedure_library.checks import examples, rule_facts
from procedure_library.checks.rule_use import names_in
from procedure_library.checks.subject import Subject
from procedure_library.checks.titles import spoken
from procedure_library.definition import CaseType, Definition
from procedure_library.remedies.remedy import Remedy
from rules_dsl.nodes import AmountRule, Component, Condition, Rule


def _is_right(subject: Subject) -> bool:
    """Whether no example says otherwise; rules with errors cannot be asked."""
    if any(finding.severity == "error" for finding in rule_facts.check(subject)):
        return False
    return not any(examples.check(subject))


def used_or_gone(subject: Subject, finding: Finding) -> Remedy | None:
    """A component, an amount, a condition is asked for in every case type, where no example says otherwise; else the
    rule is taken out, unless another one reads it."""
    rule = subject.rules.get(finding.where)
    if rule is None:
        return None
    said = spoken({"rule": subject.titles.rule(finding.where)})
    used = _used(subject, rule)
    if used is not None and _is_right(Subject(used, subject.calendar)):
        return Remedy("procedures.remedy.use_rule", used, said)
    if finding.where in {name for other in subject.parsed.rules.rules for name in names_in(other)}:
        return None
    mended = replace(subject.definition, rules=_without(subject, finding.where))
    return Remedy("procedures.remedy.take_out_rule", mended, said)


def _used(subject: Subject, rule: Rule) -> Definition | None:
    """The definition whose case types all name the rule; None where they name none of its kind."""
    if not isinstance(rule, AmountRule | Component | Condition):
        return None
    kinds = (_naming(each, rule) for each in subject.definition.case_types)
    return replace(subject.definition, case_types=tuple(kinds))


def _naming(kind: CaseType, rule: AmountRule | Component | Condition) -> CaseType:
    match rule:
        case Component():
            return replace(kind, components=(*kind.components, rule.name))
        case Condition():
            return replace(kind, conditions=(*kind.conditions, rule.name))
    return replace(kind, amounts=(*kind.amounts, rule.name))


def _without(subject: Subject, name: str) -> str:
    """The text without the rule and the comments that stand right before it; nothing else is touched."""
    lines = subject.definition.rules.splitlines(keepends=True)
    begins = sorted(rule.place.line - 1 for rule in subject.parsed.rules.rules)
    begin = subject.rules[name].place.line - 1
    after = next((line for line in begins if line > begin), len(lines))
    return "".join([*lines[: _comments_before(lines, begin)], *lines[_comments_before(lines, after) :]])


def _comments_before(lines: list[str], line: int) -> int:
    while line and line <= len(lines) and lines[line - 1].lstrip().startswith("#"):
        line -= 1
    return line
