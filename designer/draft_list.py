"""The list of drafts: what each is called, and who saved in it last."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from common.text import Text
from designer.models import Draft, DraftSave
from procedure_library.package import HEAD


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft by the name that stands in it now; the last save of any of its files."""

    draft: Draft
    name: Text
    saved_by: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class DraftPage:
    """Some drafts, the newest first; `before` asks for the next, None at the end."""

    rows: tuple[DraftRow, ...]
    before: int | None


def drafts(session: Session, *, before: int | None = None, limit: int = 20) -> DraftPage:
    """The drafts begun before the one with that id."""
    question = select(Draft).order_by(Draft.id.desc()).limit(limit + 1)
    if before is not None:
        question = question.where(Draft.id < before)
    found = session.scalars(question).all()
    rows = tuple(rows_of(session, found[:limit]))
    return DraftPage(rows, rows[-1].draft.id if len(found) > limit else None)


def rows_of(session: Session, listed: Iterable[Draft]) -> Iterable[DraftRow]:
    """The drafts with what the list says of them."""
    drafts = {draft.id: draft for draft in listed}
    of_these = select(DraftSave).where(DraftSave.draft_id.in_(drafts)).ext(distinct_on(DraftSave.draft_id))
    newest = of_these.order_by(DraftSave.draft_id, DraftSave.id.desc())
    last = {row.draft_id: row for row in session.scalars(newest)}
    heads = {row.draft_id: row for row in session.scalars(newest.where(DraftSave.path == HEAD))}
    for key, draft in drafts.items():
        yield DraftRow(draft, name_in(heads[key].content, draft), last[key].saved_by, last[key].saved_at)


def name_in(head: str | None, draft: Draft) -> Text:
    """The name that the draft's procedure.toml gives; its key while that cannot be read."""
    try:
        return Text.from_json(tomllib.loads(head or "")["name"])
    except (tomllib.TOMLDecodeError, KeyError, TypeError):
        return Text(draft.procedure_key)
