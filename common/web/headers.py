"""Headers of every answer: one strict policy for all pages, nothing loaded from elsewhere, nothing framed."""

from secrets import token_urlsafe
from typing import cast

from flask import Flask, Response, g, request

from common.web.requests import visitor

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "style-src 'self'",
        # Tabler draws the ticks of its check boxes with data: images.
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via")


def on_loopback() -> bool:
    """Whether the request comes from this very machine.

    A proxy on this machine has a loopback address too: whatever was forwarded, or asked for another host
    name, is not local.
    """
    host = request.host.rsplit(":", 1)[0].strip("[]")
    return (
        request.remote_addr in LOOPBACK
        and host in LOOPBACK
        and not any(name in request.headers for name in FORWARDED)
    )


def install(app: Flask) -> None:
    """Adds the headers to every answer of the application, files and error pages included."""
    app.jinja_env.globals["style_nonce"] = style_nonce
    app.after_request(_secure)


def style_nonce() -> str:
    """The word under which the page that asks may write style sheets of its own: new in every answer.

    The policy of a page that does not ask stays as it is.
    """
    if "style_nonce" not in g:
        g.style_nonce = token_urlsafe(18)
    return cast(str, g.style_nonce)


def framed_by_us() -> None:
    """Lets a page of this house, and no other, show this answer in a frame."""
    g.framed_by_us = True


def _policy() -> str:
    policy = CONTENT_SECURITY_POLICY
    if "style_nonce" in g:
        policy = policy.replace("style-src 'self'", f"style-src 'self' 'nonce-{g.style_nonce}'")
    return (
        policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'") if "framed_by_us" in g else policy
    )


def _secure(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = _policy()
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if "Cache-Control" not in response.headers:
        # A kiosk's "back" must not show the last person's dossier.
        response.headers["Cache-Control"] = "no-store" if visitor() else "no-cache, private"
    return response
