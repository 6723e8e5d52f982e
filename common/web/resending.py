"""What was posted and could not be done now, as a form that posts it again: nobody types a page twice.

The form carries the token it was posted with, so it opens no door that was shut. Passwords are never written back
into a page, and no page can hold a file: those are chosen again.
"""

from dataclasses import dataclass

from flask import request

TOKEN = "csrf_token"  # noqa: S105 - the name of a field
# Its forms ask for passwords.
NEVER = frozenset({"identity"})


@dataclass(frozen=True, slots=True)
class Resending:
    """The address, the fields in their order (a name may come several times), how they were sent, and whether files
    were sent beside them."""

    address: str
    fields: tuple[tuple[str, str], ...]
    kind: str
    had_files: bool


def posted_again() -> Resending | None:
    """The request as a form; None when there is nothing that a person could want to send again."""
    if request.method != "POST" or request.endpoint is None or request.blueprint in NEVER:
        return None
    fields = tuple(request.form.items(multi=True))
    had_files = any(file.filename for file in request.files.values())
    if not fields or (had_files and not any(value for name, value in fields if name != TOKEN)):
        return None
    return Resending(request.full_path.rstrip("?"), fields, request.mimetype, had_files)
