"""A form that makes something carries a key: posted twice, it makes one."""

import re
from secrets import token_urlsafe

from flask import abort, request

KEY = re.compile(r"[A-Za-z0-9_-]{16,32}", re.ASCII)


def page_key() -> str:
    """A new key, or the one with which the form was posted, so that a corrected form keeps it."""
    posted = request.form.get("once", "")
    return posted if KEY.fullmatch(posted) else token_urlsafe(16)


def posted_key() -> str:
    """The key of the posted form; a form without one is not ours."""
    posted = request.form.get("once", "")
    return posted if KEY.fullmatch(posted) else abort(400)
