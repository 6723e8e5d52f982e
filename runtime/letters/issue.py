"""Issuing a letter: its number and its row, in the act; its PDF afterwards (`runtime.letters.printing`)."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from runtime.carrying import receiving_now
from runtime.engine.effects import IssueLetter, LetterKind
from runtime.happening import Happening
from runtime.holding import Held
from runtime.letters.printing import print_letters
from runtime.numbers import yearly_number
from runtime.payments import payment_of
from runtime.refunded import refund_of
from runtime.rows import Rows
from runtime.worlds import acting_for

# What stands behind the number of a form that the office keeps a register of.
SUFFIXES: Mapping[LetterKind, str] = {
    "supplement_request": "HDHS",
    "refusal_slip": "TCHS",
    "apology": "PXL",
    "stop_notice": "TBD",
}
# Whoever makes many dossiers in one session may say so here: their letters are printed when somebody asks.
UNPRINTED = "unprinted"


def issue(session: Session, happening: Happening, effect: IssueLetter, rows: Rows) -> None:
    """The official Vietnamese paper, and a translation for who reads English."""
    number = _number(session, happening, effect)
    for language in _languages(happening, effect):
        rows.insert(
            "letters",
            dossier_id=happening.dossier.id,
            event=happening.number,
            kind=effect.kind,
            key=effect.key,
            number=number,
            language=language,
            issued_at=happening.at,
        )
    if not session.info.get(UNPRINTED):
        rows.defer(print_letters, dossier_id=happening.dossier.id, event=happening.number)


def _languages(happening: Happening, effect: IssueLetter) -> tuple[str, ...]:
    translated = effect.kind not in ("result", "own") and happening.dossier.locale == "en"
    return ("vi", "en") if translated else ("vi",)


def _number(session: Session, happening: Happening, effect: IssueLetter) -> str:
    if effect.kind == "payment_receipt":
        return payment_of(session, happening, effect.key).number
    if effect.kind == "refund_voucher":
        return refund_of(session, happening, effect.key).number
    if effect.kind not in SUFFIXES:
        return ""
    assert isinstance(happening.dossier, Held)  # what is filed just now gets no letter with a number
    unit = acting_for(session, happening.dossier, receiving_now(happening.dossier), happening.at)
    return yearly_number(session, unit.id, SUFFIXES[effect.kind], happening.at)
