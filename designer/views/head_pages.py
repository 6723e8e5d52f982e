"""The head of a draft: what the procedure is, for whom, on which law; and its case types."""

from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from common.text import Text
from common.web import language, session
from designer.case_uses import uses_of
from designer.drafts import files_of
from designer.form_text import form_in
from designer.head_text import CASES, Head, head_in, head_text, item_of, spoken, with_item
from designer.views.blueprint import designer, keepers, writers
from designer.views.head_form import CaseTypeForm, HeadForm
from designer.views.interface_form import named_kinds
from designer.views.rule_choices import offered, rules_of
from designer.views.saving import Clash, Open, done, found, opened, page
from form_builder.editing import key_from
from form_builder.schema import read_form
from procedure_library.package import FORM, HEAD
from rules_dsl.nodes import AmountRule, Component, Condition, Term


@designer.get("/drafts/<int:number>/head")
@keepers
def draft_head(number: int) -> Response:
    file = opened(number, HEAD)
    head, form = head_in(file.content), HeadForm(formdata=None)
    if head is not None:
        form.fill(head)
    return _head_page(file, form)


@designer.post("/drafts/<int:number>/head")
@writers
def save_head(number: int) -> Response:
    file, form = opened(number, HEAD), HeadForm()
    form.offer(head_in(file.content) or {})
    if request.form.get("act") == "rows":
        return _head_page(file, form)
    if not form.validate():
        return _head_page(file, form, status=422)
    saved = file.save(head_text(form.said(found(head_in(file.content)))))
    if isinstance(saved, Clash):
        return _head_page(file, form, clash=saved)
    return done(saved, url_for("designer.draft_head", number=number))


@designer.get("/drafts/<int:number>/head/new-case-type")
@writers
def new_case_type(number: int) -> Response:
    return _case_page(opened(number, HEAD), CaseTypeForm(formdata=None), "")


@designer.post("/drafts/<int:number>/head/case-types")
@writers
def make_case_type(number: int) -> Response:
    return _case_saved(number, "")


@designer.get("/drafts/<int:number>/head/case-types/<key>")
@writers
def case_type(number: int, key: str) -> Response:
    file = opened(number, HEAD)
    body = found(item_of(_head(file), CASES, key))
    form = CaseTypeForm(formdata=None)
    form.name_vi.data, form.name_en.data = spoken(body.get("name", ""))
    form.term.data = body.get("term", "")
    for name in ("pages", "amounts", "components", "conditions"):
        form[name].data = list(body.get(name, ()))
    return _case_page(file, form, key)


@designer.post("/drafts/<int:number>/head/case-types/<key>")
@writers
def change_case_type(number: int, key: str) -> Response:
    return _case_saved(number, key)


@designer.post("/drafts/<int:number>/head/case-types/<key>/removal")
@writers
def remove_case_type(number: int, key: str) -> Response:
    file = opened(number, HEAD)
    head = _head(file)
    found(item_of(head, CASES, key))
    saved = file.save(head_text(with_item(head, CASES, key, None)))
    return done(saved, url_for("designer.draft_head", number=number), _("Đã bỏ trường hợp."))


def _case_saved(number: int, key: str) -> Response:
    file, form = opened(number, HEAD), CaseTypeForm()
    head = _head(file)
    _offer(file, form)
    if not form.validate():
        return _case_page(file, form, key, status=422)
    kept = key or key_from(form.name_vi.data, [each.get("key", "") for each in head.get(CASES, ())])
    body = form.said(kept, item_of(head, CASES, key) or {})
    saved = file.save(head_text(with_item(head, CASES, kept, body)))
    if isinstance(saved, Clash):
        return _case_page(file, form, key, clash=saved)
    return done(saved, url_for("designer.draft_head", number=number), _("Đã lưu trường hợp."))


def _head(file: Open) -> Head:
    return head if (head := head_in(file.content)) is not None else found(None)


def _head_page(file: Open, form: HeadForm, **more: Any) -> Response:
    head = head_in(file.content)
    form.make_room()
    form.offer(head or {})
    kinds = [
        (each.get("key", ""), Text(*spoken(each.get("name", ""))), each)
        for each in (head or {}).get(CASES, ())
    ]
    titles = {rule.name: rule.title for rule in rules_of(file)}
    return page(
        "designer/head.html",
        file,
        form=form,
        kinds=kinds,
        kind_names=named_kinds(head or {}),
        titles=titles,
        unreadable=head is None,
        **more,
    )


def _case_page(file: Open, form: CaseTypeForm, key: str, **more: Any) -> Response:
    _offer(file, form)
    uses = uses_of(files_of(session(), file.draft), key) if key else ()
    return page("designer/case_type.html", file, form=form, key=key, uses=uses, **more)


def _offer(file: Open, form: CaseTypeForm) -> None:
    """Rules of the fitting kind, and the pages of the form, by the words that people read."""
    rules = rules_of(file)
    families = {"amounts": AmountRule, "components": Component, "conditions": Condition}
    for name, family in families.items():
        form[name].choices = offered(rules, family)
    form.term.choices = [SelectChoice("", _("Không có: giải quyết ngay")), *offered(rules, Term)]
    schema = form_in(files_of(session(), file.draft).get(FORM, "")) or {}
    pages = read_form(schema).pages if schema.get("properties") else ()
    form.pages.choices = [SelectChoice(each.key, each.title.in_(language())) for each in pages]
