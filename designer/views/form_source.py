"""The form of a draft as JSON Schema: shown, taken away as a file, and read from somebody else's text.

What was read is shown as what it would change; only then it can be taken, as a save like any other.
"""

from itertools import islice
from typing import Any

from flask import Response, request
from flask_babel import gettext as _

from common.problems import Finding
from common.text import nfc
from designer.form_text import EMPTY, form_in, form_text
from designer.views.blueprint import designer, keepers, writers
from designer.views.draft_pages import download
from designer.views.form_pages import form_address
from designer.views.saving import Clash, Open, done, opened, page, posted_revision
from form_builder.checks import check_form
from form_builder.differences import ABSENT, Difference, differences
from form_builder.source import LONGEST_FILE, decoded, read_source
from form_builder.unshown import unshown
from procedure_library.canonical import canonical
from procedure_library.package import FORM

PAGE = "designer/form_source.html"
# A schema of somebody else differs everywhere: what is read by nobody is counted.
SHOWN_CHANGES = 200


@designer.get("/drafts/<int:number>/form/source")
@keepers
def form_source(number: int) -> Response:
    file = opened(number, FORM)
    schema = form_in(file.content)
    not_shown = (
        unshown(schema) if schema is not None and not isinstance(read_source(file.content), tuple) else ()
    )
    return page(PAGE, file, content=file.content, not_shown=not_shown)


@designer.get("/drafts/<int:number>/form.schema.json")
@keepers
def form_file(number: int) -> Response:
    """The file to keep, letter by letter as the package has it."""
    file = opened(number, FORM)
    return download(file.content.encode(), f"{file.draft.procedure_key}.{FORM}", "application/schema+json")


@designer.post("/drafts/<int:number>/form/source/look")
@writers
def look_at_source(number: int) -> Response:
    """What the text would change; nothing is saved. The page keeps the revision that its reader knew."""
    file, text = opened(number, FORM), _sent()
    if isinstance(text, Finding):
        return page(PAGE, file, content=_typed(), wrong=(text,), status=422, revision=posted_revision())
    return _looked_at(file, text)


@designer.post("/drafts/<int:number>/form/source")
@writers
def take_source(number: int) -> Response:
    """Takes the text that was looked at."""
    file, text = opened(number, FORM), _typed()
    schema = read_source(text)
    if isinstance(schema, tuple):
        return page(PAGE, file, content=text, wrong=schema, status=422, revision=posted_revision())
    saved = file.save(form_text(schema))
    if isinstance(saved, Clash):
        return _looked_at(file, text, clash=saved)
    return done(saved, form_address(number), _("Đã lưu tờ khai theo văn bản JSON Schema."))


def _looked_at(file: Open, text: str, clash: Clash | None = None) -> Response:
    schema = read_source(text)
    known = {} if clash else {"revision": posted_revision()}
    if isinstance(schema, tuple):
        return page(PAGE, file, content=text, wrong=schema, status=422, **known)
    changes = list(islice(differences(form_in(file.content) or EMPTY, schema), SHOWN_CHANGES + 1))
    return page(
        PAGE,
        file,
        content=text,
        looked=True,
        changes=[(each.kind, each.where, *_both(each)) for each in changes[:SHOWN_CHANGES]],
        has_more=len(changes) > SHOWN_CHANGES,
        not_shown=unshown(schema),
        found=[each for each in check_form(schema) if each.severity == "error"],
        clash=clash,
        **known,
    )


def _both(change: Difference) -> tuple[str, str]:
    return _briefly(change.before), _briefly(change.after)


def _briefly(value: Any) -> str:
    """The value as JSON, no longer than one reads; "" for nothing."""
    text = "" if value is ABSENT else canonical(value)
    return text if len(text) <= 160 else f"{text[:160]}…"


def _typed() -> str:
    return nfc(request.form.get("content", "")).replace("\r\n", "\n")


def _sent() -> str | Finding:
    """The text of the file that was chosen, else what stands on the page."""
    sent = request.files.get("file")
    if not sent or not sent.filename:
        return _typed()
    return decoded(sent.stream.read(LONGEST_FILE + 1))
