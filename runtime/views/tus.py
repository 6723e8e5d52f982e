"""The words of the tus protocol, version 1.0.0 (https://tus.io/protocols/resumable-upload): headers and statuses.

Answers are plain text: what is wrong is read out by the page that sends the file.
"""

import re
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Mapping

from flask import Response, abort, request, url_for

from common.i18n import language
from common.messages import message_of
from common.problems import Problem, Refusal
from common.web import current_actor, now, session, surroundings
from runtime import filing, uploading
from runtime.models.applications import Application
from runtime.models.uploads import Upload
from runtime.uploading import Announced
from runtime.views.attaching import terms_of

VERSION = "1.0.0"
EXTENSIONS = "creation,termination"
PIECES = "application/offset+octet-stream"
LONGEST_LENGTH = 15
DIGEST = re.compile(r"[0-9a-f]{64}")
STATUSES = {
    "files.too_large": 413,
    "uploads.too_many": 429,
    "uploads.busy": 423,
    "uploads.elsewhere": 409,
}


def announced(here: Application) -> Response:
    """Creates an upload for the application from the headers of the request; the answer says where to send it."""
    told = _metadata(request.headers.get("Upload-Metadata", ""))
    terms = terms_of(here, told.get("component", ""), told.get("field", ""))
    file = Announced(told.get("filename", ""), number("Upload-Length"), told.get("digest", ""))
    if file.promised and not DIGEST.fullmatch(file.promised):
        abort(400)
    begun = uploading.begin(session(), here, file, terms=terms, by=current_actor(), at=now())
    if not isinstance(begun, Upload):
        return refused(begun)
    return said(201, {"Location": url_for("portal.upload", key=begun.key)})


def may_announce(here: Application) -> Response | None:
    """The refusal, where the application's own pages no longer take papers."""
    refusal = filing.closed(session(), here)
    return refused(refusal) if refusal else None


def options() -> Response:
    """What is spoken here."""
    most = str(surroundings().settings.upload_limit)
    return said(204, {"Tus-Version": VERSION, "Tus-Extension": EXTENSIONS, "Tus-Max-Size": most})


def said(status: int, headers: Mapping[str, str], words: str = "") -> Response:
    """An answer in the words of the protocol; nobody may keep it for later."""
    known = {"Tus-Resumable": VERSION, "Cache-Control": "no-store", **headers}
    return Response(words, status, headers=known, mimetype="text/plain")


def refused(why: Problem | Refusal) -> Response:
    return said(STATUSES.get(why.code, 422), {}, message_of(why, language()).whole)


def number(header: str) -> int:
    """A length or an offset; 400 when the request tells none."""
    text = request.headers.get(header, "")
    if not (text.isascii() and text.isdigit()) or len(text) > LONGEST_LENGTH:
        abort(400)
    return int(text)


def speaks_our_version() -> None:
    """412 for whoever speaks another one, as the protocol wants it."""
    if request.headers.get("Tus-Resumable") != VERSION:
        abort(said(412, {"Tus-Version": VERSION}))


def _metadata(header: str) -> dict[str, str]:
    """`key base64, key base64`: texts, as every browser sends them; 400 when they are none."""
    pairs = (part.split(" ") for part in header.split(",") if part)
    try:
        return {pair[0]: b64decode("".join(pair[1:2]), validate=True).decode() for pair in pairs}
    except (NotBase64, UnicodeDecodeError):
        abort(400)
