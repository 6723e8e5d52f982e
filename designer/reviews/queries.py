"""Questions to reviews: what waits for me, what was said to a draft, who did which act of a publication."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session

from common.identity.actor import Actor
from designer.models import Draft
from designer.reviews.models import ReviewAct, Submission


def last_submission(session: Session, draft: Draft) -> Submission | None:
    """What was asked for the draft last."""
    return next(iter(submissions_of(session, draft)), None)


def returned(session: Session, draft: Draft) -> ReviewAct | None:
    """What its author is asked to mend: the last word on an open draft, when it was to return it."""
    last = last_submission(session, draft) if draft.state == "open" else None
    return last.last_act if last and last.last_act and last.last_act.act == "returned" else None


def submissions_of(session: Session, draft: Draft) -> Sequence[Submission]:
    """Everything that was asked for the draft, the last first, each with what was said to it."""
    question = select(Submission).where(Submission.draft_id == draft.id)
    return session.scalars(question.order_by(Submission.id.desc())).all()


def waiting_for(session: Session, by: Actor, *, limit: int = 100) -> tuple[Submission, ...]:
    """The submissions whose next act a role of this person may do, the oldest first.

    Those that the same person wrote or controlled are among them: their page says why somebody else must act.
    """
    found = session.scalars(_undecided().order_by(Submission.id).limit(limit))
    return tuple(each for each in found if each.waits_for and by.holds(each.waits_for))


def submitted_by(session: Session, by: Actor, *, limit: int = 50) -> Sequence[Submission]:
    """What this person asked for, the last first."""
    question = select(Submission).where(Submission.account_id == by.account_id)
    return session.scalars(question.order_by(Submission.id.desc()).limit(limit)).all()


def of_versions(session: Session, versions: Iterable[int]) -> Mapping[int, Submission]:
    """Version id → the submission that became it; versions that a command published have none."""
    question = select(ReviewAct).where(ReviewAct.version_id.in_(tuple(versions)))
    return {act.version_id: act.submission for act in session.scalars(question) if act.version_id}


def _undecided() -> Select[Submission]:
    ended = exists().where(ReviewAct.submission_id == Submission.id, ReviewAct.act != "agreed")
    return select(Submission).where(~ended)
