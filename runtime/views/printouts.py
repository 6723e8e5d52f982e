"""The filled-in application to print or keep: a download, by whoever may see the application or the dossier."""

from flask import Response, make_response, request

from common.i18n import language
from common.text import LANGUAGES
from common.web import now, session
from runtime import filing
from runtime.letters.application import printed_as_sent, printed_unsent
from runtime.models.applications import Application
from runtime.models.dossiers import Dossier
from runtime.views.found import found


def of_application(here: Application) -> Response:
    """What is kept of it while it can be changed; then what was sent."""
    if filing.closed(session(), here):
        return of_dossier(session().get_one(Dossier, here.dossier_id))
    pdf = printed_unsent(session(), here, _wanted(), at=now())
    return _downloaded(pdf, f"{here.procedure_key}-{here.id}")


def of_dossier(dossier: Dossier) -> Response:
    """What was sent last; 404 once it was erased."""
    pdf = found(printed_as_sent(session(), dossier, _wanted()))
    return _downloaded(pdf, dossier.code or dossier.filing_number)


def _wanted() -> str:
    """The language of the page, or the other one where the link says so: the Vietnamese paper is the official one."""
    asked = request.args.get("in", "")
    return asked if asked in LANGUAGES else language()


def _downloaded(pdf: bytes, name: str) -> Response:
    response = make_response(pdf)
    response.mimetype = "application/pdf"
    response.headers.set("Content-Disposition", "attachment", filename=f"don-{name}.pdf")
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "no-store"
    return response
