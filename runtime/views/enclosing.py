"""Files as answers of a form: those posted with a page, and what a page shows of those that are there."""

from dataclasses import replace

from flask import request

from common.problems import Problem
from common.web import current_actor, now, session, surroundings
from form_builder.faults import problem
from form_builder.files import most_files
from form_builder.form import Field, Form
from form_builder.handing import CHOSEN, REMOVE_FILE, Handing
from form_builder.posted import Posted
from form_builder.wtform import PageForm
from runtime import applications, enclosures, uploading
from runtime.models.applications import Application
from runtime.models.papers import Document
from runtime.taking import Terms
from runtime.views.attaching import kept

# Officials read what applicants have handed in; papers of their own they do not put into answers.
NOWHERE = ""
Took = tuple[Posted, tuple[Problem, ...]]


def taking_files(form: Form, here: Application) -> Took:
    """What was posted, with the digests of the files that came along; and what is wrong with those not taken.

    A file whose button to remove it was pressed is taken back at once.
    """
    posted, troubles = Posted.of(request.form), []
    for name, file in request.files.items(multi=True):
        field = form.field_at(place := name.removesuffix(CHOSEN))
        if not file.filename or name == place or field is None or field.kind != "document":
            continue
        stored = _full(form, field, place, posted) or kept(here, _terms(field), file)
        if isinstance(stored, Document):
            posted = posted.with_({place: [*posted.getlist(place), stored.digest]})
        elif isinstance(stored, Problem):
            troubles.append(replace(stored, where=place))
    _take_back(here, posted)
    return posted, tuple(troubles)


def with_files(page: PageForm, here: Application, uploads: str) -> PageForm:
    """The page with the files of the application; `uploads` is where it sends further ones, "" for nowhere."""
    if page.has_files:
        unfinished = uploading.unfinished_of(session(), here)
        page.handing = Handing(
            files={each.digest: each for each in applications.documents_of(session(), here.id)},
            uploads=uploads,
            limit=surroundings().settings.upload_limit,
            unfinished={each.field: [e for e in unfinished if e.field == each.field] for each in unfinished},
        )
    return page


def _terms(field: Field) -> Terms:
    return enclosures.terms_of(field, surroundings().settings.upload_limit)


def _full(form: Form, field: Field, place: str, posted: Posted) -> Problem | None:
    """Why not one more: it would never be accepted."""
    most = most_files(field)
    if len(posted.getlist(place)) < most:
        return None
    return problem(form, "form.too_many_files", place, limit=most, limit_en=most)


def _take_back(here: Application, posted: Posted) -> None:
    digest = posted.first(REMOVE_FILE).rpartition(":")[2]
    for document in applications.documents_of(session(), here.id) if digest else ():
        if document.field and document.digest == digest:
            applications.detach(session(), here, document, by=current_actor(), at=now())
