"""Every name is a field of the form, a dossier fact, or a rule of the file."""

from collections.abc import Iterator
from difflib import get_close_matches

from common.problems import Finding
from rules_dsl import nodes as n
from rules_dsl.checks.checked import Checked
from rules_dsl.walk import every_part, names_in


def unknown_names(checked: Checked) -> Iterator[Finding]:
    yield from _unknown_rates(checked)
    if checked.scope is None:
        return
    for occurrence in checked.occurrences():
        words = _words_meant(occurrence.node, checked)
        for name in names_in(occurrence.node):
            if id(name) in words:
                yield checked.finding("rules.word_not_name", name, word=name.path, name=words[id(name)])
            elif not _is_known(name.path, checked):
                yield unknown(name, name.path, checked)
    for rule in checked.rules.rules:
        if isinstance(rule, n.AmountRule) and rule.each and not _is_known(rule.each, checked):
            yield unknown(rule, rule.each, checked)


def unknown(node: n.Node, path: str, checked: Checked) -> Finding:
    """The finding for an unknown name, with the name most like it."""
    if checked.scope is not None and path in checked.scope.later:
        return checked.finding("rules.fact_too_early", node, name=path)
    return _unknown(node, path, known_names(checked), checked)


def _unknown(node: n.Node, path: str, names: set[str], checked: Checked) -> Finding:
    near = get_close_matches(path, sorted(names), 1, cutoff=0.6)
    if near:
        return checked.finding("rules.unknown_name", node, name=path, suggestion=near[0])
    return checked.finding("rules.unknown_name_alone", node, name=path)


def known_names(checked: Checked) -> set[str]:
    kinds = checked.kinds
    facts = checked.scope.facts if checked.scope else {}
    return {
        *facts,
        *kinds.lets,
        *kinds.parameters,
        *kinds.amounts,
        *kinds.choices,
        *kinds.tables,
        *kinds.interpolations,
    }


def _is_known(path: str, checked: Checked) -> bool:
    facts = checked.scope.facts if checked.scope else {}
    return path in facts or checked.kinds.rule(path) is not None


def _unknown_rates(checked: Checked) -> Iterator[Finding]:
    """What a conversion names stands in the file itself, whatever the form."""
    for occurrence in checked.occurrences():
        for part in every_part(occurrence.node):
            if isinstance(part, n.Converted) and not _is_known(part.rate.path, checked):
                yield _unknown(part.rate, part.rate.path, set(checked.kinds.rates), checked)


def _words_meant(node: n.Expression, checked: Checked) -> dict[int, str]:
    """Names that are really values: `dossier.channel = online`, where `is online` was meant."""
    found = {}
    for part in every_part(node):
        if isinstance(part, n.Comparison):
            for name, other in ((part.left, part.right), (part.right, part.left)):
                if isinstance(name, n.Name) and isinstance(other, n.Name):
                    values = checked.kinds.of(other).values
                    if name.path in values and not _is_known(name.path, checked):
                        found[id(name)] = other.path
    return found
