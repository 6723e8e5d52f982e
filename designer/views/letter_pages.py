"""The letters of a draft: Typst source, written here and printed on trial with invented data."""

from io import BytesIO
from typing import Any, cast

from flask import Response, request, send_file, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import SelectField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from common.clock import local_date
from common.problems import Finding
from common.text import Text
from common.web import now, session
from designer.drafts import files_of, revisions_of
from designer.head_text import LETTERS, Head, head_in, head_text, item_of, spoken, text_body, with_item
from designer.placeholders import GENERAL, placeholders
from designer.reading import definition_of_draft
from designer.tried_form import tried_form
from designer.views.blueprint import designer, keepers, writers
from designer.views.field_form import LONG, line
from designer.views.letter_preview import LONGEST_SOURCE, preview, situation_of
from designer.views.places import linked
from designer.views.press import letter_press, letter_trial
from designer.views.saving import Clash, Open, done, found, opened, page
from form_builder.editing import key_from
from procedure_library.checks import check
from procedure_library.definition import KEY, Definition
from procedure_library.letter_trials import try_letters
from procedure_library.package import HEAD
from procedure_library.reference import calendar_for

ENDINGS = ("granted", "refused", "withdrawn", "stopped")
FIRST_SOURCE = """#let d = json(bytes(sys.inputs.data))
#set document(title: d.procedure, author: d.agency.name)
#set page(paper: "a5", margin: 15mm)
#set text(font: "Libertinus Serif", size: 11pt, lang: "vi", fallback: false)

#align(center)[#strong(upper(d.agency.name))]
#align(right)[#d.place, #d.dated]
= #d.procedure
#for section in d.sections [
  == #section.title
  #for row in section.rows [#row.label: #strong(row.text) \\ ]
]
#align(right)[#strong(d.official)]
"""


class LetterForm(FlaskForm):
    name_vi = line(lazy_gettext("Tên văn bản"), 300, lazy_gettext("Ghi tên văn bản"))
    name_en = line(lazy_gettext("Tên tiếng Anh"), 300)
    ending = SelectField(
        lazy_gettext("In khi hồ sơ kết thúc bằng"),
        [Optional()],
        choices=["", *ENDINGS],
    )
    source = TextAreaField(
        lazy_gettext("Mã nguồn (Typst)"),
        [
            DataRequired(message=lazy_gettext("Viết mã nguồn của văn bản")),
            Length(max=LONGEST_SOURCE, message=LONG),
        ],
    )


@designer.get("/drafts/<int:number>/letters")
@keepers
def draft_letters(number: int) -> Response:
    return _list(opened(number, HEAD))


@designer.post("/drafts/<int:number>/letters/trial")
@keepers
def try_draft_letters(number: int) -> Response:
    """Every letter as it was saved, made for every example that comes to it; nothing is kept."""
    file = opened(number, HEAD)
    definition, calendar = _definition(file), calendar_for(session(), local_date(now()))
    found = check(definition, calendar) if isinstance(definition, Definition) else definition
    blocked = any(finding.severity == "error" for finding in found)
    if isinstance(definition, Definition) and not blocked:
        found = try_letters(definition, letter_trial(), calendar, at=now())
    return _list(file, tried=linked(number, found, definition), blocked=blocked)


@designer.get("/drafts/<int:number>/letters/new")
@writers
def new_letter(number: int) -> Response:
    form = LetterForm(formdata=None)
    form.source.data = FIRST_SOURCE
    return _letter_page(opened(number, HEAD), form, "", 0)


@designer.post("/drafts/<int:number>/letters")
@writers
def make_letter(number: int) -> Response:
    return _saved(number, "")


@designer.get("/drafts/<int:number>/letters/<key>")
@keepers
def letter(number: int, key: str) -> Response:
    file, source = opened(number, HEAD), _source(number, key)
    body = found(item_of(_head(file), LETTERS, key))
    form = LetterForm(formdata=None)
    form.name_vi.data, form.name_en.data = spoken(body.get("name", ""))
    form.ending.data, form.source.data = body.get("ending", ""), source.content
    return _letter_page(file, form, key, source.revision)


@designer.post("/drafts/<int:number>/letters/<key>")
@writers
def change_letter(number: int, key: str) -> Response:
    return _saved(number, key)


@designer.post("/drafts/<int:number>/letters/<key>/removal")
@writers
def remove_letter(number: int, key: str) -> Response:
    file, source = opened(number, HEAD), _source(number, key)
    head = _head(file)
    found(item_of(head, LETTERS, key))
    files: dict[str, str | None] = {HEAD: head_text(with_item(head, LETTERS, key, None)), source.path: None}
    saved = file.save_with(files, {source.path: source.revision})
    return done(saved, url_for("designer.draft_letters", number=number), _("Đã bỏ văn bản."))


@designer.post("/drafts/<int:number>/letters/view")
@keepers
def view_letter(number: int) -> Response:
    """The page again with the letter as typed and its pages beside it, for who has no script; nothing is saved."""
    form, key = LetterForm(), request.form.get("key", "")
    return _letter_page(opened(number, HEAD), form, key, _known_source())


@designer.post("/drafts/<int:number>/letters/proof")
@keepers
def proof_letter(number: int) -> Response:
    """The letter as typed, printed with invented data; nothing is saved."""
    file, form, key = opened(number, HEAD), LetterForm(), request.form.get("key", "")
    definition = _definition(file)
    if not isinstance(definition, Definition):
        return _letter_page(file, form, key, _known_source(), problems=definition[:1], status=422)
    situation = situation_of(definition, form.ending.data or "", request.form.get("example", ""))
    printed = letter_press()(definition, form.source.data or "", situation, at=now())
    if not isinstance(printed, bytes):
        return _letter_page(file, form, key, _known_source(), problems=[printed], status=422)
    response = send_file(BytesIO(printed), "application/pdf", as_attachment=True, download_name="in-thu.pdf")
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _saved(number: int, key: str) -> Response:
    file, form = opened(number, HEAD), LetterForm()
    head = _head(file)
    if not form.validate():
        return _letter_page(file, form, key, _known_source(), status=422)
    kept = key or key_from(form.name_vi.data, [each.get("key", "") for each in head.get(LETTERS, ())])
    body = {
        **(item_of(head, LETTERS, key) or {}),
        "key": kept,
        "name": text_body(form.name_vi.data, form.name_en.data),
    }
    body = (
        {**body, "ending": form.ending.data}
        if form.ending.data
        else {n: p for n, p in body.items() if n != "ending"}
    )
    path = f"letters/{kept}.typ"
    # A letter taken out before has left its revisions behind.
    known = _known_source() if key else revisions_of(session(), file.draft).get(path, 0)
    saved = file.save_with(
        {path: form.source.data or "", HEAD: head_text(with_item(head, LETTERS, kept, body))}, {path: known}
    )
    if isinstance(saved, Clash):
        revision = saved.revision if saved.path == path else _known_source()
        return _letter_page(file, form, key, revision, clash=saved)
    return done(saved, url_for("designer.letter", number=number, key=kept), _("Đã lưu văn bản."))


def _list(file: Open, **more: Any) -> Response:
    head = head_in(file.content) or {}
    letters = [
        (each.get("key", ""), Text(*spoken(each.get("name", ""))), each) for each in head.get(LETTERS, ())
    ]
    return page("designer/letters.html", file, letters=letters, **more)


def _definition(file: Open) -> Definition | tuple[Finding, ...]:
    return definition_of_draft(files_of(session(), file.draft))


def _letter_page(file: Open, form: LetterForm, key: str, source_revision: int, **more: Any) -> Response:
    definition, example = _definition(file), request.form.get("example", "")
    return page(
        "designer/letter.html",
        file,
        form=form,
        key=key,
        source_revision=source_revision,
        seen=preview(file.draft, form.source.data or "", form.ending.data or "", example),
        offered=placeholders(tried_form(definition.form))
        if isinstance(definition, Definition)
        else (GENERAL,),
        examples=definition.examples if isinstance(definition, Definition) else (),
        example=example,
        **more,
    )


def _known_source() -> int:
    typed = request.form.get("source_revision", "")
    return int(typed) if typed.isdecimal() and len(typed) < 9 else 0


def _source(number: int, key: str) -> Open:
    return opened(number, f"letters/{found(key if KEY.fullmatch(key) else None)}.typ")


def _head(file: Open) -> Head:
    return cast(Head, found(head_in(file.content)))
