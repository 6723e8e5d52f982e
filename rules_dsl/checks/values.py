"""A value compared with a choice is one of the choice's values."""

from collections.abc import Iterator
from difflib import get_close_matches

from common.problems import Finding
from rules_dsl import nodes as n
from rules_dsl.checks.checked import Checked
from rules_dsl.walk import every_part


def unknown_values(checked: Checked) -> Iterator[Finding]:
    for occurrence in checked.occurrences():
        for part in every_part(occurrence.node):
            if isinstance(part, n.OneOf):
                values = checked.kinds.of(part.subject).values
                yield from _unknown(part.members, values, checked)
    for table in checked.kinds.tables.values():
        for row in table.rows:
            for cell, key in zip(row.cells, table.keys, strict=False):
                if isinstance(cell, n.ValuesCell):
                    yield from _unknown(cell.members, checked.kinds.of_name(key.path).values, checked)


def _unknown(
    members: tuple[n.Word | n.Number | n.Truth, ...], values: tuple[str, ...], checked: Checked
) -> Iterator[Finding]:
    for member in members if values else ():
        if isinstance(member, n.Word) and member.value not in values:
            yield unknown_value(member, values, checked)


def unknown_value(word: n.Word, values: tuple[str, ...], checked: Checked) -> Finding:
    """The finding for a value that the form does not offer, with the one most like it, else all of them."""
    near = get_close_matches(word.value, values, 1, cutoff=0.5)
    offered = near[0] if near else ", ".join(values)
    return checked.finding("rules.unknown_value", word, value=word.value, offered=offered)
