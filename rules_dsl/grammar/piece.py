"""A piece of a rule file that knows where it stands, so that every node and every error gets its place."""

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import Self

from rules_dsl.nodes import NOWHERE, Place


@dataclass(frozen=True, slots=True)
class Lines:
    """Where each line of a text begins."""

    starts: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Self:
        return cls((0, *accumulate(len(line) + 1 for line in text.split("\n"))))

    def place(self, offset: int) -> Place:
        line = bisect_right(self.starts, offset)
        return Place(line, offset - self.starts[line - 1] + 1)


class Piece(str):
    """Text from `start` on. pyparsing hands it on to the parse actions as it is."""

    start: int
    lines: Lines

    @classmethod
    def cut(cls, text: str, start: int, end: int, lines: Lines) -> Self:
        piece = cls(text[start:end])
        piece.start, piece.lines = start, lines
        return piece


def place_at(text: str, loc: int) -> Place:
    """The place in the whole file of what stands at or behind an offset into a piece."""
    if not isinstance(text, Piece):
        return NOWHERE
    while loc < len(text) and text[loc].isspace():
        loc += 1
    return text.lines.place(text.start + loc)
