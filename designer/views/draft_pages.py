"""Pages of drafts: the list, beginning one, what is in it, and taking it away as files."""

from io import BytesIO
from typing import Any, cast
from zipfile import ZIP_DEFLATED, ZipFile

from flask import Response, abort, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _

from common.clock import local_date
from common.problems import Refusal
from common.text import Text
from common.web import current_actor, now, session
from designer import drafts
from designer.draft_list import drafts as listed_drafts
from designer.draft_list import rows_of
from designer.draft_parts import parts_of
from designer.models import Draft
from designer.reading import definition_of_draft, findings
from designer.reviews.queries import returned
from designer.views.around import around
from designer.views.blueprint import designer, keepers, writers
from designer.views.forms import NewDraftForm
from designer.views.offered_remedies import offered
from designer.views.places import linked
from procedure_library.models import Version
from procedure_library.queries import version_in_force, versions_of
from procedure_library.reference import calendar_for


@designer.get("/drafts")
@keepers
def draft_list() -> str:
    before = request.args.get("before", "")
    listed = listed_drafts(session(), before=int(before) if before.isdecimal() else None)
    return render_template("designer/drafts.html", listed=listed, is_first=not before)


@designer.get("/drafts/new")
@writers
def new_draft() -> str:
    return render_template("designer/draft_new.html", form=NewDraftForm())


@designer.post("/drafts")
@writers
def begin_new_draft() -> Response:
    form = NewDraftForm()
    refused: tuple[Refusal, ...] = ()
    if form.validate():
        name = Text(form.name_vi.data or "", form.name_en.data or "")
        draft = drafts.begin_new(session(), form.key_typed(), name, by=current_actor(), at=now())
        if isinstance(draft, Draft):
            return to_draft(draft)
        refused = (draft,)
    page = render_template("designer/draft_new.html", form=form, refused=refused)
    return Response(page, 422)


@designer.post("/procedures/<key>/draft")
@writers
def begin_draft(key: str) -> Response:
    """Goes on with the draft that is being written, else begins one from the version named, or that in force."""
    draft: Draft | Refusal | None = drafts.living_draft(session(), key)
    if draft is None:
        version = _named(key) or version_in_force(session(), key, local_date(now())) or _newest(key)
        draft = drafts.begin_draft(session(), version, by=current_actor(), at=now())
    if isinstance(draft, Refusal):
        # Somebody else began it in this very moment.
        draft = drafts.living_draft(session(), key) or abort(404)
    return to_draft(draft)


@designer.get("/drafts/<int:number>")
@keepers
def draft(number: int) -> str:
    shown = draft_numbered(number)
    files = drafts.files_of(session(), shown)
    found = findings(files, calendar_for(session(), local_date(now())), around)
    definition = definition_of_draft(files)
    return render_template(
        "designer/draft.html",
        **frame(shown),
        found=linked(number, found, definition),
        remedies=offered(shown, found, definition, "draft"),
        parts=parts_of(drafts.saves_of(session(), shown).values()),
        returned=returned(session(), shown),
    )


@designer.get("/drafts/<int:number>/package.zip")
@keepers
def draft_package(number: int) -> Response:
    shown = draft_numbered(number)
    archive = BytesIO()
    with ZipFile(archive, "w", ZIP_DEFLATED) as package:
        for path, content in drafts.files_of(session(), shown).items():
            package.writestr(f"{shown.procedure_key}/{path}", content)
    return download(archive.getvalue(), f"{shown.procedure_key}.zip", "application/zip")


@designer.post("/drafts/<int:number>/abandonment")
@writers
def abandon_draft(number: int) -> Response:
    shown = draft_numbered(number)
    if drafts.abandon(session(), shown, by=current_actor(), at=now()) is None:
        flash(_("Đã bỏ bản soạn thảo. Nội dung vẫn còn trong lịch sử."), "success")
    return to_draft(shown)


def draft_numbered(number: int) -> Draft:
    """The draft of an address; 404 when there is none."""
    return session().get(Draft, number) or abort(404)


def frame(draft: Draft) -> dict[str, Any]:
    """What the frame of every page of a draft shows: the draft, its name, who saved last, who may write."""
    (row,) = rows_of(session(), [draft])
    may_write = draft.state == "open" and current_actor().holds("administrator")
    return {"draft": draft, "row": row, "may_write": may_write}


def to_draft(draft: Draft) -> Response:
    return cast(Response, redirect(url_for("designer.draft", number=draft.id), 303))


def _named(key: str) -> Version | None:
    """The version of which the form says the number: a publication that was withdrawn is gone on with so."""
    typed = request.form.get("version", "")
    return next((each for each in versions_of(session(), key) if str(each.number) == typed), None)


def _newest(key: str) -> Any:
    return next(iter(versions_of(session(), key)), None) or abort(404)


def download(content: bytes, name: str, kind: str) -> Response:
    """The content as a file to keep; a browser never opens it in our name."""
    return send_file(BytesIO(content), kind, as_attachment=True, download_name=name)
