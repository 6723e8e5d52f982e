"""The history of a draft: what was saved, act by act, and taking back an act that saved several files."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from common.identity.actor import Actor
from common.problems import Refusal
from designer.drafts import Conflict, Saved, save_all
from designer.models import Draft, DraftSave


@dataclass(frozen=True, slots=True)
class Act:
    """The files that one person saved together, as they then stood."""

    saves: tuple[DraftSave, ...]

    @property
    def first(self) -> DraftSave:
        return self.saves[0]

    @property
    def paths(self) -> tuple[str, ...]:
        return tuple(save.path for save in self.saves)


def history_of(
    session: Session, draft: Draft, *, path: str | None = None, before: int | None = None, limit: int = 50
) -> tuple[DraftSave, ...]:
    """What was saved, the last first; `before` is the id of the last row seen."""
    question = select(DraftSave).where(DraftSave.draft_id == draft.id).order_by(DraftSave.id.desc())
    if path is not None:
        question = question.where(DraftSave.path == path)
    if before is not None:
        question = question.where(DraftSave.id < before)
    return tuple(session.scalars(question.limit(limit)))


def acts_in(saves: Sequence[DraftSave]) -> tuple[Act, ...]:
    """The saves, the last first, as acts: same person, same instant, no file twice."""
    return tuple(Act(tuple(act)) for act in _acts(saves))


def act_of(session: Session, save: DraftSave) -> Act:
    """The whole act that the save is part of."""
    together = select(DraftSave).where(
        DraftSave.draft_id == save.draft_id, DraftSave.saved_at == save.saved_at
    )
    saves = session.scalars(together.order_by(DraftSave.id.desc())).all()
    return next(act for act in acts_in(saves) if save in act.saves)


def may_be_taken_back(act: Act, last: Mapping[str, int]) -> bool:
    """Whether nobody has saved any of its files since, and there was something before; `last` are the last
    revisions by path."""
    began = all(save.revision == 1 for save in act.saves)
    return not began and all(last[save.path] == save.revision for save in act.saves)


def take_back(
    session: Session, draft: Draft, act: Act, *, by: Actor, at: datetime
) -> tuple[Saved, ...] | Conflict | Refusal:
    """Saves every file of the act as it stood before it; Conflict when somebody saved one of them since."""
    before = {save.path: _before(session, save) for save in act.saves}
    known = {save.path: save.revision for save in act.saves}
    return save_all(session, draft, before, revisions=known, by=by, at=at)


def _acts(saves: Sequence[DraftSave]) -> Iterator[list[DraftSave]]:
    act: list[DraftSave] = []
    for save in saves:
        if act and (_moment(save) != _moment(act[0]) or save.path in [each.path for each in act]):
            yield act
            act = []
        act.append(save)
    if act:
        yield act


def _moment(save: DraftSave) -> tuple[datetime, int | None, str]:
    return save.saved_at, save.account_id, save.saved_by


def _before(session: Session, save: DraftSave) -> str | None:
    """What stood there before; None: there was no such file."""
    question = select(DraftSave.content).where(
        DraftSave.draft_id == save.draft_id,
        DraftSave.path == save.path,
        DraftSave.revision == save.revision - 1,
    )
    return session.scalar(question)
