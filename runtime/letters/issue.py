"""Issuing a letter: its number, its PDF in the store, its row. Our own forms at once, results by a job."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from runtime.engine.effects import IssueLetter, LetterKind
from runtime.happening import Happening
from runtime.letters.data import data_of, look_up_address
from runtime.letters.render import render
from runtime.letters.results import ask_for_result
from runtime.models.money import Payment
from runtime.models.papers import Letter
from runtime.numbers import yearly_number
from runtime.office import office_of

PDF = "application/pdf"
# What stands behind the number of a form that the office keeps a register of.
SUFFIXES: Mapping[LetterKind, str] = {
    "supplement_request": "HDHS",
    "refusal_slip": "TCHS",
    "apology": "PXL",
    "stop_notice": "TBD",
}
WITH_QR: frozenset[LetterKind] = frozenset({"filing_confirmation", "reception_slip"})


def issue(session: Session, happening: Happening, effect: IssueLetter) -> None:
    """The official Vietnamese paper, and a translation for who reads English."""
    if effect.kind == "result":
        ask_for_result(session, happening, effect.key)
        return
    number = _number(session, happening, effect.kind)
    for language in _languages(happening):
        session.add(_made(session, happening, effect.kind, number, language))


def _languages(happening: Happening) -> tuple[str, ...]:
    return ("vi", "en") if happening.dossier.locale == "en" else ("vi",)


def _made(session: Session, happening: Happening, kind: LetterKind, number: str, language: str) -> Letter:
    qr = look_up_address(session, happening) if kind in WITH_QR else None
    pdf = render(kind, data_of(session, happening, kind, number, language), language, qr)
    stored = office_of(session).files.keep(pdf, PDF)
    return Letter(
        dossier_id=happening.dossier.id,
        event=happening.number,
        kind=kind,
        number=number,
        language=language,
        digest=stored.digest,
        size=stored.size,
        issued_at=happening.at,
    )


def _number(session: Session, happening: Happening, kind: LetterKind) -> str:
    dossier = happening.dossier
    if kind == "payment_receipt":
        question = select(Payment.number).where(
            Payment.dossier_id == dossier.id, Payment.event == happening.number
        )
        return session.scalars(question).one()
    if kind not in SUFFIXES:
        return ""
    return yearly_number(session, dossier.unit_id, SUFFIXES[kind], happening.at)
