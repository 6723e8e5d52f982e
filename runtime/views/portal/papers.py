"""Papers of an application: which are needed by what was said, and the files that were attached for them."""

from typing import Any, cast

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from common.problems import Problem, Refusal
from common.web import citizens, current_actor, now, problems_page, session, surroundings
from runtime import applications, filing, queries
from runtime.models.applications import Application
from runtime.quotes import quote
from runtime.views.answers import flash_refusal
from runtime.views.components import needed_papers
from runtime.views.found import compiled_of, found, own_application
from runtime.views.portal.applications import frame
from runtime.views.portal.blueprint import portal
from runtime.views.portal.route import PAPERS, stage_after


@portal.get("/applications/<int:number>/papers")
@citizens
def papers(number: int) -> str:
    here = own_application(number)
    return render_template("portal/papers.html", **_papers(here), **frame(here, PAPERS))


@portal.post("/applications/<int:number>/papers/<component>")
@citizens
def attach_paper(number: int, component: str) -> Response:
    here = own_application(number)
    problems = _attached(here, component)
    if problems:
        return problems_page("portal/papers.html", problems, **_papers(here), **frame(here, PAPERS))
    return cast(Response, redirect(url_for("portal.papers", number=number) + f"#paper-{component}", 303))


@portal.post("/applications/<int:number>/documents/<int:document>/removal")
@citizens
def detach_paper(number: int, document: int) -> Response:
    here = own_application(number)
    paper = found(queries.document_for(session(), document, current_actor()))
    if refusal := filing.closed(session(), here):
        flash_refusal(refusal)
    elif paper.application_id == here.id:
        applications.detach(session(), here, paper, by=current_actor(), at=now())
        flash(_("Đã bỏ tệp «%(name)s».", name=paper.name), "success")
    return cast(Response, redirect(url_for("portal.papers", number=number), 303))


def _attached(here: Application, component: str) -> list[Problem | Refusal]:
    """What is wrong with the files that were sent; those that are right are kept."""
    if component not in {rule.name for rule in compiled_of(here).rules.rules}:
        found(None)
    if refusal := filing.closed(session(), here):
        return [refusal]
    files = [file for file in request.files.getlist("files") if file.filename]
    if not files:
        return [Problem("files.none_chosen", f"paper-{component}")]
    ...


def _papers(here: Application) -> dict[str, Any]:
    ...
