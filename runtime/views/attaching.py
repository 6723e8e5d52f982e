"""Files that a person sends for a component: hostile until their content is proved."""

from flask import abort, request
from werkzeug.datastructures import FileStorage

from common.problems import Problem, Refusal
from common.web import current_actor, now, session, surroundings
from runtime import applications, filing
from runtime.models.applications import Application
from runtime.models.papers import Document
from runtime.views.found import compiled_of


def attached(here: Application, component: str, *, sent: bool = False) -> Document | Problem | Refusal:
    """The posted file, kept for the component ("": for none in particular), or why not.

    `sent`: it is a supplement to what was sent already.
    """
    kind = compiled_of(here).case_type(here.case_type)
    if "file" not in request.files or (component and (kind is None or component not in kind.components)):
        abort(400)
    if not sent and (refusal := filing.closed(session(), here)):
        return refusal
    return kept(here, component, request.files["file"])


def kept(here: Application, component: str, file: FileStorage) -> Document | Problem:
    """The file in the store and on the application, or what is wrong with it."""
    return applications.attach(
        session(),
        here,
        component=component,
        name=file.filename or "",
        source=file.stream,
        limit=surroundings().settings.upload_limit,
        by=current_actor(),
        at=now(),
    )
