"""The first act: an author submits a draft for control, and sees what was said to earlier submissions."""

from typing import Any

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from common.clock import local_date
from common.content import PDF
from common.i18n import message_in_language
from common.identity.administration.forms import blame
from common.problems import Finding, Problem, Refusal
from common.web import current_actor, now, session, surroundings
from designer.drafts import files_of
from designer.models import Draft
from designer.reading import definition_of_draft
from designer.reading import findings as checked
from designer.reviews.models import Submission
from designer.reviews.queries import last_submission, returned, submissions_of
from designer.reviews.submitting import Blocked, Request, problems_of, submit
from designer.views.around import around
from designer.views.blueprint import designer, keepers, writers
from designer.views.draft_pages import draft_numbered, frame
from designer.views.offered_remedies import offered
from designer.views.places import linked
from designer.views.press import letter_trial, player
from designer.views.publications import files
from designer.views.submission_form import SubmissionForm
from procedure_library.reference import calendar_for
from procedure_library.transition import TransitionClause


@designer.get("/drafts/<int:number>/submission")
@keepers
def draft_submission(number: int) -> Response:
    shown = draft_numbered(number)
    last = last_submission(session(), shown)
    # What was asked for is asked for again, unless it is changed; only the scan is chosen anew.
    return _page(shown, SubmissionForm(formdata=None, obj=last))


@designer.post("/drafts/<int:number>/submissions")
@writers
def submit_draft(number: int) -> Response:
    shown, form = draft_numbered(number), SubmissionForm()
    if not form.validate():
        if not form.transition_before.errors:
            blame(form, problems_of(_clause(form)), message_in_language)
        return _page(shown, form, status=422)
    scan = _scan()
    if isinstance(scan, Problem):
        blame(form, [scan], message_in_language)
        return _page(shown, form, status=422)
    answer = submit(
        session(),
        shown,
        _request(form, scan),
        trial=letter_trial(),
        player=player(),
        by=current_actor(),
        at=now(),
    )
    if isinstance(answer, Submission):
        flash(_("Đã trình. Người kiểm soát thủ tục sẽ xem bản này."), "success")
        return make_response(redirect(url_for("designer.review", number=answer.id), 303))
    if isinstance(answer, Blocked):
        return _page(shown, form, status=422, findings=answer.findings)
    if isinstance(answer, Refusal):
        return _page(shown, form, status=422, problems=[answer])
    blame(form, answer, message_in_language)
    return _page(shown, form, status=422)


def _page(
    shown: Draft,
    form: SubmissionForm,
    *,
    status: int = 200,
    findings: tuple[Finding, ...] = (),
    **more: Any,
) -> Response:
    """The page with `findings`, or with what the checks say."""
    content = files_of(session(), shown)
    found = findings or checked(content, calendar_for(session(), local_date(now())), around)
    definition = definition_of_draft(content)
    body = render_template(
        "designer/submission.html",
        **frame(shown),
        form=form,
        found=linked(shown.id, found, definition),
        remedies=offered(shown, found, definition, "draft_submission"),
        blocked=any(finding.severity == "error" for finding in found),
        submissions=submissions_of(session(), shown),
        returned=returned(session(), shown),
        **more,
    )
    return make_response(body, status)


def _scan() -> str | Problem:
    """The digest of the scanned decision as it is kept; a Problem when it is no PDF."""
    sent = request.files["basis_file"]
    limit = surroundings().settings.upload_limit
    stored = files().take_upload(sent.stream, limit=limit, where="basis_file")
    if isinstance(stored, Problem):
        return stored
    return stored.digest if stored.kind == PDF else Problem("reviews.file_not_pdf", "basis_file")


def _request(form: SubmissionForm, scan: str) -> Request:
    return Request(
        basis_number=form.basis_number.data,
        basis_signed_on=form.basis_signed_on.data,
        basis_file=scan,
        effective_from=form.effective_from.data,
        note=form.note.data,
        transition=_clause(form),
    )


def _clause(form: SubmissionForm) -> TransitionClause:
    return TransitionClause(form.transition.data, form.transition_before.data)
