"""The first of three acts: an author asks that a draft be published, exactly as it stands now."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from common.audit import record
from common.clock import local_date
from common.db import locked
from common.identity.actor import Actor
from common.problems import Finding, Problem, Refusal
from designer.drafts import files_of
from designer.models import Draft
from designer.reading import definition_of_draft
from designer.reviews.models import Submission
from designer.reviews.results import findings_in, keep
from procedure_library.codec import digest
from procedure_library.definition import Definition
from procedure_library.letter_press import LetterTrial
from procedure_library.playing import Player
from procedure_library.publishing import LONGEST_NUMBER, store
from procedure_library.queries import standing_versions
from procedure_library.transition import NOTHING_SAID, TransitionClause

LONGEST_NOTE = 4000


@dataclass(frozen=True, slots=True)
class Request:
    """What an author says of the version to be.

    `basis_file` is the digest of the scanned decision among the stored files, "" when none was sent.
    `effective_from` None: from the day of publication. `note` is read by officials. `transition` is the clause about
    dossiers under way.
    """

    basis_number: str
    basis_signed_on: date
    basis_file: str
    effective_from: date | None = None
    note: str = ""
    transition: TransitionClause = NOTHING_SAID


@dataclass(frozen=True, slots=True)
class Blocked:
    """The draft has errors: the definition cannot be published as it is."""

    findings: tuple[Finding, ...]


def submit(
    session: Session,
    draft: Draft,
    request: Request,
    *,
    trial: LetterTrial,
    player: Player,
    by: Actor,
    at: datetime,
) -> Submission | Blocked | tuple[Problem, ...] | Refusal:
    """Freezes the draft and hands it to the controllers; Blocked when it has errors, Problems in the request.

    `trial` tries its letters, `player` plays the courses of its examples. What was worked out is kept for whoever
    reads the review.
    """
    locked(session, draft)
    if draft.state != "open":
        return Refusal("drafts.not_open")
    if problems := tuple(_problems(request, local_date(at))):
        return problems
    definition = definition_of_draft(files_of(session, draft))
    if not isinstance(definition, Definition):
        return Blocked(definition)
    found = findings_in(session, definition, trial, player, at)
    if errors := _errors(found):
        return Blocked(errors)
    if _says_nothing_new(session, definition):
        return Refusal("reviews.nothing_changed")
    submission = _submission(draft, request, store(session, definition, at=at), by, at)
    draft.state = "in_review"
    session.add(submission)
    session.flush()
    record(
        session,
        "draft.submitted",
        by=by,
        at=at,
        kind="draft",
        key=str(draft.id),
        submission=submission.id,
        procedure=draft.procedure_key,
        digest=submission.digest,
    )
    keep(session, definition, found, at=at)
    return submission


def errors_in(
    session: Session, definition: Definition, trial: LetterTrial, player: Player, at: datetime
) -> tuple[Finding, ...]:
    """What forbids publishing it today."""
    return _errors(findings_in(session, definition, trial, player, at))


def _errors(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if finding.severity == "error")


def _problems(request: Request, today: date) -> list[Problem]:
    problems = []
    if not request.basis_number.strip():
        problems.append(Problem("reviews.without_basis", "basis_number"))
    if len(request.basis_number) > LONGEST_NUMBER:
        problems.append(Problem("reviews.basis_too_long", "basis_number", {"most": LONGEST_NUMBER}))
    if request.basis_signed_on > today:
        problems.append(Problem("reviews.basis_not_signed_yet", "basis_signed_on"))
    if not request.basis_file:
        problems.append(Problem("reviews.without_file", "basis_file"))
    if request.effective_from is not None and request.effective_from < today:
        problems.append(Problem("reviews.effective_in_the_past", "effective_from"))
    problems += problems_of(request.transition)
    if len(request.note) > LONGEST_NOTE:
        problems.append(Problem("reviews.note_too_long", "note", {"most": LONGEST_NOTE}))
    return problems


def problems_of(clause: TransitionClause) -> list[Problem]:
    """A day is asked for by one of the clauses, and by no other."""
    return [] if clause.is_whole else [Problem("reviews.transition_day", "transition_before")]


def _says_nothing_new(session: Session, definition: Definition) -> bool:
    newest = next(iter(standing_versions(session, definition.key)), None)
    return newest is not None and newest.digest == digest(definition)


def _submission(draft: Draft, request: Request, stored: str, by: Actor, at: datetime) -> Submission:
    assert by.account_id is not None, "a person submits"
    return Submission(
        draft=draft,
        digest=stored,
        basis_number=request.basis_number.strip(),
        basis_signed_on=request.basis_signed_on,
        basis_file=request.basis_file,
        effective_from=request.effective_from,
        transition=request.transition.rule,
        transition_before=request.transition.before,
        note=request.note.strip(),
        submitted_at=at,
        account_id=by.account_id,
        submitted_by=by.name,
    )
