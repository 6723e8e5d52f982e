"""What a form that asks for an act carries, so that sent twice it happens once (`runtime.once`)."""

import re
from hashlib import sha256
from secrets import token_urlsafe

from flask import request

from common.web import current_actor, session
from runtime.models.dossiers import Dossier
from runtime.once import done_before
from runtime.views.desk.blueprint import desk

_KEY = re.compile(r"[0-9]{1,9}-[A-Za-z0-9_-]{22}", re.ASCII)
# The token of the session changes when somebody signs in again; the form stays the same.
_NOT_TYPED = {"csrf_token", "once"}


@desk.app_template_global("once_for")
def key_for(dossier: Dossier | None) -> str:
    """A new key; None: there is no dossier yet."""
    return f"{dossier.events if dossier else 0}-{token_urlsafe(16)}"


def posted_once() -> str:
    """The mark of the posted form; "" for one that carries no key: it is taken as it always was."""
    key = request.form.get("once", "")
    return f"{key}.{_typed()}" if _KEY.fullmatch(key) else ""


def posted_key() -> str:
    """The same for what is no dossier yet: short enough for a column; "" for a form without a key."""
    once = posted_once()
    return sha256(once.encode()).hexdigest()[:32] if once else ""


def is_done(dossier: Dossier) -> bool:
    """Whether this very form was sent before, and happened."""
    return done_before(session(), dossier, by=current_actor(), once=posted_once()) is True


def _typed() -> str:
    said = [(name, value) for name, value in request.form.items(multi=True) if name not in _NOT_TYPED]
    return sha256(repr(sorted(said)).encode()).hexdigest()[:16]
