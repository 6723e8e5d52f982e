"""The second and third act: what waits for me, one submission in full, agreeing, returning, publishing."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Response, abort, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _

from common.clock import local_date
from common.i18n import message_in_language
from common.identity.administration.forms import blame
from common.messages import word
from common.problems import Finding, Problem, Refusal
from common.web import current_actor, language, now, officials, session
from designer.draft_list import rows_of
from designer.reviews.deciding import agree, may_decide, publish_submission, recall, send_back
from designer.reviews.models import ReviewAct, Submission
from designer.reviews.queries import submitted_by, waiting_for
from designer.reviews.results import findings_in, keep, results_of
from designer.reviews.submitting import Blocked
from designer.side_by_side import beside
from designer.told_changes import told
from designer.views.blueprint import designer, keepers, writers
from designer.views.places import linked
from designer.views.press import counting, letter_trial, player
from designer.views.rule_proofs import one_at_a_time
from designer.views.submission_form import CommentForm
from procedure_library.compare import compare
from procedure_library.models import Version
from procedure_library.queries import (
    compiled_by_digest,
    definition_of,
    last_version,
    standing_versions,
    versions_of,
)
from procedure_library.transition import TransitionClause

Done = ReviewAct | Blocked | Refusal
controllers = officials("procedure_controller")
publishers = officials("publisher")
deciders = officials("procedure_controller", "publisher")


@designer.get("/reviews")
@keepers
def reviews() -> str:
    waiting, mine = waiting_for(session(), current_actor()), submitted_by(session(), current_actor())
    drafts = {each.draft_id: each.draft for each in (*waiting, *mine)}
    rows = {row.draft.id: row for row in rows_of(session(), drafts.values())} if drafts else {}
    return render_template("designer/reviews.html", waiting=waiting, mine=mine, rows=rows)


@designer.get("/reviews/<int:number>")
@keepers
def review(number: int) -> Response:
    return _page(_submission(number), CommentForm(formdata=None))


@designer.post("/reviews/<int:number>/results")
@keepers
def work_out_results(number: int) -> Response:
    """Checks, proofs, examples and letters anew: what they depend on may have changed since."""
    definition = compiled_by_digest(session(), _submission(number).digest).definition
    with one_at_a_time():
        found = findings_in(session(), definition, letter_trial(), player(), now())
        keep(session(), definition, found, at=now())
    return make_response(redirect(url_for("designer.review", number=number, _anchor="findings"), 303))


@designer.post("/reviews/<int:number>/agreement")
@controllers
def agree_to_submission(number: int) -> Response:
    def act(submission: Submission, comment: str) -> Done:
        return agree(session(), submission, comment, by=current_actor(), at=now())

    return _decided(number, act, _("Đã đồng ý. Bản này chuyển đến người công bố."))


@designer.post("/reviews/<int:number>/return")
@deciders
def return_submission(number: int) -> Response:
    def act(submission: Submission, comment: str) -> Done:
        return send_back(session(), submission, comment, by=current_actor(), at=now())

    return _decided(number, act, _("Đã trả lại người soạn kèm ý kiến."))


@designer.post("/reviews/<int:number>/publication")
@publishers
def publish_reviewed(number: int) -> Response:
    def act(submission: Submission, comment: str) -> Done:
        return publish_submission(
            session(),
            submission,
            comment,
            trial=letter_trial(),
            player=player(),
            by=current_actor(),
            at=now(),
        )

    return _decided(number, act, _("Đã công bố."))


@designer.post("/reviews/<int:number>/recall")
@writers
def recall_submission(number: int) -> Response:
    def act(submission: Submission, _comment: str) -> Done:
        return recall(session(), submission, by=current_actor(), at=now())

    return _decided(number, act, _("Đã rút lại. Bản soạn thảo sửa được tiếp."))


def _decided(number: int, act: Callable[[Submission, str], Done], words: str) -> Response:
    submission, form = _submission(number), CommentForm()
    if not form.validate():
        return _page(submission, form, status=422)
    answer = act(submission, form.comment.data or "")
    if isinstance(answer, Refusal) and answer.code == "reviews.return_without_comment":
        blame(form, [Problem(answer.code, "comment")], message_in_language)
        return _page(submission, form, status=422)
    if isinstance(answer, Refusal):
        return _page(submission, form, status=422, problems=[answer])
    if isinstance(answer, Blocked):
        return _page(submission, form, status=422, findings=answer.findings)
    flash(words, "success")
    return make_response(redirect(url_for("designer.review", number=number), 303))


def _page(
    submission: Submission,
    form: CommentForm,
    *,
    status: int = 200,
    findings: tuple[Finding, ...] = (),
    **more: Any,
) -> Response:
    """The page with `findings`, or with what the checks say."""
    definition = compiled_by_digest(session(), submission.digest).definition
    results = results_of(session(), definition, now())
    found = findings or (results.findings if results else ())
    in_force = _before(submission, definition.key, submission.effective_from or local_date(now()))
    before = definition_of(session(), in_force.id).definition if in_force else None
    body = render_template(
        "designer/review.html",
        submission=submission,
        definition=definition,
        results=results,
        found=linked(submission.draft_id, found, definition),
        in_force=in_force,
        changes=told(compare(before, definition), before, definition, language()) if before else None,
        steps=beside(before, definition) if before else (),
        versions={each.id: each for each in versions_of(session(), definition.key)},
        way=counting()(session(), definition.key),
        question=lambda asked: word(f"@rules.question.{asked}", language()),
        refusal=_in_the_way(submission),
        notes=_notes(submission, definition.key),
        clause=TransitionClause.of(submission),
        form=form,
        **more,
    )
    return make_response(body, status)


def _before(submission: Submission, key: str, on: date) -> Version | None:
    """The version in force on the first day; once this one is published, the one that it followed."""
    published = submission.act("published")
    if published is None or published.version is None:
        return last_version(session(), key, on)
    number = published.version.number
    return next((each for each in standing_versions(session(), key) if each.number < number), None)


def _in_the_way(submission: Submission) -> Refusal | None:
    """Why this visitor cannot do the next act; None: they can, or it is decided."""
    if submission.waits_for is None:
        return None
    return may_decide(session(), submission, submission.waits_for, current_actor())


def _notes(submission: Submission, key: str) -> dict[str, Version | None]:
    """Versions that the reader must know of: one published since the draft began, one that follows it."""
    newest = next(iter(standing_versions(session(), key)), None)
    based = submission.draft.based_on
    moved = newest if newest and newest != based and submission.waits_for else None
    first = submission.effective_from or local_date(now())
    later = newest if newest and newest.effective_from > first and submission.waits_for else None
    return {"moved": moved, "later": later}


def _submission(number: int) -> Submission:
    return session().get(Submission, number) or abort(404)
