"""Files named in answers: documents of the same application, of the kinds and sizes that their question takes."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from common.identity.actor import Actor
from common.problems import Problem
from form_builder.faults import problem
from form_builder.form import Field, Form
from form_builder.handing import document_fields, named
from form_builder.kinds.documents import component_of, largest, media_types
from runtime.handed_in import detach, documents_of
from runtime.models.applications import Application
from runtime.models.papers import Document
from runtime.taking import Terms

Answers = Mapping[str, Any]


def terms_of(field: Field, limit: int) -> Terms:
    """What the question takes; `limit` is the largest size that the house takes."""
    return Terms(component_of(field), largest(field, limit), field.path, media_types(field))


def wrong_files(session: Session, application_id: int, form: Form, answers: Answers) -> tuple[Problem, ...]:
    """One problem for each question that names a file which is not there, or not what it takes.

    JSON Schema has judged number and shape; what a digest stands for only this application knows.
    """
    if not document_fields(form):
        return ()
    there = {document.digest: document for document in documents_of(session, application_id)}
    found: dict[str, Problem] = {}
    for place, field, digest in named(form, answers):
        if digest not in there:
            found.setdefault(place, problem(form, "form.unknown_file", place))
        elif not _is_taken(field, there[digest]):
            found.setdefault(place, problem(form, "dossiers.file_not_accepted", place))
    return tuple(found.values())


def _is_taken(field: Field, document: Document) -> bool:
    return document.media_type in media_types(field) and document.size <= largest(field, document.size)


def drop_unnamed(
    session: Session, application: Application, form: Form, answers: Answers, *, by: Actor, at: datetime
) -> None:
    """Takes back what was attached for a question and is in no answer: it must not count as handed in."""
    if not document_fields(form):
        return
    kept = {digest for _place, _field, digest in named(form, answers)}
    for document in documents_of(session, application.id):
        if document.field and document.digest not in kept:
            detach(session, application, document, by=by, at=at)


def with_waiting(session: Session, application: Application, form: Form) -> Answers:
    """The answers with files that have arrived for a question while its page was not saved: nothing sent is lost.

    Those for a question in rows wait for the row that is to name them.
    """
    answers: Answers = application.answers
    if not document_fields(form):
        return answers
    known = {digest for _place, _field, digest in named(form, answers)}
    for document in documents_of(session, application.id):
        if document.field and document.digest not in known and not _in_rows(form, document.field):
            answers = _with(answers, document.field.split("."), document.digest)
    return answers


def _in_rows(form: Form, path: str) -> bool:
    return any(field.kind == "rows" for field in _around(form, path))


def _around(form: Form, path: str) -> Iterator[Field]:
    parts = path.split(".")
    for count in range(1, len(parts)):
        if (field := form.field_at(".".join(parts[:count]))) is not None:
            yield field


def _with(answers: Any, path: list[str], digest: str) -> dict[str, Any]:
    held = answers if isinstance(answers, Mapping) else {}
    key, *rest = path
    inner = held.get(key)
    if rest:
        return {**held, key: _with(inner, rest, digest)}
    return {**held, key: [*(inner if isinstance(inner, list) else ()), digest]}
