"""Files sent in pieces over lines that break: where they stand, their next part, and forgetting them."""

from typing import cast

from flask import Response, flash, redirect, request, url_for
from flask_babel import gettext as _

from common.problems import Problem, Refusal
from common.web import current_actor, now, session, signed_in
from runtime import filing, queries, uploading
from runtime.models.applications import Application
from runtime.models.dossiers import Dossier
from runtime.models.papers import Document
from runtime.models.uploads import Upload
from runtime.views import tus
from runtime.views.attaching import terms_of
from runtime.views.found import found, own_application
from runtime.views.portal.blueprint import portal


@portal.route("/applications/<int:number>/uploads", methods=["POST"], provide_automatic_options=False)
@signed_in
def begin_upload(number: int) -> Response:
    tus.speaks_our_version()
    here = own_application(number)
    return tus.may_announce(here) or tus.announced(here)


@portal.route("/applications/<int:number>/uploads", methods=["OPTIONS"], provide_automatic_options=False)
@signed_in
def about_uploads(number: int) -> Response:
    return tus.options()


@portal.route("/uploads/<key>", methods=["HEAD"], provide_automatic_options=False)
@signed_in
def upload(key: str) -> Response:
    """How much has come: whoever goes on begins there."""
    tus.speaks_our_version()
    here = _own(key)
    arrived = str(uploading.arrived(session(), here))
    return tus.said(200, {"Upload-Offset": arrived, "Upload-Length": str(here.length), **_document(here)})


@portal.route("/uploads/<key>", methods=["PATCH"], provide_automatic_options=False)
@signed_in
def append_upload(key: str) -> Response:
    """The next part of the file."""
    tus.speaks_our_version()
    if request.mimetype != tus.PIECES:
        return tus.said(415, {})
    here, offset = _own(key), tus.number("Upload-Offset")
    application = session().get_one(Application, here.application_id)
    added = uploading.append(
        session(),
        here,
        request.stream,
        offset=offset,
        terms=terms_of(application, here.component, here.field),
        by=current_actor(),
        at=now(),
    )
    if isinstance(added, Problem | Refusal):
        return tus.refused(added)
    if isinstance(added, Document) and not added.field:
        flash(_("Đã đính kèm «%(name)s».", name=added.name), "success")
    return tus.said(204, {"Upload-Offset": str(here.arrived), **_document(here)})


@portal.delete("/uploads/<key>")
@signed_in
def terminate_upload(key: str) -> Response:
    tus.speaks_our_version()
    uploading.cancel(session(), _own(key), by=current_actor(), at=now())
    return tus.said(204, {})


@portal.post("/uploads/<key>/removal")
@signed_in
def cancel_upload(key: str) -> Response:
    here = _own(key)
    uploading.cancel(session(), here, by=current_actor(), at=now())
    flash(_("Đã bỏ phần gửi dở của «%(name)s».", name=here.name), "success")
    return cast(Response, redirect(_page_of(here), 303))


def _own(key: str) -> Upload:
    return found(queries.upload_for(session(), key, current_actor()))


def _document(here: Upload) -> dict[str, str]:
    """Which document it has become: the page that asked for it names it in its answer."""
    document = session().get(Document, here.document_id) if here.document_id else None
    return {"Motcua-Document": document.digest} if document else {}


def _page_of(here: Upload) -> str:
    """Where the person was about to send it."""
    application = session().get_one(Application, here.application_id)
    if filing.closed(session(), application) is None:
        return url_for("portal.papers", number=application.id)
    door = "portal" if current_actor().kind == "citizen" else "desk"
    number = session().get_one(Dossier, application.dossier_id).filing_number
    return url_for(f"{door}.supplement", number=number)
