"""What app.py hands in of the runtime, which the designer does not know: its press for letters, its engine to play."""

from typing import cast

from flask import current_app

from procedure_library.letter_press import LetterPress, LetterTrial
from procedure_library.playing import Player
from procedure_library.retelling import Reteller


def letter_press() -> LetterPress:
    """Prints one letter for looking at it."""
    return cast(LetterPress, current_app.extensions["motcua.letter_press"])


def letter_trial() -> LetterTrial:
    """Tries a letter with many dossiers."""
    return cast(LetterTrial, current_app.extensions["motcua.letter_trial"])


def player() -> Player:
    """Plays a dossier of a draft."""
    return cast(Player, current_app.extensions["motcua.player"])


def reteller() -> Reteller:
    """Tells a real dossier anew, for who may see it."""
    return cast(Reteller, current_app.extensions["motcua.reteller"])
