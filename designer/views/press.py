"""What app.py hands in: the runtime, which the designer does not know, prints letters and counts dossiers."""

from typing import cast

from flask import current_app

from procedure_library.letter_press import LetterPages, LetterPress, LetterTrial
from procedure_library.under_way import Counting


def letter_press() -> LetterPress:
    """Prints one letter for looking at it."""
    return cast(LetterPress, current_app.extensions["motcua.letter_press"])


def letter_trial() -> LetterTrial:
    """Tries a letter with many dossiers."""
    return cast(LetterTrial, current_app.extensions["motcua.letter_trial"])


def letter_pages() -> LetterPages:
    """Draws the pages of a letter as it is being written."""
    return cast(LetterPages, current_app.extensions["motcua.letter_pages"])


def counting() -> Counting:
    """Counts what is under way of a procedure."""
    return cast(Counting, current_app.extensions["motcua.under_way"])
