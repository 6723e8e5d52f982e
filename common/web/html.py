"""How a view answers: a fragment to htmx, a page or a redirect to everyone else."""

from collections.abc import Sequence
from typing import Any

from flask import Response, make_response, redirect, render_template, request

from common.problems import Problem, Refusal


def wants_fragment() -> bool:
    """Whether htmx asked, to swap one part of the page that is open."""
    headers = request.headers
    return headers.get("HX-Request") == "true" and headers.get("HX-Request-Type") != "full"


def answer(fragment: str, redirect_to: str, **context: Any) -> Response:
    """After a change: the fragment (and what was flashed) to htmx, 303 to the page for everyone else."""
    if not wants_fragment():
        return make_response(redirect(redirect_to, 303))
    body = render_template(fragment, **context)
    return make_response(body + render_template("components/_flash_partial.html"))


def problems_page(
    template: str, problems: Sequence[Problem | Refusal] = (), *, status: int = 422, **context: Any
) -> Response:
    """The page again with what was typed and what is wrong with it; nothing has been changed.

    Give the form `hx-status:422="target:#ID swap:outerHTML select:#ID"` to have htmx pick its part.
    """
    return make_response(render_template(template, problems=problems, **context), status)
