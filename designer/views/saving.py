"""How pages of a draft read and save one file: with the revision they show, and both texts when two collide."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import unified_diff
from typing import Any, cast

from flask import Response, abort, flash, jsonify, make_response, redirect, render_template, request
from flask_babel import gettext as _
from sqlalchemy import select

from common.problems import Refusal
from common.web import current_actor, now, session
from designer import drafts
from designer.drafts import Conflict, Saved
from designer.models import Draft, DraftSave
from designer.views.draft_pages import draft_numbered, frame


@dataclass(frozen=True, slots=True)
class Clash:
    """Somebody saved the file since the page was opened: who, when, and what they changed, line by line."""

    path: str
    by: str
    at: Any
    revision: int
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Open:
    """One file of a draft as a page works on it. `saved` None: the draft does not have it (any more)."""

    draft: Draft
    path: str
    saved: Saved | None

    @property
    def content(self) -> str:
        return (self.saved.content or "") if self.saved else ""

    @property
    def revision(self) -> int:
        return self.saved.revision if self.saved else 0

    def save(self, content: str | None) -> Saved | Clash | Refusal:
        """Saves over the revision that the posted form knew; Clash when somebody saved in between."""
        return self.save_with({self.path: content}, {})

    def save_with(
        self, files: Mapping[str, str | None], revisions: Mapping[str, int]
    ) -> Saved | Clash | Refusal:
        """Saves several files together; `revisions` are those of files other than the one of the form."""
        known = {self.path: posted_revision(), **revisions}
        answer = drafts.save_all(session(), self.draft, files, revisions=known, by=current_actor(), at=now())
        if isinstance(answer, Conflict):
            return self._clash(answer, known[answer.path])
        return answer if isinstance(answer, Refusal) else answer[0]

    def _clash(self, theirs: Conflict, known: int) -> Clash:
        before = _content_at(self.draft, theirs.path, known)
        lines = unified_diff(before.splitlines(), (theirs.content or "").splitlines(), lineterm="", n=1)
        return Clash(theirs.path, theirs.by, theirs.at, theirs.revision, tuple(lines)[2:])


def opened(number: int, path: str) -> Open:
    """The file of the draft with that number; 404 when there is no such draft."""
    draft = draft_numbered(number)
    return Open(draft, path, drafts.file_of(session(), draft, path))


def posted_revision() -> int:
    """The revision that the sender of the form had before them."""
    typed = request.form.get("revision", "")
    return int(typed) if typed.isdecimal() and len(typed) < 9 else 0


def page(
    template: str, file: Open, *, status: int = 200, clash: Clash | None = None, **context: Any
) -> Response:
    """A page of the draft, with the revision that its forms send along; after a clash, the newest: sending
    the form again is then a decision."""
    revision = file.revision
    if clash:
        revision = clash.revision if clash.path == file.path else posted_revision()
    shown = {**frame(file.draft), "revision": revision, "clash": clash, **context}
    return make_response(render_template(template, **shown), 409 if clash else status)


def done(saved: Saved | Clash | Refusal, address: str, words: Any = None) -> Response:
    """After saving: back to where it is seen. What could not be saved is said there."""
    if isinstance(saved, Saved):
        flash(words or _("Đã lưu."), "success")
    elif isinstance(saved, Refusal):
        flash(_("Bản soạn thảo này không còn sửa được nên chưa lưu."), "warning")
    else:
        flash(_("%(name)s vừa lưu tệp này; xin xem lại rồi làm lại việc vừa rồi.", name=saved.by), "warning")
    return cast(Response, redirect(address, 303))


def saved_json(saved: Saved | Clash | Refusal, draft: Draft) -> Response:
    """The same as a page would show, for a script that goes on where it is."""
    if isinstance(saved, Clash):
        notice = render_template("designer/_clash.html", clash=saved, draft=draft)
        return make_response(jsonify(clash=notice, revision=saved.revision), 409)
    if isinstance(saved, Refusal):
        return make_response(jsonify(), 422)
    return make_response(jsonify(revision=saved.revision), 200)


def found(value: Any) -> Any:
    """The thing an address speaks of; 404 when the draft has none."""
    return abort(404) if value is None else value


def _content_at(draft: Draft, path: str, revision: int) -> str:
    row = session().scalars(
        select(DraftSave).where(
            DraftSave.draft_id == draft.id, DraftSave.path == path, DraftSave.revision == revision
        )
    )
    saved = row.first()
    return (saved.content or "") if saved else ""
