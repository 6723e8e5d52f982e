"""Error pages: what happened, what to do next, never a stack trace. Whatever the request did is undone."""

import logging
from errno import EDQUOT, EFBIG, ENOSPC
from typing import Any

from flask import Flask, Response, current_app, make_response, render_template
from flask_wtf.csrf import CSRFError
from procrastinate.exceptions import ConnectorException
from psycopg.errors import DiskFull
from sqlalchemy.exc import DataError, OperationalError
from werkzeug.exceptions import BadRequest, HTTPException, InternalServerError, ServiceUnavailable

from common.web.requests import give_up, roll_back
from common.web.resending import posted_again

# Statuses with a page of their own; others borrow the nearest.
PAGES = frozenset({400, 403, 404, 413, 429, 500, 503, 507})
# No room left, the person's share is used up, the file may not grow: what the system says of a full disk.
FULL = frozenset({ENOSPC, EDQUOT, EFBIG})
# What a database says that is away, or that has sent us away; the queue tells it in words of its own.
AWAY = (OperationalError, ConnectorException)
# When browsers and machines may ask again.
AGAIN_SECONDS = 10
log = logging.getLogger(__name__)


def install(app: Flask) -> None:
    """Answers every refusal of Flask, and every bug of ours, with a page in the visitor's language."""
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(OperationalError, _database_away)
    app.register_error_handler(ConnectorException, _database_away)
    app.register_error_handler(DataError, _unstorable)
    app.register_error_handler(Exception, _broken)


def _refused(error: HTTPException) -> Response:
    # It broke after the view had answered: at the commit, or while another page was being written.
    if isinstance(broken := getattr(error, "original_exception", None), AWAY):
        return _database_away(broken)
    if isinstance(broken, OSError):
        return _broken(broken)
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


def _database_away(error: Exception) -> Response:
    if isinstance(getattr(error, "orig", None), DiskFull):
        return _no_room("the disk of the database is full: make room, nothing else has to be done", error)
    log.error("the database does not answer", exc_info=error)
    give_up()
    return _page(503, ServiceUnavailable(retry_after=AGAIN_SECONDS), again=posted_again())


def _unstorable(error: DataError) -> Response:
    # What no column can hold: a number of twenty digits in an address, a NUL among the letters.
    roll_back()
    return _page(400, BadRequest())


def _no_room(told: str, error: Exception) -> Response:
    log.error(told, exc_info=error)
    give_up()
    return _page(507, ServiceUnavailable(retry_after=AGAIN_SECONDS), again=posted_again())


def _broken(error: Exception) -> Response:
    if isinstance(error, OSError) and error.errno in FULL:
        return _no_room("the disk of the data folder is full: make room, nothing else has to be done", error)
    log.error("a request broke", exc_info=error)
    roll_back()
    return _page(500, InternalServerError())


def _page(status: int, error: Exception, **told: Any) -> Response:
    name = status if status in PAGES else 500 if status >= 500 else 400
    # What every other page is given says who is signed in: that may be what cannot be asked.
    render = _without_visitor if name >= 500 else render_template
    response = make_response(render(f"errors/{name}.html", **told), status)
    response.headers["Cache-Control"] = "no-store"
    retry_after = getattr(error, "retry_after", None)
    if retry_after is not None:
        response.headers["Retry-After"] = str(retry_after)
    return response


def _without_visitor(template: str, **told: Any) -> str:
    return current_app.jinja_env.get_template(template).render(**told)
