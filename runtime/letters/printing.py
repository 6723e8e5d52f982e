"""Letters become PDF files after the act, from the record of their event: by a job, or by whoever asks first.

A letter's row is there from the act on; it has no digest until the PDF is stored.
"""

from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from common.files import FileStore
from common.jobs import Work, job
from runtime.engine.effects import IssueLetter, LetterKind
from runtime.letters.data import data_of, look_up_address
from runtime.letters.render import render
from runtime.letters.results import typeset_result
from runtime.models.dossiers import Dossier
from runtime.models.papers import Letter
from runtime.recalled import recalled

PDF = "application/pdf"
WITH_QR: frozenset[LetterKind] = frozenset({"filing_confirmation", "reception_slip"})


@job("letters.print")
def print_letters(work: Work, *, dossier_id: int, event: int) -> None:
    """Prints what the event issued."""
    print_all(work.session, work.files, dossier_id=dossier_id, event=event)


@job("letters.render_result")
def render_result(work: Work, *, letter_id: int) -> None:
    """Prints one letter: jobs that were asked for before one job printed all letters of an event."""
    print_stored(work.session, letter_id, work.files)


def print_all(session: Session, files: FileStore, *, dossier_id: int, event: int) -> None:
    """Every letter of the event; what is printed already stays as it is."""
    question = select(Letter.id).where(Letter.dossier_id == dossier_id, Letter.event == event)
    for letter_id in session.scalars(question.order_by(Letter.id)).all():
        print_stored(session, letter_id, files)


def print_stored(session: Session, letter_id: int, files: FileStore) -> Letter:
    """Prints the letter; once it has a digest, doing it again changes nothing."""
    letter = session.get_one(Letter, letter_id, with_for_update=True)
    if letter.digest is None:
        stored = files.keep(_typeset(session, letter), PDF)
        letter.digest, letter.size = stored.digest, stored.size
        session.flush()
    return letter


def _typeset(session: Session, letter: Letter) -> bytes:
    dossier = session.get_one(Dossier, letter.dossier_id)
    if letter.kind in ("result", "own"):
        return typeset_result(session, dossier, letter)
    return _sheet(session, dossier, letter)


def _sheet(session: Session, dossier: Dossier, letter: Letter) -> bytes:
    kind, happening = cast(LetterKind, letter.kind), recalled(session, dossier, letter.event)
    data = data_of(session, happening, IssueLetter(kind, letter.key), letter.number, letter.language)
    qr = look_up_address(session, happening) if kind in WITH_QR else None
    return render(kind, data, letter.language, qr)
