"""What app.py hands in of the runtime, which the designer does not know: letters, trials, what is under way."""

from typing import cast

from flask import current_app

from procedure_library.letter_press import LetterPages, LetterPress, LetterTrial
from procedure_library.playing import Player
from procedure_library.retelling import Reteller
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


def player() -> Player:
    """Plays a dossier of a draft."""
    return cast(Player, current_app.extensions["motcua.player"])


def reteller() -> Reteller:
    """Tells a real dossier anew, for who may see it."""
    return cast(Reteller, current_app.extensions["motcua.reteller"])
