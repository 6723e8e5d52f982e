"""What the applicant still owes: the notice, papers and answers in reply to it, and handing it all in."""

from typing import Any, cast

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from common.problems import Problem, Refusal
from common.web import citizens, current_actor, now, problems_page, session, surroundings
from runtime import applications, dossiers, queries
from runtime.models.dossiers import Dossier
from runtime.models.papers import Document
from runtime.queries import DossierView
from runtime.views.form_pages import shown_whole, taken_whole
from runtime.views.found import own_dossier
from runtime.views.portal.blueprint import portal
from runtime.views.portal.papers import attached


@portal.get("/my/dossiers/<number>/supplement")
@citizens
def supplement(number: str) -> str:
    view = _awaiting(number)
    return render_template("portal/supplement.html", **_page(view))


@portal.post("/my/dossiers/<number>/supplement/papers")
@citizens
def attach_supplement(number: str) -> Response:
    view = _awaiting(number)
    kept = attached(view.application, request.form.get("component", ""), sent=True)
    if isinstance(kept, Document):
        flash(_("Đã đính kèm «%(name)s». Khi đủ, bấm «Gửi bổ sung».", name=kept.name), "success")
        return cast(Response, redirect(url_for("portal.supplement", number=number), 303))
    return problems_page("portal/supplement.html", [kept], **_page(view))


@portal.post("/my/dossiers/<number>/supplement")
@citizens
def answer_supplement(number: str) -> Response:
    view = _awaiting(number)
    reply = taken_whole(_schema(view), view.answers or {})
    if reply.unfinished or reply.problems:
        status = 200 if reply.unfinished else 422
        return problems_page("portal/supplement.html", status=status, **_page(view, reply.page))
    changed = reply.answers if reply.answers != view.answers else None
    done: Any = dossiers.answer_supplement(
        session(), view.dossier, answers=changed, by=current_actor(), at=now()
    )
    if not isinstance(done, Dossier):
        problems = [done] if isinstance(done, Refusal) else done
        return problems_page("portal/supplement.html", problems, **_page(view, reply.page))
    flash(_("Đã gửi bổ sung. Cơ quan tiếp tục giải quyết hồ sơ."), "success")
    return cast(Response, redirect(url_for("portal.dossier", number=number), 303))


@portal.post("/my/dossiers/<number>/supplement/check")
@citizens
def check_supplement(number: str) -> str:
    view = _awaiting(number)
    reply = taken_whole(_schema(view), view.answers or {}, judged=False)
    return render_template("portal/_supplement_fields.html", page=reply.page, view=view)


def _awaiting(number: str) -> DossierView:
    """The dossier while the applicant owes a supplement; else there is no such page."""
    view = own_dossier(number)
    if "answer_supplement" not in view.acts:
        abort(404)
    return view


def _schema(view: DossierView) -> Any:
    return view.compiled.schema_at("filing", view.dossier.case_type)


def _page(view: DossierView, page: Any = None) -> dict[str, Any]:
    history = queries.history_of(session(), view)
    asked = [each for each in history if each.status == "awaiting_supplement" and each.reason]
    kind = view.compiled.case_type(view.dossier.case_type)
    rules = {rule.name: rule for rule in view.compiled.rules.rules}
    return {
        "view": view,
        "asked": asked[-1] if asked else None,
        "page": page or shown_whole(_schema(view), view.answers or {}),
        "components": [rules[name] for name in (kind.components if kind else ())],
        "documents": [
            document
            for document in applications.documents_of(session(), view.application.id)
            if asked and document.uploaded_at >= asked[-1].at
        ],
        "letters": [l for l in queries.letters_of(session(), view.dossier) if l.kind == "supplement_request"],
        "megabytes": surroundings().settings.upload_megabytes,
    }
