"""Drafts: beginning one, reading its files, saving them without overwriting what somebody else saved."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from common.audit import record
from common.db import locked
from common.identity.actor import Actor
from common.problems import Refusal
from common.text import Text, nfc
from designer.bank.uses import note_uses
from designer.models import LIVING, Draft, DraftSave
from designer.new_procedure import new_procedure
from procedure_library.definition import KEY, Definition
from procedure_library.models import Procedure, Version
from procedure_library.package import FORM, PATH, package_files
from procedure_library.queries import definition_of

# A package is read whole at every save: no file of one needs more.
LONGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Saved:
    """A file of a draft as it was saved; `content` None: taken out. Revisions of a file count from 1."""

    path: str
    revision: int
    content: str | None
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody saved the file in between: what stands there now. Nothing has been written."""

    path: str
    revision: int
    content: str | None
    by: str
    at: datetime


def begin_draft(session: Session, version: Version, *, by: Actor, at: datetime) -> Draft | Refusal:
    """A draft with the content of the version; refused while another draft of the procedure lives."""
    definition = definition_of(session, version.id).definition
    return _begun(session, definition, version, by=by, at=at)


def begin_new(session: Session, key: str, name: Text, *, by: Actor, at: datetime) -> Draft | Refusal:
    """A draft of a procedure that does not exist yet: start, one task, end, one question, a term."""
    if not KEY.fullmatch(key):
        return Refusal("drafts.key_spelling", {"key": key})
    if session.scalar(select(Procedure.id).where(Procedure.key == key)):
        return Refusal("drafts.procedure_exists", {"key": key})
    return _begun(session, new_procedure(key, name), None, by=by, at=at)


def living_draft(session: Session, key: str) -> Draft | None:
    """The draft of the procedure that is being written or reviewed; there is one at most."""
    return session.scalars(select(Draft).where(Draft.procedure_key == key, Draft.state.in_(LIVING))).first()


def abandon(session: Session, draft: Draft, *, by: Actor, at: datetime) -> Refusal | None:
    """Nobody goes on with the draft; its files stay readable. Refused unless it is open."""
    if _locked(session, draft).state != "open":
        return Refusal("drafts.not_open")
    draft.state = "abandoned"
    _recorded(session, "draft.abandoned", draft, by, at)
    return None


def saves_of(session: Session, draft: Draft) -> Mapping[str, Saved]:
    """The files of the draft as last saved, by path; what was taken out is left out."""
    question = (
        select(DraftSave)
        .where(DraftSave.draft_id == draft.id)
        .ext(distinct_on(DraftSave.path))
        .order_by(DraftSave.path, DraftSave.revision.desc())
    )
    return {row.path: _saved(row) for row in session.scalars(question) if row.content is not None}


def files_of(session: Session, draft: Draft) -> Mapping[str, str]:
    """The text of every file of the draft, by path."""
    return {path: saved.content or "" for path, saved in saves_of(session, draft).items()}


def revisions_of(session: Session, draft: Draft) -> Mapping[str, int]:
    """The last revision of every file that the draft has or had."""
    question = select(DraftSave.path, func.max(DraftSave.revision)).where(DraftSave.draft_id == draft.id)
    return dict(iter(session.execute(question.group_by(DraftSave.path))))


def file_of(session: Session, draft: Draft, path: str) -> Saved | None:
    """The last state of one file, also when that was taking it out; None: there never was one."""
    row = _last(session, draft, path)
    return _saved(row) if row else None


def save(
    session: Session,
    draft: Draft,
    path: str,
    content: str | None,
    *,
    revision: int,
    by: Actor,
    at: datetime,
) -> Saved | Conflict | Refusal:
    """Saves one file that its writer knew at `revision` (0: as not there); content None takes it out."""
    saved = save_all(session, draft, {path: content}, revisions={path: revision}, by=by, at=at)
    return saved[0] if isinstance(saved, tuple) else saved


def save_all(
    session: Session,
    draft: Draft,
    files: Mapping[str, str | None],
    *,
    revisions: Mapping[str, int],
    by: Actor,
    at: datetime,
) -> tuple[Saved, ...] | Conflict | Refusal:
    """Saves several files together, or none of them. What says nothing new gets no new revision.

    Who writes what stands there already is in nobody's way: an answer may have been lost on its way back.
    """
    if _locked(session, draft).state != "open":
        return Refusal("drafts.not_open")
    if any(len(content or "") > LONGEST for content in files.values()):
        return Refusal("drafts.too_long", {"most": LONGEST})
    last = {path: _last(session, draft, path) for path in files}
    for path, row in last.items():
        is_new = row is None or row.content != _kept(files[path])
        if is_new and not _is_known(session, draft, path, row, revisions.get(path, 0)):
            return _conflict(path, row)
    return tuple(_written(session, draft, path, files[path], row, by, at) for path, row in last.items())


def set_aside(
    session: Session, draft: Draft, path: str, content: str, *, by: Actor, at: datetime
) -> Saved | Refusal:
    """Keeps `content` as a revision and puts back what stood there: both stay in the history."""
    if _locked(session, draft).state != "open":
        return Refusal("drafts.not_open")
    theirs = _last(session, draft, path)
    _written(session, draft, path, content, theirs, by, at)
    last = _last(session, draft, path)
    return _written(session, draft, path, theirs.content if theirs else None, last, by, at)


def _begun(
    session: Session, definition: Definition, version: Version | None, *, by: Actor, at: datetime
) -> Draft | Refusal:
    draft = Draft(
        procedure_key=definition.key,
        based_on=version,
        state="open",
        created_at=at,
        account_id=by.account_id,
        created_by=by.name,
    )
    try:
        with session.begin_nested():
            session.add(draft)
    except IntegrityError:
        return Refusal("drafts.already_begun", {"key": definition.key})
    for path, content in package_files(definition):
        _written(session, draft, path, content.decode(), None, by, at)
    _recorded(session, "draft.begun", draft, by, at)
    return draft


def _locked(session: Session, draft: Draft) -> Draft:
    """The draft as it is now, and nobody else saves in it until this transaction ends."""
    session.flush()
    locked(session, draft)
    return draft


def _last(session: Session, draft: Draft, path: str) -> DraftSave | None:
    question = select(DraftSave).where(DraftSave.draft_id == draft.id, DraftSave.path == path)
    return session.scalars(question.order_by(DraftSave.revision.desc()).limit(1)).first()


def _written(
    session: Session,
    draft: Draft,
    path: str,
    content: str | None,
    last: DraftSave | None,
    by: Actor,
    at: datetime,
) -> Saved:
    if not PATH.fullmatch(path):
        raise ValueError(f"no file of a package is called {path}")
    text = _kept(content)
    if last is not None and last.content == text:
        return _saved(last)
    row = DraftSave(
        draft_id=draft.id,
        path=path,
        revision=last.revision + 1 if last else 1,
        content=text,
        saved_at=at,
        account_id=by.account_id,
        saved_by=by.name,
    )
    session.add(row)
    session.flush()
    if path == FORM:
        note_uses(session, draft, text)
    if last is not None:
        _recorded(session, "draft.saved", draft, by, at, path=path, revision=row.revision)
    return _saved(row)


def _kept(content: str | None) -> str | None:
    """A text as it is kept: composed letters, lines ended by one character."""
    return None if content is None else nfc(content).replace("\r\n", "\n")


def _saved(row: DraftSave) -> Saved:
    return Saved(row.path, row.revision, row.content, row.saved_by, row.saved_at)


def _is_known(session: Session, draft: Draft, path: str, row: DraftSave | None, revision: int) -> bool:
    """Whether a writer who read that revision knows what stands there: that one, or the same text again."""
    if row is None:
        return revision == 0
    if row.revision == revision:
        return True
    question = select(DraftSave.content).where(DraftSave.draft_id == draft.id, DraftSave.path == path)
    known = session.execute(question.where(DraftSave.revision == revision)).first()
    return known is not None and known.content == row.content


def _conflict(path: str, row: DraftSave | None) -> Conflict:
    if row is None:
        raise ValueError(f"{path} was never saved, so nobody can know a revision of it")
    return Conflict(path, row.revision, row.content, row.saved_by, row.saved_at)


def _recorded(
    session: Session, act: str, draft: Draft, by: Actor, at: datetime, **details: str | int
) -> None:
    record(
        session, act, by=by, at=at, kind="draft", key=str(draft.id), procedure=draft.procedure_key, **details
    )
