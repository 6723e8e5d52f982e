"""Issuing a letter: its number, its row, its PDF in the store. Our own forms at once, results by a job."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy.orm import Session

from common.files import FileStore, StoredFile
from runtime.carrying import receiving_unit
from runtime.engine.effects import IssueLetter, LetterKind
from runtime.happening import Happening
from runtime.letters.data import data_of, look_up_address
from runtime.letters.render import render
from runtime.letters.results import ask_for_result
from runtime.models.papers import Letter
from runtime.numbers import yearly_number
from runtime.office import office_of
from runtime.payments import payment_of
from runtime.worlds import acting_unit

PDF = "application/pdf"
# What stands behind the number of a form that the office keeps a register of.
SUFFIXES: Mapping[LetterKind, str] = {
    "supplement_request": "HDHS",
    "refusal_slip": "TCHS",
    "apology": "PXL",
    "stop_notice": "TBD",
}
WITH_QR: frozenset[LetterKind] = frozenset({"filing_confirmation", "reception_slip"})


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that a letter is printed from; nothing of it is read from the database again."""

    kind: LetterKind
    data: Mapping[str, Any]
    language: str
    qr: str | None

    def stored_in(self, files: FileStore) -> StoredFile:
        return files.keep(render(self.kind, self.data, self.language, self.qr), PDF)


Press = Callable[[Session, Letter, Sheet], None]
# Whoever makes many dossiers in one session may put a press here that prints them together.
PRESS = "press"


def issue(session: Session, happening: Happening, effect: IssueLetter) -> None:
    """The official Vietnamese paper, and a translation for who reads English."""
    if effect.kind == "result":
        ask_for_result(session, happening, effect.key)
        return
    number = _number(session, happening, effect)
    press = cast(Press, session.info.get(PRESS, print_now))
    for language in _languages(happening):
        letter = Letter(
            dossier_id=happening.dossier.id,
            event=happening.number,
            kind=effect.kind,
            key=effect.key,
            number=number,
            language=language,
            issued_at=happening.at,
        )
        press(session, letter, _sheet(session, happening, effect, number, language))
        session.add(letter)


def print_now(session: Session, letter: Letter, sheet: Sheet) -> None:
    """The slip is there when the page is."""
    stored = sheet.stored_in(office_of(session).files)
    letter.digest, letter.size = stored.digest, stored.size


def _languages(happening: Happening) -> tuple[str, ...]:
    return ("vi", "en") if happening.dossier.locale == "en" else ("vi",)


def _sheet(session: Session, happening: Happening, effect: IssueLetter, number: str, language: str) -> Sheet:
    qr = look_up_address(session, happening) if effect.kind in WITH_QR else None
    return Sheet(effect.kind, data_of(session, happening, effect, number, language), language, qr)


def _number(session: Session, happening: Happening, effect: IssueLetter) -> str:
    if effect.kind == "payment_receipt":
        return payment_of(session, happening, effect.key).number
    if effect.kind not in SUFFIXES:
        return ""
    unit = acting_unit(session, receiving_unit(session, happening.dossier), happening.at)
    return yearly_number(session, unit.id, SUFFIXES[effect.kind], happening.at)
