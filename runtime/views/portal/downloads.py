"""Files of a dossier leave only as downloads, to people who may see the dossier; a browser never opens them here."""

from flask import Response, abort, send_file

from common.content import EXTENSIONS
from common.web import current_actor, session, signed_in
from runtime import queries
from runtime.letters.printing import print_stored
from runtime.office import office_of
from runtime.views.found import found
from runtime.views.portal.blueprint import portal


@portal.get("/documents/<int:number>")
@signed_in
def document(number: int) -> Response:
    paper = found(queries.document_for(session(), number, current_actor()))
    return _sent(paper.digest, paper.media_type, paper.name)


@portal.get("/letters/<int:number>")
@signed_in
def letter(number: int) -> Response:
    printed = found(queries.letter_for(session(), number, current_actor()))
    if printed.digest is None:
        printed = print_stored(session(), printed.id, office_of(session()).files)
    return _sent(str(printed.digest), "application/pdf", f"{printed.kind}-{printed.id}")


def _sent(digest: str, kind: str, name: str) -> Response:
    extension = EXTENSIONS[kind]
    known = name if name.lower().endswith(f".{extension}") else f"{name}.{extension}"
    try:
        content = office_of(session()).files.open(digest)
    except FileNotFoundError:
        abort(404)
    response = send_file(content, mimetype=kind, as_attachment=True, download_name=known)
    # Whatever the file holds, it may not act in our name should a browser open it all the same.
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
