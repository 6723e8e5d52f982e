"""«Sửa giúp»: doing what was offered beside a finding."""

from typing import Any, cast

from flask import Response, flash, redirect, request, url_for
from flask_babel import gettext as _

from common.clock import local_date
from common.i18n import message_in_language
from common.messages import message
from common.problems import Finding, Refusal
from common.web import current_actor, language, now, session
from designer import drafts
from designer.mending import Mending, mended
from designer.models import Draft
from designer.views.blueprint import designer, writers
from designer.views.draft_pages import draft_numbered
from designer.views.offered_remedies import PAGES
from procedure_library.reference import calendar_for


@designer.post("/drafts/<int:number>/remedies")
@writers
def take_remedy(number: int) -> Response:
    """Does what was offered, as a save of the author's own; the page then shows what the checks say now."""
    shown, typed = draft_numbered(number), request.form
    finding = Finding(typed.get("code", ""), typed.get("where", ""))
    calendar = calendar_for(session(), local_date(now()))
    mend = mended(drafts.files_of(session(), shown), finding, calendar)
    _say(_saved(shown, mend) if isinstance(mend, Mending) else mend, mend)
    page = typed.get("page", "")
    address = url_for(f"designer.{page if page in PAGES else 'draft'}", number=number)
    return cast(Response, redirect(f"{address}#findings", 303))


def _saved(shown: Draft, mend: Mending) -> Any:
    known = _revisions(request.form.get("known", ""))
    return drafts.save_all(session(), shown, mend.files, revisions=known, by=current_actor(), at=now())


def _say(answer: Any, mend: Mending | Refusal) -> None:
    if isinstance(answer, Refusal):
        flash(message_in_language(answer).whole, "warning")
    elif isinstance(answer, drafts.Conflict):
        flash(
            _("%(name)s vừa lưu tệp này nên chưa sửa gì; xin xem lại rồi bấm lại.", name=answer.by), "warning"
        )
    elif isinstance(mend, Mending):
        said = message(mend.remedy.code, mend.remedy.parameters, language()).text
        flash(_("Đã sửa: %(what)s. Lấy lại được ở «Lịch sử».", what=said), "success")


def _revisions(typed: str) -> dict[str, int]:
    """As the offer told them: "steps.bpmn:3 procedure.toml:1"; what is no number is a revision that nobody knows."""
    pairs = (each.rpartition(":") for each in typed.split())
    return {path: int(number) for path, _colon, number in pairs if number.isdecimal() and len(number) < 9}
