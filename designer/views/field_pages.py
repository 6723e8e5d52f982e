"""Questions of a draft's form: added, decided, moved, removed; shown as the citizen will see each."""

from dataclasses import replace
from typing import Any

from flask import Response, jsonify, render_template, request, url_for
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from common.web import language, session
from designer.drafts import files_of
from designer.form_text import form_text
from designer.reading import definition_of_draft
from designer.tried_form import tried_form
from designer.unanswered import Unanswered, lacking
from designer.views.blueprint import designer, writers
from designer.views.field_form import PERSONAL, FieldForm, offered_sources
from designer.views.field_steps import offer_steps
from designer.views.field_typing import case_options, fill, make_room, question_typed
from designer.views.form_pages import check_form_errors, direction, form_address, listed, schema_of
from designer.views.rule_choices import offered, rules_of
from designer.views.rule_editing import asks_json
from designer.views.saving import Clash, Open, done, found, opened, page, saved_json
from form_builder.editing import (
    Question,
    add_field,
    change_field,
    move_field,
    out_of_order,
    question_at,
    remove_field,
    send_field,
)
from form_builder.form import Form
from form_builder.kinds import KINDS, OFFERED
from form_builder.pages import show
from form_builder.presets import PRESETS, with_preset
from form_builder.schema import read_form
from procedure_library.package import FORM
from rules_dsl.nodes import Component

FIRST_KIND = "text"


@designer.get("/drafts/<int:number>/form/new-field")
@writers
def new_field(number: int) -> Response:
    file = opened(number, FORM)
    form, block = FieldForm(formdata=None), request.args.get("block", "")
    form.kind.data = kind if (kind := request.args.get("kind", "")) in (*OFFERED, *PRESETS) else FIRST_KIND
    form.page.data = request.args.get("page", "") or _last_page(read_form(schema_of(file)))
    return _asked(file, form, "", block, None)


@designer.post("/drafts/<int:number>/form/fields")
@writers
def make_field(number: int) -> Response:
    file, form, block = opened(number, FORM), FieldForm(), request.form.get("block", "")
    schema = schema_of(file)
    if (again := _not_yet(file, form, "", block, None)) is not None:
        return again
    changed, path = add_field(
        schema, question_typed(form, None, block), page=form.page.data or "", block=block
    )
    if form.kind.data in PRESETS:
        changed = with_preset(changed, path, form.kind.data)
    saved = file.save(form_text(changed))
    if isinstance(saved, Clash):
        return _asked(file, form, "", block, None, clash=saved)
    return done(saved, form_address(number, f"field-{path}"), _("Đã thêm câu hỏi."))


@designer.get("/drafts/<int:number>/form/fields/<path>")
@writers
def field(number: int, path: str) -> Response:
    file = opened(number, FORM)
    schema = schema_of(file)
    question = found(question_at(schema, path))
    form, read = FieldForm(formdata=None), read_form(schema)
    fill(form, question, read, _holder(path))
    form.page.data = _page_of(read, path)
    return _asked(file, form, path, _holder(path), question)


@designer.post("/drafts/<int:number>/form/fields/<path>")
@writers
def change_question(number: int, path: str) -> Response | tuple[Response, int]:
    """Saves the question; a script that saves while somebody types is answered in JSON."""
    file, form = opened(number, FORM), FieldForm()
    schema = schema_of(file)
    before = found(question_at(schema, path))
    if (again := _not_yet(file, form, path, _holder(path), before)) is not None:
        return (jsonify(), 422) if asks_json() else again
    changed = change_field(schema, path, question_typed(form, before, _holder(path)))
    if form.page.data and form.page.data != _page_of(read_form(schema), path):
        changed = send_field(changed, path, form.page.data)
    saved = file.save(form_text(changed))
    if asks_json():
        return saved_json(saved, file.draft)
    if isinstance(saved, Clash):
        return _asked(file, form, path, _holder(path), before, clash=saved)
    return done(saved, form_address(number, f"field-{path}"), _("Đã lưu câu hỏi."))


@designer.post("/drafts/<int:number>/form/fields/<path>/place")
@writers
def move_question(number: int, path: str) -> Response:
    file = opened(number, FORM)
    schema = schema_of(file)
    found(question_at(schema, path))
    moved = move_field(schema, path, direction())
    if refused := out_of_order(schema, moved, path, path):
        return page("designer/form.html", file, status=422, **listed(file), refused=refused)
    saved = file.save(form_text(moved))
    return done(saved, form_address(number, f"field-{path}"), _("Đã đổi thứ tự câu hỏi."))


@designer.post("/drafts/<int:number>/form/fields/<path>/removal")
@writers
def remove_question(number: int, path: str) -> Response:
    file = opened(number, FORM)
    schema = schema_of(file)
    found(question_at(schema, path))
    saved = file.save(form_text(remove_field(schema, path)))
    return done(saved, form_address(number), _("Đã bỏ câu hỏi."))


@designer.post("/drafts/<int:number>/form/question")
@writers
def question_preview(number: int) -> str:
    """The question alone, as typed so far (htmx)."""
    form = FieldForm()
    return render_template("designer/_question.html", shown=_shown(form), form=form)


def _not_yet(file: Open, form: FieldForm, path: str, block: str, before: Question | None) -> Response | None:
    """The page again: with other boxes when another kind was picked, with what is wrong, or with more rows."""
    _offer(file, form, path, block, before)
    if request.form.get("act") in ("kind", "rows"):
        return _asked(file, form, path, block, before)
    if not form.validate():
        return _asked(file, form, path, block, before, status=422)
    return None


def _asked(
    file: Open, form: FieldForm, path: str, block: str, before: Question | None, **more: Any
) -> Response:
    read = _offer(file, form, path, block, before)
    make_room(form)
    _offer_cases(form, read, path, block, before)
    number = file.draft.id
    address = url_for("designer.field", number=number, path=path) if path else None
    return page(
        "designer/field.html",
        file,
        form=form,
        path=path,
        block=block,
        within=read.field_at(block) if block else None,
        address=address or url_for("designer.make_field", number=number),
        shown=_shown(form),
        lacking=_lacking(file, path),
        **more,
    )


def _lacking(file: Open, path: str) -> tuple[Unanswered, ...]:
    """What examples lack of this question, as it was saved last."""
    found_lacking = lacking(definition_of_draft(files_of(session(), file.draft))) if path else ()
    return tuple(each for each in found_lacking if each.question.path == path)


def _offer(file: Open, form: FieldForm, path: str, block: str, before: Question | None) -> Form:
    """Gives every list of the form what may be picked in it."""
    read = read_form(schema_of(file))
    words = {"": _("Không điền sẵn")}
    form.kind.choices = [*OFFERED, *(() if path else PRESETS)]
    form.page.choices = ["", *(SelectChoice(each.key, each.title.in_(language())) for each in read.pages)]
    form.prefill.choices = [SelectChoice("", words[""]), *offered_sources()]
    components = offered(rules_of(file), Component)
    form.component.choices = [SelectChoice("", _("Không tính")), *components, *_kept(components, before)]
    named = {*PERSONAL, *([before.personal] if before else [])} - {""}
    form.personal.choices = [SelectChoice("", _("Không")), *sorted(named)]
    _offer_cases(form, read, path, block, before)
    offer_steps(form, file.draft, before)
    return read


def _kept(components: list[SelectChoice], before: Question | None) -> list[str]:
    """A component that no rule is called any more stays to be seen."""
    named = before.component if before else ""
    return [named] if named and named not in {each.value for each in components} else []


def _offer_cases(form: FieldForm, read: Form, path: str, block: str, before: Question | None) -> None:
    key = path.rpartition(".")[2]
    options = case_options(read, block, key, before.asked_when if before else ())
    for row in form.cases:
        row.case.choices = options


def _shown(form: FieldForm) -> Any:
    """The question as a page of a form that asks nothing else; None while it cannot be shown."""
    if not form.title_vi.data or form.kind.data not in (*KINDS, *PRESETS):
        return None
    try:
        question = replace(question_typed(form, None, ""), asked_when=())
    except (ValueError, ArithmeticError):
        return None
    alone, key = add_field({"type": "object"}, question)
    if form.kind.data in PRESETS:
        alone = with_preset(alone, key, form.kind.data)
    return None if check_form_errors(alone) else _shown_first(tried_form(alone))


def _shown_first(form: Form) -> Any:
    return show(form, form.pages[0].key, {}, language())


def _holder(path: str) -> str:
    return path.rpartition(".")[0]


def _last_page(read: Form) -> str:
    """Where a question goes that was begun on no page; "" while there is none."""
    return read.pages[-1].key if read.schema.get("x-motcua-pages") else ""


def _page_of(read: Form, path: str) -> str:
    """The page of a top-level field; "" for one inside a block, which moves only with its block."""
    return next((each.key for each in read.pages if path in {f.key for f in each.fields}), "")
