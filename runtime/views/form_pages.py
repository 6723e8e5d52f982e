"""Pages of a form as views show and take them, with what only a view knows: the language, and new row ids."""

from collections.abc import Collection, Mapping
from functools import lru_cache
from secrets import token_hex
from types import MappingProxyType
from typing import Any

from flask import Response, abort, make_response, render_template, request

from common.clock import local_date
from common.i18n import language
from common.problems import Problem
from common.web import now, session
from form_builder import pages
from form_builder.form import Form
from form_builder.moments import of_keys
from form_builder.one_page import WHOLE, as_one_page
from form_builder.pages import Reply
from form_builder.places import Former
from form_builder.posted import Posted
from form_builder.prefill import prefilled_paths
from form_builder.schema import FORMS_KEPT, Source, read_form
from form_builder.wtform import LEFT, PageForm
from procedure_library.place_lists import find_former


def shown(
    source: Source,
    page: str,
    answers: Mapping[str, Any],
    profile: Mapping[str, str] | None = None,
    earlier: Mapping[str, str] = MappingProxyType({}),
) -> PageForm:
    """The page with the answers so far.

    With `profile` it is new to the person: what came from there, or from an `earlier` dossier (path → its
    number), is marked. Without, it was answered before: what is wrong with the answers is said at once.
    """
    if page not in page_keys(source):
        abort(404)
    if profile is None:
        wrong = pages.page_problems(read_form(source), page, answers)
        return pages.show(source, page, answers, language(), problems=wrong)
    fresh = prefilled_paths(source, profile, answers)
    return pages.show(source, page, answers, language(), prefilled=fresh, earlier=earlier)


def taken(
    source: Source,
    page: str,
    answers: Mapping[str, Any],
    *,
    judged: bool = True,
    posted: Posted | None = None,
    troubles: Collection[Problem] = (),
) -> Reply:
    """What the request posted for the page, on top of the answers so far.

    `posted` has the files that came with it, `troubles` what is wrong with those not taken (`views.enclosing`).
    """
    if page not in page_keys(source):
        abort(404)
    return pages.take(
        source,
        page,
        request.form if posted is None else posted,
        answers,
        language(),
        new_id=_new_row_id,
        judged=judged,
        left=request.form.get(LEFT, ""),
        former=_former,
        troubles=troubles,
    )


def checked(template: str, page: PageForm, **context: Any) -> Response:
    """The answer to htmx while somebody fills in: the questions of the page, or the one alone that was left."""
    answer = make_response(render_template(template, page=page, **context))
    if page.left:
        answer.headers["HX-Retarget"] = f"#{page.left.id}-field"
    return answer


def shown_whole(source: Source, answers: Mapping[str, Any]) -> PageForm:
    """All questions of the form as one page: for the counter, and for corrections."""
    return shown(as_one_page(source), WHOLE, answers, profile={})


def shown_whole_again(source: Source, answers: Mapping[str, Any]) -> PageForm:
    """The same, saying at once what is wrong with the answers."""
    return shown(as_one_page(source), WHOLE, answers)


def taken_whole(source: Source, answers: Mapping[str, Any], **how: Any) -> Reply:
    """What the request posted for all questions at once; `how` as in `taken`."""
    return taken(as_one_page(source), WHOLE, answers, **how)


def is_unreadable(page: PageForm) -> bool:
    """Whether something was typed that cannot be kept as an answer, and would be lost with the page."""
    return any(getattr(question, "unreadable", None) for question in page.every)


def page_keys(source: Source) -> tuple[str, ...]:
    return tuple(page.key for page in read_form(source).pages)


@lru_cache(maxsize=FORMS_KEPT)
def part_of(form: Form, keys: frozenset[str]) -> Form:
    """The form with these questions alone."""
    return read_form(of_keys(form.schema, keys), form.places)


def _former(typed: str) -> tuple[Former, ...]:
    return find_former(session(), typed, local_date(now()))


def _new_row_id() -> str:
    return token_hex(6)
