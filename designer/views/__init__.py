"""Pages of the designer: for those who keep the agency's procedures."""

from flask_babel import lazy_gettext as _

from common.web import NavigationEntry
from designer.views.blueprint import designer
from designer.views.procedures import procedures
from designer.views.reference import reference

__all__ = ["NAVIGATION", "designer", "procedures", "reference"]

NAVIGATION = (
    NavigationEntry("designer.procedures", _("Quản lý thủ tục"), icon="sitemap"),
    NavigationEntry("designer.publications", _("Nhật ký công bố"), icon="history"),
    NavigationEntry("designer.reference", _("Dữ liệu tham chiếu"), icon="calendar-cog"),
)
