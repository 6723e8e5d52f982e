"""The cookie of a session: how it travels, and when it is sent again."""

from flask import Flask, Response, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin

from common.web.headers import on_loopback
from common.web.html import wants_fragment


class CookieSession(SecureCookieSessionInterface):
    """Over https only, except on this machine itself; prolonged by each page.

    A part of a page leaves the cookie alone, unless it changed the session: it may answer after a page that was
    asked for later, and with its older cookie take away what that page has to say ("saved", for instance).
    """

    def get_cookie_secure(self, app: Flask) -> bool:
        return request.is_secure or not on_loopback()

    def should_set_cookie(self, app: Flask, session: SessionMixin) -> bool:
        return session.modified or (not wants_fragment() and super().should_set_cookie(app, session))

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        # Files are the same for everybody: a cookie beside them would keep browsers from keeping them.
        if request.endpoint != "assets.file":
            super().save_session(app, session, response)


def install(app: Flask) -> None:
    app.session_interface = CookieSession()
