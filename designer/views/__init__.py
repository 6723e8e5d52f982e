"""Pages of the designer: for those who keep the agency's procedures."""

from flask_babel import lazy_gettext as _

from common.web import NavigationEntry
from designer.views import (  # noqa: F401 — they hang their pages on the blueprint
    act_pages,
    amounts,
    answer_pages,
    block_pages,
    block_saving,
    block_uses,
    calendar,
    calendar_years,
    case_pages,
    draft_pages,
    drawing_pages,
    example_pages,
    field_pages,
    form_moves,
    form_pages,
    form_source,
    form_steps,
    head_pages,
    history_pages,
    interruptions,
    letter_pages,
    letter_preview,
    place_lists,
    procedures,
    publications,
    rate_files,
    rates,
    reference,
    remark_pages,
    remedies,
    review_pages,
    rule_editing,
    rule_pages,
    rule_panels,
    rule_proofs,
    rule_tables,
    situation_pages,
    step_list,
    step_pages,
    steps,
    submission_pages,
    trial_acts,
    trial_pages,
    trial_recording,
    versions,
)
from designer.views.blueprint import designer

__all__ = ["NAVIGATION", "designer"]

NAVIGATION = (
    NavigationEntry("designer.procedures", _("Quản lý thủ tục"), icon="sitemap"),
    NavigationEntry("designer.draft_list", _("Bản soạn thảo"), icon="pencil"),
    NavigationEntry("designer.blocks", _("Ngân hàng câu hỏi"), icon="puzzle"),
    NavigationEntry("designer.reviews", _("Duyệt thủ tục"), icon="checkup-list"),
    NavigationEntry("designer.publications", _("Nhật ký công bố"), icon="history"),
    NavigationEntry("designer.reference", _("Dữ liệu tham chiếu"), icon="calendar-cog"),
    NavigationEntry("designer.notices", _("Thủ tục thay đổi"), icon="speakerphone"),
)
