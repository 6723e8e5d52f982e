"""Questions that no arithmetic answers (a legal period, what a province has set), asked once for each case."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from rules_dsl.columns.column import Array, Mask
from rules_dsl.columns.ready import BEGINNING, EPOCH, MICROSECOND
from rules_dsl.generator.term import Term
from rules_dsl.unknown import ABSENT, Unknown
from rules_dsl.values import EXACT

# Stands for whatever is not known: a batch says that, not why.
NOT_KNOWN = Unknown((), "rules.unknown_fact")
GONE = Unknown((), ABSENT)
Decoder = Callable[[Any], Any]
Part = tuple[Array | int, Mask | None, Mask | None]


def decoder(term: Term) -> Decoder:
    """How a value of the column stands in facts."""
    match term.kind.name:
        case "date":
            return lambda day: date.fromordinal(int(day) + EPOCH)
        case "instant":
            return lambda count: BEGINNING + int(count) * MICROSECOND
        case "choice" | "text":
            return lambda code: term.kind.values[int(code)]
        case "boolean":
            return bool
    scale = term.scale or 0
    return lambda count: Decimal(int(count)).scaleb(-scale, EXACT)


@dataclass(frozen=True, slots=True)
class Question:
    ask: Callable[..., Any]
    decoders: tuple[Decoder, ...]
    dtype: type

    def of(self, size: int, *parts: Part) -> tuple[Array, Mask, Mask]:
        """The answers for every row, where the answer is that something was not given, and where not known."""
        columns = [(np.broadcast_to(values, size), _states(size, *masks)) for values, *masks in parts]
        case = np.zeros(size, dtype=np.int64)
        for values, states in columns:
            _, place = np.unique(values, return_inverse=True)
            _, case = np.unique((case * (size + 1) + place) * 3 + states, return_inverse=True)
        _, first = np.unique(case, return_index=True)
        answers = [self._answer(columns, row) for row in first]
        gone = [isinstance(each, Unknown) and each.code == ABSENT for each in answers]
        unknown = [isinstance(each, Unknown) and each.code != ABSENT for each in answers]
        plain: Array = np.array(
            [0 if isinstance(each, Unknown) else each for each in answers], dtype=self.dtype
        )
        return plain[case], np.array(gone, dtype=bool)[case], np.array(unknown, dtype=bool)[case]

    def _answer(self, columns: list[tuple[Array, Array]], row: int) -> Any:
        given: list[Any] = []
        for (values, states), decode in zip(columns, self.decoders, strict=True):
            missing = (None, NOT_KNOWN)[states[row] - 1]
            given.append(missing if states[row] else decode(values[row]))
        return self.ask(*given)


def _states(size: int, absent: Mask | None, unknown: Mask | None) -> Array:
    """0: answered, 1: lawfully not, 2: not known."""
    states = np.zeros(size, dtype=np.int64)
    if absent is not None:
        states[absent] = 1
    if unknown is not None:
        states[unknown] = 2
    return states


def known_only(question: Callable[..., Any]) -> Callable[..., Any]:
    """The question where everything it is given is known; else what is missing first."""

    def answer(*given: Any) -> Any:
        if any(isinstance(part, Unknown) for part in given):
            return NOT_KNOWN
        return GONE if None in given else question(*given)

    return answer
