"""How large a request may be: more where a person sends files, so that one too large is told of on its own page.

Files are read to the disk, never into memory, and what else was typed beside them is not lost with them. What is
only typed is read into memory as a whole, so it may not be large.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request

View = TypeVar("View", bound=Callable[..., Any])
# Room for a file of 200 MB with what stands beside it. Larger ones meet the page of status 413.
MOST_WITH_FILES = 256 * 1024 * 1024
# Ten thousand rows, or the longest text of rules, with room to spare.
MOST_TYPED = 4 * 1024 * 1024


def takes_files(view: View) -> View:
    """Marks a view whose form has files in it."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


def install(app: Flask) -> None:
    """Measures before anything reads the form: whether it is really ours is asked by reading it."""
    app.before_request(_make_room)


def _make_room() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    if request.mimetype == "application/x-www-form-urlencoded":
        request.max_content_length = min(request.max_content_length or MOST_TYPED, MOST_TYPED)
    elif getattr(view, "takes_files", False):
        request.max_content_length = MOST_WITH_FILES
