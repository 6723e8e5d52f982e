"""Papers of an application: which are needed by what was said, and the files that were attached for them."""

from typing import Any, cast

from flask import Response, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from common.web import citizens, current_actor, now, problems_page, session, surroundings, takes_files
from runtime import applications, filing, queries, uploading
from runtime.models.applications import Application
from runtime.models.papers import Document
from runtime.views.attaching import attached
from runtime.views.components import needed_papers
from runtime.views.flashes import flash_refusal
from runtime.views.found import compiled_of, found, open_application, own_application
from runtime.views.portal.applications import frame
from runtime.views.portal.blueprint import portal
from runtime.views.portal.route import PAPERS
from runtime.views.quoting import components_of_quote, quote_of


@portal.get("/applications/<int:number>/papers")
@citizens
def papers(number: int) -> str:
    return render_template("portal/papers.html", **_page(open_application(number)))


@portal.post("/applications/<int:number>/papers/<component>")
@citizens
@takes_files
def attach_paper(number: int, component: str) -> Response:
    here = own_application(number)
    kept = attached(here, component)
    if isinstance(kept, Document):
        flash(_("Đã đính kèm «%(name)s».", name=kept.name), "success")
        return cast(Response, redirect(url_for("portal.papers", number=number) + f"#paper-{component}", 303))
    return problems_page("portal/papers.html", [kept], wrong=component, **_page(here))


@portal.post("/applications/<int:number>/documents/<int:document>/removal")
@citizens
def detach_paper(number: int, document: int) -> Response:
    here = own_application(number)
    paper = found(queries.document_for(session(), document, current_actor()))
    if paper.application_id != here.id:
        abort(404)
    if refusal := filing.closed(session(), here):
        flash_refusal(refusal)
    else:
        applications.detach(session(), here, paper, by=current_actor(), at=now())
        flash(_("Đã bỏ tệp «%(name)s».", name=paper.name), "success")
    return cast(Response, redirect(url_for("portal.papers", number=number), 303))


def _page(here: Application) -> dict[str, Any]:
    quoted = quote_of(here)
    documents = applications.documents_of(session(), here.id)
    return {
        "needs": needed_papers(compiled_of(here), here.case_type, components_of_quote(quoted), documents),
        "is_settled": quoted is not None,
        "megabytes": surroundings().settings.upload_megabytes,
        "unfinished": uploading.unfinished_of(session(), here),
        **frame(here, PAPERS),
    }
