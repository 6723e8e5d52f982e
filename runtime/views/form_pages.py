"""Pages of a form as views show and take them, with what only a view knows: the language, and new row ids."""

from collections.abc import Mapping
from secrets import token_hex
from typing import Any

from flask import abort, request

from common.i18n import language
from form_builder import pages
from form_builder.pages import Reply
from form_builder.prefill import prefilled_paths
from form_builder.schema import read_form
from form_builder.wtform import PageForm


def shown(
    schema: Mapping[str, Any], page: str, answers: Mapping[str, Any], profile: Mapping[str, str] | None = None
) -> PageForm:
    """The page with the answers so far; with a profile, what came from it and was not yet seen is said to."""
    known = _known(schema, page)
    fresh = prefilled_paths(schema, profile, answers) if profile else frozenset()
    return pages.show(schema, known, answers, language(), prefilled=fresh)


def taken(schema: Mapping[str, Any], page: str, answers: Mapping[str, Any], *, judged: bool = True) -> Reply:
    """What the request posted for the page, on top of the answers so far."""
    known = _known(schema, page)
    return pages.take(schema, known, request.form, answers, language(), new_id=_new_row_id, judged=judged)


def _known(schema: Mapping[str, Any], page: str) -> str:
    if page not in {each.key for each in read_form(schema).pages}:
        abort(404)
    return page


def _new_row_id() -> str:
    return token_hex(6)
