"""What every answer carries, and where cookies travel."""

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from common.web import public
from common.web.headers import CONTENT_SECURITY_POLICY, HEADERS
from tests.web import people


def test_the_policy_is_strict() -> None:
    assert CONTENT_SECURITY_POLICY == (
        "default-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; "
        "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    )


def test_one_page_may_write_styles_under_a_word_that_is_new_each_time(
    app: Flask, client: FlaskClient
) -> None:
    app.add_url_rule("/editor", "editor", public(lambda: render_template_string("{{ style_nonce() }}")))
    first, second = client.get("/editor"), client.get("/editor")
    assert first.text != second.text
    for answer in (first, second):
        policy = answer.headers["Content-Security-Policy"]
        assert policy == CONTENT_SECURITY_POLICY.replace(
            "style-src 'self'", f"style-src 'self' 'nonce-{answer.text}'"
        )
    assert client.get("/sign-in").headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY


def test_every_page_file_and_refusal_carries_the_headers(app: Flask, client: FlaskClient) -> None:
    def broken() -> str:
        raise ZeroDivisionError

    app.add_url_rule("/broken", "broken", public(broken))
    asset = app.jinja_env.globals["asset"]
    with app.test_request_context():
        style = asset("app.css")
    for path in ("/sign-in", "/register", "/profile", "/nothing-here", "/broken", style):
        answer = client.get(path)
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS, path


def test_browsers_keep_no_copy_of_a_signed_in_page(client: FlaskClient, session: Session) -> None:
    people.official(session, people.unit(session))
    assert client.get("/sign-in").headers["Cache-Control"] == "no-cache, private"
    people.sign_in(client, "tiep")
    assert client.get("/profile").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("base_url", "peer", "forwarded", "secure"),
    [
        ("http://127.0.0.1:8000", "127.0.0.1", {}, False),
        ("http://localhost:8000", "::1", {}, False),
        ("https://127.0.0.1:8000", "127.0.0.1", {}, True),
        ("http://motcua.example", "127.0.0.1", {}, True),
        ("http://127.0.0.1:8000", "127.0.0.1", {"X-Forwarded-For": "203.0.113.9"}, True),
        ("http://127.0.0.1:8000", "203.0.113.9", {}, True),
    ],
)
def test_cookies_go_over_https_except_on_this_machine(
    client: FlaskClient, base_url: str, peer: str, forwarded: dict[str, str], secure: bool
) -> None:
    answer = client.get("/sign-in", base_url=base_url, environ_base={"REMOTE_ADDR": peer}, headers=forwarded)
    cookie = answer.headers["Set-Cookie"]
    assert ("Secure" in cookie) is secure
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_browser_that_came_over_https_stays_there(client: FlaskClient) -> None:
    over_https = client.get("/sign-in", base_url="https://motcua.example")
    assert over_https.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "Strict-Transport-Security" not in client.get("/sign-in").headers
