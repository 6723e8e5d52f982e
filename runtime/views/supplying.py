"""What an applicant still owes: the notice, papers and answers in reply to it, and handing it all in.

The applicant does it on the portal, reception for somebody at the counter: `door` is the blueprint's name.
"""

import re
from collections.abc import Collection
from dataclasses import replace
from typing import Any, cast

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from common.problems import Problem, Refusal
from common.web import current_actor, now, problems_page, session, surroundings
from form_builder.form import Form
from form_builder.pages import Reply
from runtime import applications, dossiers, queries, uploading
from runtime.judging import judged_filing
from runtime.models.dossiers import Dossier
from runtime.models.papers import Document
from runtime.queries import DossierView
from runtime.views.attaching import attached
from runtime.views.computed import with_amounts_of
from runtime.views.enclosing import taking_files, with_files
from runtime.views.form_pages import checked, part_of, shown_whole, shown_whole_again, taken_whole
from runtime.views.found import own_dossier
from runtime.views.once import is_done, posted_once
from runtime.views.tus import announced

PAGE = "dossier/supplement.html"


def show(door: str, number: str) -> str:
    return render_template(PAGE, **_page(door, _awaiting(number)))


def attach(door: str, number: str) -> Response:
    view = _awaiting(number)
    kept = attached(view.application, request.form.get("component", ""), sent=True)
    if isinstance(kept, Document):
        flash(_("Đã đính kèm «%(name)s». Khi đủ, bấm «Gửi bổ sung».", name=kept.name), "success")
        return cast(Response, redirect(url_for(f"{door}.supplement", number=number), 303))
    return problems_page(PAGE, [kept], **_page(door, view))


def begin_upload(door: str, number: str) -> Response:
    """Announces a file that is sent in pieces; `door` says who may."""
    return announced(_awaiting(number).application)


def answer(door: str, number: str) -> Response:
    view = own_dossier(number)
    if is_done(view.dossier):
        return _given(door, number)
    if view.dossier.status != "awaiting_supplement":
        abort(404)
    reply = _taken(view)
    if reply.unfinished or reply.problems:
        return problems_page(PAGE, status=200 if reply.unfinished else 422, **_page(door, view, reply))
    changed = None if reply.answers == view.answers else reply.answers
    given: Any = dossiers.answer_supplement(
        session(), view.dossier, answers=changed, once=posted_once(), by=current_actor(), at=now()
    )
    if not isinstance(given, Dossier):
        problems: list[Problem | Refusal] = [given] if isinstance(given, Refusal) else list(given)
        return problems_page(PAGE, problems, **_page(door, view, reply))
    return _given(door, number)


def _given(door: str, number: str) -> Response:
    flash(_("Đã gửi bổ sung. Việc giải quyết hồ sơ được tiếp tục."), "success")
    return cast(Response, redirect(url_for(f"{door}.dossier", number=number), 303))


def check(door: str, number: str) -> Response:
    view = _awaiting(number)
    reply = _taken(view, judged=False)
    fields = with_amounts_of(reply.page, view.dossier, reply.answers)
    fields = with_files(fields, view.application, _uploads(door, number))
    return checked("dossier/_supplement_fields.html", fields, number=number, door=door)


def _taken(view: DossierView, *, judged: bool = True) -> Reply:
    """What was posted for the questions that are open. What else these answers make wrong is opened, too."""
    form, stored = _form(view), view.answers or {}
    posted, troubles = taking_files(form, view.application)
    reply = taken_whole(form, stored, judged=judged, posted=posted, troubles=troubles)
    further = set() if reply.problems else _made_wrong(view, reply) - {field.key for field in form.fields}
    if not further:
        return reply
    wider = _form(view, further)
    if any(re.split(r"[.-]", name)[0] in further for name in request.form):
        return taken_whole(wider, stored, judged=judged)
    page = shown_whole_again(wider, reply.answers)
    return replace(reply, page=page, problems=tuple(problem for _anchor, problem in page.summary))


def _made_wrong(view: DossierView, reply: Reply) -> set[str]:
    """The questions, by key, with which something is wrong when everything is judged together."""
    said = judged_filing(session(), view.dossier, reply.answers)
    return {problem.where.partition(".")[0] for problem in said} if isinstance(said, tuple) else set()


def _awaiting(number: str) -> DossierView:
    """The dossier while a supplement is owed; else there is no such page."""
    view = own_dossier(number)
    if "answer_supplement" not in view.acts:
        abort(404)
    return view


def _uploads(door: str, number: str) -> str:
    return url_for(f"{door}.begin_supplement_upload", number=number)


def _form(view: DossierView, further: Collection[str] = ()) -> Form:
    """The questions that are open: those the office asked for and `further` ones; all where it named none."""
    whole = view.compiled.form_at("filing", view.dossier.case_type)
    return part_of(whole, frozenset((*view.state.asked, *further))) if view.state.asked else whole


def _page(door: str, view: DossierView, reply: Reply | None = None) -> dict[str, Any]:
    history = queries.history_of(session(), view)
    asked = [each for each in history if each.status == "awaiting_supplement" and each.reason][-1:]
    documents = applications.documents_of(session(), view.application.id)
    letters = queries.letters_of(session(), view.dossier)
    kind = view.compiled.case_type(view.dossier.case_type)
    rules = {rule.name: rule for rule in view.compiled.rules.rules}
    fields = reply.page if reply else shown_whole(_form(view), view.answers or {})
    return {
        "door": door,
        "view": view,
        "number": view.dossier.filing_number,
        "asked": asked[0] if asked else None,
        "page": with_files(
            with_amounts_of(fields, view.dossier, reply.answers if reply else {}),
            view.application,
            _uploads(door, view.dossier.filing_number),
        ),
        "unfolded": reply is not None or bool(view.state.asked),
        "components": [rules[name] for name in (kind.components if kind else ())],
        "documents": [paper for paper in documents if asked and paper.uploaded_at >= asked[0].at],
        "letters": [letter for letter in letters if letter.kind == "supplement_request"],
        "megabytes": surroundings().settings.upload_megabytes,
        "unfinished": uploading.unfinished_of(session(), view.application),
    }
