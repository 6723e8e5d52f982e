"""Texts of the solver: every word the rules or the form compare has a number, any other text one beyond those."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields

from rules_dsl import nodes as n

# Numbers from here on stand for texts that nobody compares: equal numbers, equal texts.
OTHER = 1_000_000


@dataclass(slots=True)
class Words:
    """Numbers are given once for a proof, before the first question."""

    numbers: dict[str, int] = field(default_factory=dict)

    def number(self, word: str) -> int:
        return self.numbers.setdefault(word, len(self.numbers))

    def word(self, number: int) -> str | None:
        """The word of that number; None for a text that nobody compares."""
        return next((word for word, known in self.numbers.items() if known == number), None)


def words_in(*things: object) -> Iterable[str]:
    """Every word written in the rules."""
    for thing in things:
        if isinstance(thing, n.Word | n.Option):
            yield thing.value
        if isinstance(thing, tuple):
            yield from words_in(*thing)
        elif isinstance(thing, n.Node | n.Bound | n.CellBound | n.RuleFile):
            yield from words_in(*(getattr(thing, each.name) for each in fields(thing)))
