"""The header's links of the portal and the desk."""

from flask_babel import lazy_gettext as _

from common.web import NavigationEntry

NAVIGATION = (
    NavigationEntry("portal.procedures", _("Thủ tục hành chính"), "list-search"),
    NavigationEntry("portal.my_dossiers", _("Hồ sơ của tôi"), "folder"),
    NavigationEntry("desk.inbox", _("Việc cần làm"), "inbox"),
    NavigationEntry("desk.counter", _("Nhận tại quầy"), "user-plus"),
    NavigationEntry("desk.dossiers", _("Hồ sơ của đơn vị"), "folders"),
    # A leader has no tasks of the own: the inbox would always be empty.
    NavigationEntry("desk.figures_page", _("Số liệu"), "chart-bar", first_for=frozenset({"leader"})),
    NavigationEntry("desk.moves", _("Chuyển phiên bản"), "switch-horizontal"),
    NavigationEntry("portal.look_up", _("Tra cứu hồ sơ"), "search"),
)
