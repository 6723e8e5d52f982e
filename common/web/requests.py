"""One request: who asks, when, in which language, in which transaction.

The transaction opens at the first `session()`, commits when a view returns and rolls back when it raises
(`abort` included). What is said here is the only place that knows of Flask's ambient state: views hand
actor, instant and session on to the domain as arguments.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import Flask, Response, abort, current_app, g, redirect, request, url_for
from flask_login import current_user
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from common.clock import Clock
from common.db import Database
from common.identity.actor import Actor
from common.web.guards import guard_of
from common.web.html import wants_fragment
from config import Settings

# All that somebody may do whose password somebody else has chosen, besides leaving.
OWN_PASSWORD = frozenset({"identity.password", "identity.change_password"})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What one application runs with; made once by `create_app`."""

    settings: Settings
    database: Database
    clock: Clock


def surroundings() -> Surroundings:
    """The settings, database and clock of the application that answers."""
    return cast(Surroundings, current_app.extensions["motcua"])


def session() -> Session:
    """The request's transaction: commits when the view returns, rolls back when it raises."""
    if "transaction" not in g:
        g.transaction = surroundings().database.session()
    return cast(Session, g.transaction)


@contextmanager
def own_transaction() -> Iterator[Session]:
    """A short transaction beside the request's, for what must last even when the request is refused."""
    with surroundings().database.transaction() as own:
        yield own


def now() -> datetime:
    """The instant of this request: the same for every act in it."""
    if "now" not in g:
        g.now = surroundings().clock()
    return cast(datetime, g.now)


def visitor() -> Actor | None:
    """Who is signed in; None when nobody is."""
    return cast("Actor | None", getattr(current_user, "actor", None))


def password_is_given() -> bool:
    """Whether the person who is signed in has to replace a password that somebody else has chosen."""
    return bool(getattr(getattr(current_user, "account", None), "password_given", False))


def current_actor() -> Actor:
    """Who is signed in. In a view that admits nobody else this always answers."""
    actor = visitor()
    if actor is None:
        abort(401)
    return actor


def install(app: Flask) -> None:
    """Checks the guard before every view, settles the transaction after it."""
    app.before_request(_check_guard)
    app.after_request(_commit)
    app.teardown_request(_close)


def roll_back() -> None:
    """Undoes what the request has done so far; error pages call it before they answer."""
    if "transaction" in g:
        g.transaction.rollback()


def give_up() -> None:
    """Nothing more is asked of a database that is away: the transaction is left as it is, and forgotten."""
    if transaction := g.pop("transaction", None):
        # Undone by the server, which has lost us as well.
        with suppress(SQLAlchemyError):
            transaction.close()


def _check_guard() -> Response | None:
    if request.endpoint is None:
        return None  # No such address: the 404 follows.
    guard = guard_of(current_app.view_functions[request.endpoint])
    if guard is None:
        abort(403)
    # Public first: files and open pages do not ask the database who is there.
    if guard.audience == "public":
        return None
    if password_is_given() and request.endpoint not in OWN_PASSWORD:
        return _first_to("identity.password")
    if guard.admits(visitor()):
        return None
    if visitor() is not None:
        abort(403)
    return _first_to("identity.sign_in")


def _first_to(endpoint: str) -> Response:
    """To another page first, which knows where the person wanted to go."""
    if wants_fragment():
        return Response(status=401, headers={"HX-Redirect": url_for(endpoint)})
    here = request.full_path.rstrip("?") if request.method == "GET" else ""
    return cast(Response, redirect(url_for(endpoint, next=here or None), 303))


def _commit(response: Response) -> Response:
    if "transaction" in g:
        g.transaction.commit()
    return response


def _close(error: BaseException | None) -> None:
    if transaction := g.pop("transaction", None):
        transaction.close()
