"""Questions and pages of a draft's form put elsewhere: by a button, by mouse, by arrow keys.

With script the answer is the list as it then stands; without, the page again.
"""

from typing import Any

from flask import Response, request
from flask_babel import gettext as _

from common.problems import Refusal
from common.web import language
from designer.form_text import form_text
from designer.views.blueprint import designer, writers
from designer.views.form_pages import form_address, listed, schema_of
from designer.views.saving import Clash, Open, done, opened, page
from form_builder.editing import Spot, page_head, place_field, place_page, question_at
from form_builder.editing.moving import LAST
from form_builder.schema import read_form
from procedure_library.package import FORM


@designer.post("/drafts/<int:number>/form/moves")
@writers
def move_in_form(number: int) -> Response:
    """`field` or `moved_page` goes to `at` in `page` or `block`, or (`into`, as the list says) to the end there."""
    file = opened(number, FORM)
    schema, moving = schema_of(file), request.form.get("moved_page", "")
    moved = _page_moved(schema, moving) if moving else _field_moved(schema)
    if isinstance(moved, Refusal):
        return _told(
            file, "designer/_form_list.html" if _in_place() else "designer/form.html", 422, refused=moved
        )
    changed, here, words = moved
    saved = file.save(form_text(changed))
    if not _in_place():
        return done(saved, form_address(number, here), words)
    if isinstance(saved, Clash):
        told = _("%(name)s vừa lưu tờ khai; chưa chuyển gì. Danh sách đã là bản mới nhất.", name=saved.by)
        return _told(opened(number, FORM), "designer/_form_list.html", 409, told=told, clash=saved)
    return _told(opened(number, FORM), "designer/_form_list.html", 200, told=words, here=here)


def _page_moved(schema: Any, key: str) -> tuple[Any, str, str] | Refusal:
    head = page_head(schema, key)
    if head is None:
        return Refusal("drafts.not_there")
    changed = place_page(schema, key, _at())
    keys = [each.key for each in read_form(changed).pages]
    place = {"title": head.title.in_(language()), "place": keys.index(key) + 1, "count": len(keys)}
    return changed, f"page-{key}", _("Trang «%(title)s» nay là trang %(place)s trên %(count)s.", **place)


def _field_moved(schema: Any) -> tuple[Any, str, str] | Refusal:
    path = request.form.get("field", "")
    question, spot = question_at(schema, path), _spot(schema)
    if question is None or spot is None:
        return Refusal("drafts.not_there")
    moved = place_field(schema, path, spot)
    if isinstance(moved, Refusal):
        return moved
    changed, there = moved
    return changed, f"field-{there}", _where(changed, there, question.title.in_(language()))


def _where(schema: Any, path: str, title: str) -> str:
    """Where the question stands now, as it is read aloud."""
    form, holder = read_form(schema), path.rpartition(".")[0]
    block = form.field_at(holder) if holder else None
    near = block or next(each for each in form.pages if path in [field.path for field in each.fields])
    paths = [field.path for field in near.fields]
    place = {
        "title": title,
        "near": near.title.in_(language()),
        "place": paths.index(path) + 1,
        "count": len(paths),
    }
    return _("«%(title)s» nay ở «%(near)s», chỗ %(place)s trên %(count)s.", **place)


def _spot(schema: Any) -> Spot | None:
    """Where the sender wants it; None: the form has no such place."""
    kind, _colon, key = request.form.get("into", "").partition(":")
    page = key if kind == "page" else request.form.get("page", "")
    block = key if kind == "block" else request.form.get("block", "")
    asked = question_at(schema, block) if block else None
    if (block and (asked is None or asked.kind not in ("group", "rows"))) or not (block or page):
        return None
    if page and page not in {each.key for each in read_form(schema).pages}:
        return None
    return Spot(page, block, LAST if kind else _at())


def _at() -> int:
    typed = request.form.get("at", "")
    return int(typed) if typed.isdecimal() and len(typed) < 6 else LAST


def _in_place() -> bool:
    return "HX-Request" in request.headers


def _told(file: Open, template: str, status: int, **told: Any) -> Response:
    answer = page(template, file, **listed(file), **told)
    answer.status_code = status
    return answer
