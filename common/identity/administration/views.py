"""Administration in the browser: its blueprint with all its pages, and its links in the header."""

from flask_babel import lazy_gettext as _

from common.identity.administration import official_pages, unit_pages  # noqa: F401 — they hang their pages on it
from common.identity.administration.blueprint import administration
from common.web import NavigationEntry

__all__ = ["NAVIGATION", "administration"]

NAVIGATION = (
    NavigationEntry("administration.unit_list", _("Các đơn vị"), icon="building-community"),
    NavigationEntry("administration.official_list", _("Cán bộ"), icon="users-group"),
)
