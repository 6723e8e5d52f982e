"""The markup of a question, drawn once by its macro and filled in for each person.

The macro stays the only source of the markup: it is handed a question of gaps (`Gaps`), and what it draws is
kept as a pattern. What belongs to the person are gaps: name and number of a row, answers, what is wrong.
"""

import re
from collections.abc import Callable, Iterable
from itertools import chain, count
from operator import attrgetter, itemgetter
from secrets import token_hex
from typing import Any

from markupsafe import Markup, escape

from form_builder.inputs import Input, Question, Row

Read = Callable[[Any], str]
Macro = Callable[..., str]

# Nobody who writes a form can know it, so no title is taken for a gap.
SECRET = f"gap{token_hex(8)}"
GAP = re.compile(rf"{SECRET}-(\w+)-")

# What of a row is markup already when it is filled in: the arguments of `Pattern.filled`.
MADE = ("inside", "address")


class Gaps:
    """A question or a row as its macro sees it while the pattern is made: itself, but for the person's part.

    `inside` is where a row has its questions, `address` what its buttons ask: markup that was made already.
    """

    inside, address = (Markup(f"{SECRET}-{name}-") for name in MADE)  # noqa: S704 — letters and digits

    def __init__(self, bound: Any) -> None:
        self._bound = bound
        self.reads: list[Read] = []
        for person_s in ("name", "id", *bound.GAPS):
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


class Pattern:
    """What a macro drew, with gaps: its constant pieces, and in which order they and what is filled in follow."""

    def __init__(self, drawn: str, reads: Iterable[Read]) -> None:
        # Split by gaps: constant pieces at the even places, what fills the gap after each at the odd ones.
        pieces = GAP.split(str(drawn))
        self._constant, gaps = tuple(pieces[::2]), pieces[1::2]
        places = {name: place for place, name in enumerate(MADE, start=len(self._constant))}
        first = len(self._constant) + len(MADE)
        filling = [places[gap] if gap in places else first + int(gap) for gap in gaps]
        alternating = chain.from_iterable(zip(count(), filling, strict=False))
        self._order = itemgetter(*alternating, len(filling))
        self._reads = tuple(reads)

    def filled(self, bound: Question | Row, inside: str = "", address: str = "") -> str:
        """The markup for the person who answers: what fills the gaps is escaped, all of it at once."""
        said = escape(SECRET.join([read(bound) for read in self._reads]))
        return "".join(self._order((*self._constant, inside, address, *str(said).split(SECRET))))


def pattern(bound: Question | Row, macro: Macro, *further: Any) -> Pattern:
    """The pattern of a row, or of a question in its state."""
    gaps = Gaps(bound)
    return Pattern(macro(gaps, *further), gaps.reads)


def state(question: Input) -> tuple[bool, ...]:
    """What decides which pattern a question has; all else of the person's part is in its gaps."""
    return question.asked, bool(question.problems), question.prefilled, question.is_earlier, question.focused


def together(pieces: Iterable[str]) -> Markup:
    """Pieces that are markup already, one after the other."""
    return Markup("\n  ".join(pieces))  # noqa: S704 — see above
