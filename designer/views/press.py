"""The press that app.py hands in: letters are printed by the runtime, which the designer does not know."""

from typing import cast

from flask import current_app

from procedure_library.letter_press import LetterPages, LetterPress, LetterTrial


def letter_press() -> LetterPress:
    """Prints one letter for looking at it."""
    return cast(LetterPress, current_app.extensions["motcua.letter_press"])


def letter_trial() -> LetterTrial:
    """Tries a letter with many dossiers."""
    return cast(LetterTrial, current_app.extensions["motcua.letter_trial"])


def letter_pages() -> LetterPages:
    """Draws the pages of a letter as it is being written."""
    return cast(LetterPages, current_app.extensions["motcua.letter_pages"])
