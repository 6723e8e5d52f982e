"""Trying a letter of a draft: the designer asks, the runtime prints as it would for a dossier, app.py joins them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from common.problems import Finding
from procedure_library.definition import Definition


class LetterPress(Protocol):
    """Prints a letter's source with sample data."""

    def __call__(
        self, definition: Definition, source: str, answers: Mapping[str, Any], *, at: datetime
    ) -> bytes | Finding:
        """The PDF of an invented dossier with these answers; a Finding when the source cannot be typeset."""
