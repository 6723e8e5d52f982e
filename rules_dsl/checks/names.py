"""Every name is a field of the form, a dossier fact, or a rule of the file."""

from collections.abc import Iterator
from difflib import get_close_matches

from common.problems import Finding
from rules_dsl import nodes as n
from rules_dsl.checks.checked import Checked
from rules_dsl.walk import every_part, names_in


def unknown_names(checked: Checked) -> Iterator[Finding]:
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
    near = get_close_matches(path, sorted(known_names(checked)), 1, cutoff=0.6)
    if near:
        return checked.finding("rules.unknown_name", node, name=path, suggestion=near[0])
    return checked.finding("rules.unknown_name_alone", node, name=path)


def known_names(checked: Checked) -> set[str]:
    kinds = checked.kinds
    facts = checked.scope.facts if checked.scope else {}
    return {*facts, *kinds.lets, *kinds.parameters, *kinds.amounts}


def _is_known(path: str, checked: Checked) -> bool:
    return path in known_names(checked)


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
