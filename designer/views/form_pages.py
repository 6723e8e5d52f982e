"""The form of a draft: its pages and their questions, in order, and as the citizen will see them."""

from collections.abc import Mapping
from typing import Any, cast

from flask import Response, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _

from common.clock import local_date
from common.text import Text
from common.web import framed_by_us, language, now, session
from designer.bank.queries import Standing, standings
from designer.drafts import files_of
from designer.form_text import EMPTY, form_in, form_text
from designer.reading import definition_of_draft
from designer.tried_form import tried_form
from designer.unanswered import lacking
from designer.undoing import steps_of
from designer.views.blueprint import designer, keepers, writers
from designer.views.field_form import PageForm
from designer.views.field_steps import tasks_of
from designer.views.places import linked
from designer.views.saving import Clash, Open, done, found, opened, page
from form_builder.bank import Use, uses
from form_builder.checks import check_form
from form_builder.editing import PageHead, add_page, change_page, move_page, page_head, remove_page
from form_builder.pages import show, take
from form_builder.places import Former
from form_builder.remarks import Computed
from form_builder.schema import read_form
from form_builder.wtform import PageForm as FormPage
from procedure_library.compiled import read_rules
from procedure_library.package import FORM, RULES
from procedure_library.place_lists import find_former
from rules_dsl.nodes import AmountRule, Let, RuleFile


@designer.get("/drafts/<int:number>/form")
@keepers
def draft_form(number: int) -> Response:
    file = opened(number, FORM)
    return page("designer/form.html", file, **listed(file))


def listed(file: Open) -> dict[str, Any]:
    """What the list of pages and questions shows of the form as it stands."""
    number, schema = file.draft.id, form_in(file.content)
    findings = check_form(schema) if schema else ()
    asks = schema is not None and (schema.get("properties") or schema.get("x-motcua-pages"))
    form = read_form(schema) if schema and asks else None
    definition = definition_of_draft(files_of(session(), file.draft))
    return {
        "form": form,
        "linked": linked(number, findings, definition),
        "unreadable": schema is None,
        "lacking": lacking(definition),
        "steps": steps_of(session(), file.draft, FORM),
        "values": values_of(file),
        "tasks": tasks_of(file.draft),
        "uses": uses_told(schema) if schema else (),
    }


@designer.get("/drafts/<int:number>/form/new-page")
@writers
def new_form_page(number: int) -> Response:
    return page("designer/form_page.html", opened(number, FORM), form=PageForm(), key="")


@designer.post("/drafts/<int:number>/form/pages")
@writers
def make_form_page(number: int) -> Response:
    return _page_saved(number, "")


@designer.get("/drafts/<int:number>/form/pages/<key>")
@writers
def form_page(number: int, key: str) -> Response:
    file = opened(number, FORM)
    head = found(page_head(schema_of(file), key))
    said = {"title_vi": head.title.vi, "title_en": head.title.en}
    said |= {"help_vi": head.help.vi, "help_en": head.help.en}
    return page("designer/form_page.html", file, form=PageForm(data=said), key=key)


@designer.post("/drafts/<int:number>/form/pages/<key>")
@writers
def change_form_page(number: int, key: str) -> Response:
    return _page_saved(number, key)


@designer.post("/drafts/<int:number>/form/pages/<key>/place")
@writers
def move_form_page(number: int, key: str) -> Response:
    file = opened(number, FORM)
    schema = schema_of(file)
    found(page_head(schema, key))
    saved = file.save(form_text(move_page(schema, key, direction())))
    return done(saved, form_address(number, f"page-{key}"), _("Đã đổi thứ tự các trang."))


@designer.post("/drafts/<int:number>/form/pages/<key>/removal")
@writers
def remove_form_page(number: int, key: str) -> Response:
    file = opened(number, FORM)
    schema = schema_of(file)
    found(page_head(schema, key))
    saved = file.save(form_text(remove_page(schema, key)))
    return done(saved, form_address(number), _("Đã bỏ trang cùng các câu hỏi trên đó."))


@designer.get("/drafts/<int:number>/form/preview/<key>")
@keepers
def form_preview(number: int, key: str) -> Response:
    file = opened(number, FORM)
    form = tried_form(schema_of(file))
    if key not in {each.key for each in form.pages} or check_form_errors(form.schema):
        return cast(Response, redirect(form_address(number), 303))
    shown = _with_amounts(file, show(form, key, {}, language()))
    return page("designer/form_preview.html", file, form=form, shown=shown, here=key)


@designer.get("/drafts/<int:number>/form/frame/<key>")
@keepers
def form_frame(number: int, key: str) -> str:
    """The page alone as people get it, for a frame beside the list; why not, where it cannot be shown yet."""
    framed_by_us()
    schema = schema_of(opened(number, FORM))
    form = tried_form(schema)
    can = key in {each.key for each in form.pages} and not check_form_errors(schema)
    shown = show(form, key, {}, language()) if can else None
    check_url = url_for("designer.check_form_preview", number=number, key=key)
    return render_template("designer/form_frame.html", shown=shown, check_url=check_url)


@designer.post("/drafts/<int:number>/form/preview/<key>")
@keepers
def check_form_preview(number: int, key: str) -> str:
    """What the page asks after these answers, while somebody tries it (htmx)."""
    file = opened(number, FORM)
    form = tried_form(schema_of(file))
    if key not in {each.key for each in form.pages} or check_form_errors(form.schema):
        abort(404)
    rows = iter(f"r{place}" for place in range(1, 1000))
    typed = request.form
    reply = take(form, key, typed, {}, language(), new_id=lambda: next(rows), judged=False, former=_former)
    check_url = url_for("designer.check_form_preview", number=number, key=key)
    shown = _with_amounts(file, reply.page)
    return render_template("designer/_form_preview.html", shown=shown, check_url=check_url)


def _former(typed: str) -> tuple[Former, ...]:
    return find_former(session(), typed, local_date(now()))


def _with_amounts(file: Open, shown: FormPage) -> FormPage:
    """The page with the amounts on it by name: there is no dossier to work them out for."""
    if shown.rules:
        shown.computed = {name: Computed(title.in_(language())) for name, title in values_of(file).items()}
    return shown


def uses_told(schema: Any) -> list[tuple[Use, Standing]]:
    """The uses of blocks that the bank knows, each with how it stands to the newest version."""
    every = uses(schema)
    known = standings(session(), [use.source for use in every])
    return [(use, known[use.source]) for use in every if use.source in known]


def schema_of(file: Open) -> Any:
    """The form of the draft; an unreadable one is mended on its history page, not here."""
    return found(form_in(file.content)) if file.content else EMPTY


def rule_file_of(file: Open) -> RuleFile:
    """The rules of the draft, as far as they can be read."""
    return read_rules(files_of(session(), file.draft).get(RULES, "")).rules


def values_of(file: Open) -> Mapping[str, Text]:
    """Name of each charge, fee and named value of the draft's rules → its title, or the name itself."""
    return {
        rule.name: rule.title if rule.title.vi else Text(rule.name)
        for rule in rule_file_of(file).rules
        if isinstance(rule, AmountRule | Let) and rule.name
    }


def check_form_errors(schema: Any) -> bool:
    """Whether the form cannot be shown as a form."""
    return any(finding.severity == "error" for finding in check_form(schema))


def direction() -> int:
    """One place up or down, as the button says."""
    return -1 if request.form.get("to") == "up" else 1


def form_address(number: int, anchor: str | None = None) -> str:
    return url_for("designer.draft_form", number=number, _anchor=anchor)


def _page_saved(number: int, key: str) -> Response:
    file, form = opened(number, FORM), PageForm()
    if not form.validate():
        return page("designer/form_page.html", file, form=form, key=key, status=422)
    schema, head = schema_of(file), _head(form)
    changed, kept = (change_page(schema, key, head), key) if key else add_page(schema, head)
    saved = file.save(form_text(changed))
    if isinstance(saved, Clash):
        return page("designer/form_page.html", file, form=form, key=key, clash=saved)
    return done(saved, form_address(number, f"page-{kept}"))


def _head(form: PageForm) -> PageHead:
    return PageHead(Text(form.title_vi.data, form.title_en.data), Text(form.help_vi.data, form.help_en.data))
