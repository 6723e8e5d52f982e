"""The second and third act: a controller agrees, a publisher publishes, either returns it; nobody acts twice.

Who wrote, who controlled and who published are three persons, whatever roles each of them holds.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from common.audit import record
from common.clock import local_date
from common.db import locked
from common.identity.actor import Actor
from common.problems import Finding, Refusal
from designer.bank.uses import keep_uses
from designer.models import Draft, DraftSave
from designer.reviews.models import ReviewAct, Submission
from designer.reviews.submitting import LONGEST_NOTE, Blocked, errors_in
from procedure_library.definition import Definition
from procedure_library.letter_press import LetterTrial
from procedure_library.models import Version
from procedure_library.playing import Player
from procedure_library.publishing import Basis, publish
from procedure_library.queries import compiled_by_digest
from procedure_library.transition import TransitionClause


def agree(
    session: Session, submission: Submission, comment: str, *, by: Actor, at: datetime
) -> ReviewAct | Refusal:
    """The controller finds it in order; it goes on to the publishers."""
    _locked(session, submission)
    if refusal := may_decide(session, submission, "procedure_controller", by) or _too_long(comment):
        return refusal
    return _done(session, submission, "agreed", comment, by=by, at=at)


def send_back(
    session: Session, submission: Submission, comment: str, *, by: Actor, at: datetime
) -> ReviewAct | Refusal:
    """Controller or publisher returns it with what is to be mended; the draft is open again."""
    _locked(session, submission)
    if refusal := may_decide(session, submission, submission.waits_for or "", by) or _too_long(comment):
        return refusal
    if not comment.strip():
        return Refusal("reviews.return_without_comment")
    submission.draft.state = "open"
    return _done(session, submission, "returned", comment, by=by, at=at)


def recall(session: Session, submission: Submission, *, by: Actor, at: datetime) -> ReviewAct | Refusal:
    """Its author takes it back before it is published, to mend the draft."""
    _locked(session, submission)
    if submission.waits_for is None:
        return Refusal("reviews.decided_already")
    if submission.account_id != by.account_id:
        return Refusal("reviews.not_yours", {"name": submission.submitted_by})
    submission.draft.state = "open"
    return _done(session, submission, "recalled", "", by=by, at=at)


def publish_submission(
    session: Session,
    submission: Submission,
    comment: str,
    *,
    trial: LetterTrial,
    player: Player,
    by: Actor,
    at: datetime,
) -> ReviewAct | Blocked | Refusal:
    """The publisher publishes exactly the definition that was submitted and agreed; `trial` tries its letters,
    `player` plays its examples."""
    _locked(session, submission)
    if refusal := may_decide(session, submission, "publisher", by) or _too_long(comment):
        return refusal
    today = local_date(at)
    if submission.effective_from is not None and submission.effective_from < today:
        return Refusal("reviews.effective_day_passed")
    definition = compiled_by_digest(session, submission.digest).definition
    if found := errors_in(session, definition, trial, player, at):
        return Blocked(found)
    version = _published(session, submission, definition, by, at)
    if not isinstance(version, Version):
        return Blocked(version)
    assert version.digest == submission.digest, "what is published is what was agreed"
    submission.draft.state = "published"
    keep_uses(session, submission.draft, version)
    return _done(session, submission, "published", comment, by=by, at=at, version=version)


def may_decide(session: Session, submission: Submission, role: str, by: Actor) -> Refusal | None:
    """Why this person cannot do the act of that role now; None: nothing is in the way."""
    if submission.waits_for != role:
        return Refusal("reviews.not_at_this_act" if submission.waits_for else "reviews.decided_already")
    if not by.holds(role):
        return Refusal("reviews.not_your_role")
    if by.account_id in _writers(session, submission.draft) | {submission.account_id}:
        return Refusal("reviews.own_work")
    agreed = submission.act("agreed")
    if agreed is not None and agreed.account_id == by.account_id:
        return Refusal("reviews.controlled_it")
    return None


def _writers(session: Session, draft: Draft) -> set[int | None]:
    """Whoever saved anything in the draft: nobody judges their own words."""
    saved = select(DraftSave.account_id).where(DraftSave.draft_id == draft.id).distinct()
    return set(session.scalars(saved)) - {None}


def _locked(session: Session, submission: Submission) -> None:
    """The draft's row is what all acts on it take turns at."""
    session.flush()
    locked(session, submission.draft)
    session.refresh(submission, ["acts"])


def _too_long(comment: str) -> Refusal | None:
    return (
        Refusal("reviews.comment_too_long", {"most": LONGEST_NOTE}) if len(comment) > LONGEST_NOTE else None
    )


def _published(
    session: Session, submission: Submission, definition: Definition, by: Actor, at: datetime
) -> Version | tuple[Finding, ...]:
    return publish(
        session,
        definition,
        by=by,
        at=at,
        basis=Basis(submission.basis_number, submission.basis_signed_on, submission.basis_file),
        effective_from=submission.effective_from or local_date(at),
        note=submission.note,
        transition=TransitionClause.of(submission),
    )


def _done(
    session: Session,
    submission: Submission,
    act: str,
    comment: str,
    *,
    by: Actor,
    at: datetime,
    version: Version | None = None,
) -> ReviewAct:
    assert by.account_id is not None, "a person decides"
    done = ReviewAct(
        act=act,
        comment=comment.strip(),
        version=version,
        acted_at=at,
        account_id=by.account_id,
        acted_by=by.name,
    )
    submission.acts.append(done)
    session.flush()
    record(
        session,
        f"draft.{act}",
        by=by,
        at=at,
        kind="draft",
        key=str(submission.draft_id),
        submission=submission.id,
        digest=submission.digest,
    )
    return done
