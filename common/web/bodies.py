"""How large a request may be: more where a person sends files, so that one too large is told of on its own page.

Such a request is read to the disk, never into memory; what else was typed beside the file is not lost with it.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request

View = TypeVar("View", bound=Callable[..., Any])
# Room for a file of 200 MB with what stands beside it. Larger ones meet the page of status 413.
MOST_WITH_FILES = 256 * 1024 * 1024


def takes_files(view: View) -> View:
    """Marks a view whose form has files in it."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


def install(app: Flask) -> None:
    """Measures before anything reads the form: whether it is really ours is asked by reading it."""
    app.before_request(_make_room)


def _make_room() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "takes_files", False):
        request.max_content_length = MOST_WITH_FILES
