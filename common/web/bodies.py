"""How much a request may send: text is bounded, for all of it is taken apart in memory; more where files are sent.

A request with files is read to the disk; what else was typed beside a file that is too large is not lost with it.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request

View = TypeVar("View", bound=Callable[..., Any])
# Ten forms of a hundred long answers, each letter written in nine characters as browsers send Vietnamese.
MOST_TEXT = 2_000_000
# The inputs of the largest form that is shown at once: two hundred rows of fifty questions.
MOST_INPUTS = 10_000
TEXT = "application/x-www-form-urlencoded"
# Room for a file of 200 MB with what stands beside it. Larger ones meet the page of status 413.
MOST_WITH_FILES = 256 * 1024 * 1024


def takes_files(view: View) -> View:
    """Marks a view whose form has files in it."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


def install(app: Flask) -> None:
    """Measures before anything reads the form: whether it is really ours is asked by reading it."""
    app.config["MAX_FORM_PARTS"] = MOST_INPUTS
    app.before_request(_bound)


def _bound() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    if request.mimetype == TEXT:
        request.max_content_length = min(MOST_TEXT, request.max_content_length or MOST_TEXT)
    elif getattr(view, "takes_files", False):
        request.max_content_length = MOST_WITH_FILES
