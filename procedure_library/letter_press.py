"""Trying letters of a draft: who asks, the runtime prints as it would for a dossier, app.py joins them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from common.problems import Finding
from procedure_library.definition import Definition, Ending


@dataclass(frozen=True, slots=True)
class Situation:
    """The dossier that a letter is tried with; whatever else stands in the letter is invented.

    `case_type` "": that of the first kind of the procedure.
    """

    answers: Mapping[str, Any]
    case_type: str = ""
    ending: Ending = "granted"


@dataclass(frozen=True, slots=True)
class Unprintable:
    """Why a letter cannot be made, in the typesetter's words or as a code ("@typesetting.too_slow"), and the
    line of the source, None when that cannot be told."""

    cause: str
    line: int | None = None


class LetterPress(Protocol):
    """Prints a letter's source with sample data."""

    def __call__(
        self, definition: Definition, source: str, situation: Situation, *, at: datetime
    ) -> bytes | Finding:
        """The PDF for an invented dossier; a Finding when the source cannot be typeset."""


class LetterPages(Protocol):
    """Draws a letter's source with sample data, to be looked at while it is written."""

    def __call__(
        self, definition: Definition, source: str, situation: Situation, *, at: datetime
    ) -> tuple[bytes, ...] | Finding:
        """A picture (SVG) of each page; a Finding when the source cannot be typeset."""


class LetterTrial(Protocol):
    """Tries a letter's source with many situations."""

    def __call__(
        self, definition: Definition, source: str, situations: Sequence[Situation], *, at: datetime
    ) -> tuple[Unprintable | None, ...]:
        """For each situation why the letter cannot be made, None: it can.

        What brings typesetting down, or takes all its time, ends the answer: later situations are left out.
        """
