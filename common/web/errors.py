"""Error pages: what happened, what to do next, never a stack trace. Whatever the request did is undone."""

import logging

from flask import Flask, Response, make_response, render_template
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, OperationalError
from werkzeug.exceptions import BadRequest, HTTPException, InternalServerError

from common.web.requests import roll_back

# Statuses with a page of their own; others borrow the nearest.
PAGES = frozenset({400, 403, 404, 413, 429, 500, 503})
log = logging.getLogger(__name__)


def install(app: Flask) -> None:
    """Answers every refusal of Flask, and every bug of ours, with a page in the visitor's language."""
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(OperationalError, _database_away)
    app.register_error_handler(DataError, _unstorable)
    app.register_error_handler(Exception, _broken)


def _refused(error: HTTPException) -> Response:
    roll_back()
    if error.response is not None:
        return make_response(error.response)
    if error.code is not None and 300 <= error.code < 400:
        return make_response(error.get_response())
    status = error.code or 500
    return _page(status, error)


def _stale_form(error: CSRFError) -> Response:
    roll_back()
    return make_response(render_template("errors/stale_form.html"), 400)


def _database_away(error: OperationalError) -> Response:
    log.error("the database does not answer", exc_info=error)
    return _page(503, error)


def _unstorable(error: DataError) -> Response:
    # What no column can hold: a number of twenty digits in an address, a NUL among the letters.
    roll_back()
    return _page(400, BadRequest())


def _broken(error: Exception) -> Response:
    log.error("a request broke", exc_info=error)
    roll_back()
    return _page(500, InternalServerError())


def _page(status: int, error: Exception) -> Response:
    name = status if status in PAGES else 500 if status >= 500 else 400
    response = make_response(render_template(f"errors/{name}.html"), status)
    response.headers["Cache-Control"] = "no-store"
    retry_after = getattr(error, "retry_after", None)
    if retry_after is not None:
        response.headers["Retry-After"] = str(retry_after)
    return response
