"""The signed-in person of a request: Flask-Login's session cookie, read into an Actor."""

import hashlib
import hmac
from typing import Any

import flask
from flask import Flask
from flask_login import LoginManager, UserMixin, login_user, logout_user

from common.clock import local_date
from common.identity.accounts import actor_of
from common.identity.actor import Actor
from common.identity.models import Account
from common.web.requests import now, session, surroundings


class SignedIn(UserMixin):
    """An account and what it may do now. The cookie names the account and a stamp of its password."""

    def __init__(self, account: Account, actor: Actor) -> None:
        self.account, self.actor = account, actor

    def get_id(self) -> str:
        return f"{self.account.id}.{_stamp(self.account)}"


def install(app: Flask) -> None:
    """Reads who is signed in from the cookie, at the first question in a request."""
    manager = LoginManager(app)
    manager.user_loader(_load)


def open_session(account: Account) -> None:
    """Signs the account in. The cookie starts anew: nothing planted before survives, but the language."""
    chosen = flask.session.get("language", account.locale)
    flask.session.clear()
    flask.session["language"] = chosen
    flask.session.permanent = True
    login_user(_signed_in(account))


def close_session() -> None:
    """Signs out, and keeps the language."""
    chosen: Any = flask.session.get("language")
    logout_user()
    flask.session.clear()
    if chosen:
        flask.session["language"] = chosen


def _load(cookie: str) -> SignedIn | None:
    number, _, stamp = cookie.partition(".")
    account = session().get(Account, int(number)) if number.isdecimal() else None
    if account is None or not account.active or not hmac.compare_digest(stamp, _stamp(account)):
        return None
    return _signed_in(account)


def _signed_in(account: Account) -> SignedIn:
    return SignedIn(account, actor_of(session(), account, local_date(now())))


def _stamp(account: Account) -> str:
    # Changing the password, or the application's secret, ends every open session.
    key = surroundings().settings.secret_key.encode()
    return hmac.new(key, account.password_hash.encode(), hashlib.sha256).hexdigest()[:32]
