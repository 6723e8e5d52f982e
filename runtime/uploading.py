"""Uploads that may be interrupted: announced, sent piece by piece, and one document once all of it is there."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex
from typing import IO

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from common import audit
from common.db import locked, once_committed
from common.files import CHUNK
from common.identity.actor import Actor
from common.identity.models import Account
from common.jobs import Work, job
from common.partial import PartialFiles
from common.problems import Problem, Refusal
from runtime.handed_in import attach, called, not_open
from runtime.models.applications import Application
from runtime.models.papers import Document
from runtime.models.uploads import Upload
from runtime.office import office_of
from runtime.taking import Terms

# What one person may have under way: so many files, and together so many times the largest that is taken.
MOST_UNFINISHED, MOST_TIMES = 20, 10
# Who does not go on with a file for so long begins anew.
KEPT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Announced:
    """A file that somebody is going to send. `promised` is its SHA-256, "" when that is not told."""

    name: str
    length: int
    promised: str


def begin(
    session: Session, application: Application, file: Announced, *, terms: Terms, by: Actor, at: datetime
) -> Upload | Problem | Refusal:
    """A new upload, or the unfinished one of the same file for the same place, whoever began it."""
    if refusal := not_open(session, application):
        return refusal
    if file.length == 0:
        return Problem("files.empty", terms.where)
    if file.length > terms.limit:
        return Problem("files.too_large", terms.where, {"megabytes": terms.limit // CHUNK})
    for known in unfinished_of(session, application):
        if file.promised and (known.promised, known.component, known.field) == (
            file.promised,
            terms.component,
            terms.field,
        ):
            return known
    # One announcement after the other: two at once would both find room.
    locked(session, session.get_one(Account, by.account_id))
    if refusal := _no_room(session, file, terms.limit, by):
        return refusal
    upload = Upload(
        key=token_hex(16),
        application_id=application.id,
        component=terms.component,
        field=terms.field,
        name=called(file.name),
        length=file.length,
        arrived=0,
        promised=file.promised,
        begun_by=by.account_id,
        begun_at=at,
        changed_at=at,
    )
    session.add(upload)
    _note(session, "upload.begun", upload, by, at)
    session.flush()
    return upload


def arrived(session: Session, upload: Upload) -> int:
    """From which byte on it is to be sent: after a restore the disk may hold less than was noted."""
    if upload.is_whole:
        return upload.length
    return min(upload.arrived, _partial(session).size(upload.key))


def append(
    session: Session,
    upload: Upload,
    source: IO[bytes],
    *,
    offset: int,
    terms: Terms,
    by: Actor,
    at: datetime,
) -> Upload | Document | Problem | Refusal:
    """Adds what comes at the offset; the document, once that was the rest of it.

    While another request adds to it nothing is touched, and what does not begin where the file ends is refused: so
    two devices at once leave a right file. A file that is not taken is forgotten.
    """
    mine = session.get(Upload, upload.key, with_for_update={"skip_locked": True}, populate_existing=True)
    if mine is None:
        return Refusal("uploads.busy", {"name": upload.name})
    if offset != arrived(session, mine):
        return Refusal("uploads.elsewhere", {"name": mine.name})
    if mine.is_whole:
        return mine
    mine.arrived = _partial(session).append(mine.key, source, offset=offset, most=mine.length - offset)
    mine.changed_at = at
    session.flush()
    return _finished(session, mine, terms, by, at) if mine.is_whole else mine


def cancel(session: Session, upload: Upload, *, by: Actor, at: datetime) -> None:
    """Forgets an upload and what has come of it."""
    _note(session, "upload.cancelled", upload, by, at)
    _forget(session, upload)


def unfinished_of(session: Session, application: Application) -> tuple[Upload, ...]:
    """What was begun for the application and is not whole, the oldest first."""
    question = (
        select(Upload)
        .where(Upload.application_id == application.id, Upload.arrived < Upload.length)
        .order_by(Upload.begun_at, Upload.key)
    )
    return tuple(session.scalars(question))


@job("uploads.sweep")
def sweep_uploads(work: Work) -> None:
    """Once a day: forgets what nobody goes on with, and files that no row speaks of."""
    sweep(work.session, at=work.at)


def sweep(session: Session, *, at: datetime) -> None:
    session.execute(delete(Upload).where(Upload.changed_at <= at - KEPT))
    partial, known = _partial(session), set(session.scalars(select(Upload.key)))
    for key in partial.older(at - KEPT):
        if key not in known:
            partial.remove(key)


def _finished(
    session: Session, upload: Upload, terms: Terms, by: Actor, at: datetime
) -> Document | Problem | Refusal:
    application = session.get_one(Application, upload.application_id)
    with _partial(session).open(upload.key) as whole:
        document = attach(
            session,
            application,
            component=upload.component,
            field=upload.field,
            name=upload.name,
            source=whole,
            limit=terms.limit,
            kinds=terms.kinds,
            promised=upload.promised,
            by=by,
            at=at,
        )
    if not isinstance(document, Document):
        _forget(session, upload)
        return document
    upload.document_id = document.id
    session.flush()
    _remove(session, upload.key)
    return document


def _no_room(session: Session, file: Announced, limit: int, by: Actor) -> Refusal | None:
    question = select(func.count(), func.coalesce(func.sum(Upload.length), 0)).where(
        Upload.begun_by == by.account_id, Upload.arrived < Upload.length
    )
    count, size = session.execute(question).one()
    if count < MOST_UNFINISHED and size + file.length <= MOST_TIMES * limit:
        return None
    return Refusal("uploads.too_many", {"count": count})


def _forget(session: Session, upload: Upload) -> None:
    session.delete(upload)
    session.flush()
    _remove(session, upload.key)


def _remove(session: Session, key: str) -> None:
    """A file goes only once it is certain that no row needs it; one that stays behind is swept."""
    partial = _partial(session)
    once_committed(session, lambda: partial.remove(key))


def _partial(session: Session) -> PartialFiles:
    return office_of(session).files.partial


def _note(session: Session, act: str, upload: Upload, by: Actor, at: datetime) -> None:
    audit.record(session, act, by=by, at=at, kind="application", key=str(upload.application_id))
