"""Pages of a form as views show and take them, with what only a view knows: the language, and new row ids."""

from collections.abc import Mapping
from secrets import token_hex
from typing import Any

from flask import abort, request

from common.i18n import language
from form_builder import pages
from form_builder.pages import Reply
from form_builder.prefill import prefilled_paths
from form_builder.remarks import Remark, as_item
from form_builder.schema import read_form
from form_builder.wtform import PageForm

Schema = Mapping[str, Any]
WHOLE = "whole"


def shown(
    schema: Schema, page: str, answers: Mapping[str, Any], profile: Mapping[str, str] | None = None
) -> PageForm:
    """The page with the answers so far.

    With `profile` it is new to the person: what came from there is marked. Without, it was answered before:
    what is wrong with the answers is said at once.
    """
    if page not in page_keys(schema):
        abort(404)
    if profile is None:
        wrong = pages.page_problems(read_form(schema), page, answers)
        return pages.show(schema, page, answers, language(), problems=wrong)
    fresh = prefilled_paths(schema, profile, answers)
    return pages.show(schema, page, answers, language(), prefilled=fresh)


def taken(schema: Schema, page: str, answers: Mapping[str, Any], *, judged: bool = True) -> Reply:
    """What the request posted for the page, on top of the answers so far."""
    if page not in page_keys(schema):
        abort(404)
    return pages.take(schema, page, request.form, answers, language(), new_id=_new_row_id, judged=judged)


def shown_whole(schema: Schema, answers: Mapping[str, Any]) -> PageForm:
    """All questions of the schema as one page: for the counter, and for corrections."""
    return shown(_as_one_page(schema), WHOLE, answers, profile={})


def taken_whole(schema: Schema, answers: Mapping[str, Any], *, judged: bool = True) -> Reply:
    """What the request posted for all questions at once."""
    return taken(_as_one_page(schema), WHOLE, answers, judged=judged)


def is_unreadable(page: PageForm) -> bool:
    """Whether something was typed that cannot be kept as an answer, and would be lost with the page."""
    return any(getattr(question, "unreadable", None) for question in page.walk())


def page_keys(schema: Schema) -> tuple[str, ...]:
    return tuple(page.key for page in read_form(schema).pages)


def _as_one_page(schema: Schema) -> Schema:
    items = [item for page in read_form(schema).pages for item in page.items]
    written = [as_item(item) if isinstance(item, Remark) else item.key for item in items]
    return {**schema, "x-motcua-pages": [{"key": WHOLE, "title": {"vi": ""}, "fields": written}]}


def _new_row_id() -> str:
    return token_hex(6)
