"""Files that a person sends for a component: hostile until their content is proved."""

from flask import abort, request
from werkzeug.datastructures import FileStorage

from common.problems import Problem, Refusal
from common.web import current_actor, now, session, surroundings
from runtime import applications, enclosures, filing
from runtime.models.applications import Application
from runtime.models.papers import Document
from runtime.taking import Terms
from runtime.views.found import compiled_of


def terms_of(here: Application, component: str, field: str = "") -> Terms:
    """What is taken for the component ("": for none in particular), or for a question of the form that asks for
    files; 400 when the case type has no such."""
    kind = compiled_of(here).case_type(here.case_type)
    if field:
        return _asked(here, field)
    if component and (kind is None or component not in kind.components):
        abort(400)
    return Terms(component, surroundings().settings.upload_limit)


def _asked(here: Application, path: str) -> Terms:
    field = compiled_of(here).form_at("filing", here.case_type).field_at(path)
    if field is None or field.kind != "document":
        abort(400)
    return enclosures.terms_of(field, surroundings().settings.upload_limit)


def attached(here: Application, component: str, *, sent: bool = False) -> Document | Problem | Refusal:
    """The posted file, kept for the component ("": for none in particular), or why not.

    `sent`: it is a supplement to what was sent already.
    """
    terms = terms_of(here, component)
    if "file" not in request.files:
        abort(400)
    if not sent and (refusal := filing.closed(session(), here)):
        return refusal
    # A browser sends a nameless, empty file where none was chosen.
    if not request.files["file"].filename:
        return Problem("files.none", terms.where)
    return kept(here, terms, request.files["file"])


def kept(here: Application, terms: Terms, file: FileStorage) -> Document | Problem | Refusal:
    """The file in the store and on the application, or what is wrong with it."""
    return applications.attach(
        session(),
        here,
        component=terms.component,
        field=terms.field,
        name=file.filename or "",
        source=file.stream,
        limit=terms.limit,
        kinds=terms.kinds,
        by=current_actor(),
        at=now(),
    )
