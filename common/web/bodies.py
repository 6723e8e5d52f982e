"""How much a request may send: text is bounded apart from files, for all of it is taken apart in memory."""

from flask import Flask, request

# Ten forms of a hundred long answers, each letter written in nine characters as browsers send Vietnamese.
MOST_TEXT = 2_000_000
# The inputs of the largest form that is shown at once: two hundred rows of fifty questions.
MOST_INPUTS = 10_000
TEXT = "application/x-www-form-urlencoded"


def install(app: Flask) -> None:
    """Bounds what is sent without a file; what is sent with one is bounded by the size of files."""
    app.config["MAX_FORM_PARTS"] = MOST_INPUTS
    app.before_request(_bound)


def _bound() -> None:
    if request.mimetype == TEXT:
        request.max_content_length = min(MOST_TEXT, request.max_content_length or MOST_TEXT)
