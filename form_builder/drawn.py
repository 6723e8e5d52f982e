"""The markup of a question, drawn once by its macro and filled in for each person.

The macro stays the only source of the markup: it is handed a question of gaps (`Gaps`), and what it draws is
kept as a pattern. What belongs to the person are gaps: name and number of a row, answers, what is wrong.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from secrets import token_hex
from typing import Any

from markupsafe import Markup, escape

from form_builder.blocks import Row
from form_builder.inputs import Input, Question

Bound = Question | Row
Read = Callable[[Any], str]
Macro = Callable[..., str]

# Nobody who writes a form can know it, so no title is taken for a gap.
SECRET = f"gap{token_hex(8)}"
GAP = re.compile(rf"{SECRET}-(\d+)-")
# Where a block has its questions, and where it has the address that its buttons ask.
INSIDE, ADDRESS = (Markup(f"{SECRET}-{name}-") for name in ("inside", "address"))  # noqa: S704 — letters only


class Gaps:
    """A question or a row as its macro sees it while the pattern is made: itself, but for the person's part."""

    inside = INSIDE

    def __init__(self, bound: Bound) -> None:
        self._bound = bound
        self.reads: list[Read] = []
        # Outside of rows a question has the same name for everybody.
        named = () if bound.name == bound.field.path else ("name", "id")
        for person_s in (*named, *bound.GAPS):
            setattr(self, person_s, self._gap(attrgetter(person_s)))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._bound, name)

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        endings = self._bound.kind.parts
        return tuple((self.name + ending, self._part(number)) for number, ending in enumerate(endings))

    def chosen(self, value: str, word: str) -> str:
        return self._gap(lambda bound: bound.chosen(value, word))

    def told(self, message: Callable[[Any], Any]) -> str:
        return self._gap(lambda bound: bound.told(message))

    def _part(self, number: int) -> str:
        return self._gap(lambda bound: bound.texts[number])

    def _gap(self, read: Read) -> str:
        self.reads.append(read)
        return f"{SECRET}-{len(self.reads) - 1}-"


@dataclass(frozen=True, slots=True)
class Piece:
    """Markup up to where a block has its questions, or after them: `text` has a "%s" for each gap, `reads` what
    fills it."""

    text: str
    reads: tuple[Read, ...]


# One piece; of a block two: its questions come between.
Pattern = tuple[Piece, ...]


def pattern(drawn: str, reads: Sequence[Read]) -> Pattern:
    """The pattern of what a macro drew of gaps, which `reads` fill."""
    return tuple(_piece(each, reads) for each in str(drawn).split(INSIDE))


def _piece(drawn: str, reads: Sequence[Read]) -> Piece:
    # Split by gaps: constant text at the even places, what fills the gap after each at the odd ones.
    parted = GAP.split(drawn)
    text = "%s".join(_plain(each) for each in parted[::2])
    return Piece(text, tuple(reads[int(gap)] for gap in parted[1::2]))


def _plain(text: str) -> str:
    return text.replace("%", "%%")


class Sheet:
    """Questions of a page as they are drawn one after the other: what fills the gaps is escaped all at once."""

    def __init__(self, page: Any, single: Macro, block: Macro, check_url: str) -> None:
        self._page, self._single, self._block, self._check_url = page, single, block, check_url
        self._patterns = page.patterns.setdefault((single, block, page.dense, bool(check_url)), {})
        self._texts: list[str] = []
        self._said: list[str] = []

    def draw(self, questions: Iterable[Bound]) -> None:
        """Each by its pattern, those inside a block between its two pieces."""
        for bound in questions:
            if not bound.is_drawn_once:
                self._texts.append(_plain(self._by_macro(bound, bound, self._check_url)))
                continue
            pieces = self._patterns.get(bound.look) or self._pattern(bound)
            for number, piece in enumerate(pieces):
                if number:
                    self.draw(bound.held())
                self._texts.append(piece.text)
                self._said += [read(bound) for read in piece.reads]

    def whole(self) -> Markup:
        """All that was drawn."""
        # The last gap, after everything, is empty: without any, a text split would not be as many as its gaps.
        said = str(escape(SECRET.join((*self._said, "")))).split(SECRET)
        filled = ("".join(self._texts) + "%s") % tuple(said)
        return Markup(filled.replace(ADDRESS, escape(self._check_url)))  # noqa: S704 — macros drew it

    def _pattern(self, bound: Bound) -> Pattern:
        gaps = Gaps(bound)
        drawn = self._by_macro(bound, gaps, ADDRESS if self._check_url else "")
        pieces = pattern(drawn, gaps.reads)
        self._patterns[bound.look] = pieces
        return pieces

    def _by_macro(self, bound: Bound, seen: Any, check_url: str) -> str:
        """What the macro of the bound field draws when it sees this."""
        if isinstance(bound, Input):
            return self._single(seen, self._page)
        return self._block(seen, self._page, check_url)
