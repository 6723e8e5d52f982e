"""Administration in the browser: its blueprint with all its pages, and its links in the header."""

from flask_babel import lazy_gettext as _

from common.identity.administration import (  # noqa: F401 — they hang their pages on it
    job_pages,
    official_pages,
    renaming_pages,
    start_page,
    unit_data_pages,
    unit_pages,
)
from common.identity.administration.blueprint import administration
from common.web import NavigationEntry

__all__ = ["NAVIGATION", "administration"]

NAVIGATION = (
    NavigationEntry(
        "administration.start", _("Quản trị"), icon="settings", first_for=frozenset({"administrator"})
    ),
)
