"""The history of a draft: every act of saving, what each file was, and going back to it."""

from typing import cast

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from common.problems import Refusal
from common.web import current_actor, now, session
from designer import drafts
from designer.draft_history import act_of, acts_in, history_of, may_be_taken_back, take_back
from designer.draft_parts import counted, part_of
from designer.models import Draft, DraftSave
from designer.views.blueprint import designer, keepers, writers
from designer.views.draft_pages import download, draft_numbered, frame

# Beginning a draft saves each of its files: a page holds that act and many more.
SAVES = 200


@designer.get("/drafts/<int:number>/history")
@keepers
def draft_history(number: int) -> str:
    shown, before = draft_numbered(number), request.args.get("before", "")
    rows = history_of(session(), shown, before=int(before) if before.isdecimal() else None, limit=SAVES + 1)
    acts = acts_in(rows[:SAVES])
    if len(rows) > SAVES and len(acts) > 1:
        # The rest of the last act is on the next page: it is shown there whole.
        acts = acts[:-1]
    shown_rows = sum(len(act.saves) for act in acts)
    return render_template(
        "designer/draft_history.html",
        **frame(shown),
        acts=acts,
        last=drafts.revisions_of(session(), shown),
        may_be_taken_back=may_be_taken_back,
        part_of=part_of,
        counted=counted,
        next=acts[-1].saves[-1].id if len(rows) > shown_rows else None,
        is_first=not before,
    )


@designer.get("/drafts/<int:number>/saves/<int:save>")
@keepers
def draft_save(number: int, save: int) -> Response:
    row = _kept(draft_numbered(number), save)
    name = f"{row.revision}-{row.path.rpartition('/')[2]}"
    return download((row.content or "").encode(), name, "text/plain; charset=utf-8")


@designer.post("/drafts/<int:number>/saves/<int:save>/restoration")
@writers
def restore_save(number: int, save: int) -> Response:
    shown = draft_numbered(number)
    row = _kept(shown, save)
    revision = request.form.get("revision", "")
    saved = drafts.save(
        session(),
        shown,
        row.path,
        row.content,
        revision=int(revision) if revision.isdecimal() else 0,
        by=current_actor(),
        at=now(),
    )
    words = _("Đã đưa %(path)s về như lần lưu %(revision)s.", path=row.path, revision=row.revision)
    return _said(number, saved, words)


@designer.post("/drafts/<int:number>/saves/<int:save>/reversal")
@writers
def take_back_save(number: int, save: int) -> Response:
    """Everything that was saved together with it goes back to what it was."""
    shown = draft_numbered(number)
    act = act_of(session(), _save(shown, save))
    words = _("Đã bỏ lần lưu đó: các tệp trở lại như trước.")
    return _said(number, take_back(session(), shown, act, by=current_actor(), at=now()), words)


def _said(number: int, saved: object, words: str) -> Response:
    if isinstance(saved, Refusal):
        flash(_("Bản soạn thảo này không còn sửa được nên chưa lưu."), "warning")
    elif isinstance(saved, drafts.Conflict):
        flash(_("Tệp vừa được người khác lưu; xin xem lại lịch sử rồi chọn lại."), "warning")
    else:
        flash(words, "success")
    return cast(Response, redirect(url_for("designer.draft_history", number=number), 303))


def _save(draft: Draft, number: int) -> DraftSave:
    row = session().get(DraftSave, number)
    return row if row and row.draft_id == draft.id else abort(404)


def _kept(draft: Draft, number: int) -> DraftSave:
    """A save that left a text behind."""
    row = _save(draft, number)
    return row if row.content is not None else abort(404)
