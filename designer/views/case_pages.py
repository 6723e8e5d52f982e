"""The case types of a draft in one table: terms, amounts, papers, conditions, pages, and the steps each passes."""

from collections.abc import Mapping
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from common.web import session
from designer.case_copying import copied, name_of_copy
from designer.case_matrix import FAMILIES, go_alike, matrix, passed, with_ticks
from designer.drafts import files_of, revisions_of
from designer.head_text import CASES, Head, head_in, head_text, item_of
from designer.offers import offers
from designer.reading import definition_of_draft
from designer.views.blueprint import designer, keepers, writers
from designer.views.saving import Clash, Open, done, found, opened, page
from procedure_library.definition import Definition
from procedure_library.package import HEAD, STEPS


@designer.get("/drafts/<int:number>/cases")
@keepers
def draft_cases(number: int) -> Response:
    file = opened(number, HEAD)
    return _page(file, found(head_in(file.content)))


@designer.post("/drafts/<int:number>/cases")
@writers
def save_cases(number: int) -> Response:
    file = opened(number, HEAD)
    head = found(head_in(file.content))
    ticked = with_ticks(head, _ticks(head))
    saved = file.save(head_text(ticked))
    if isinstance(saved, Clash):
        return _page(file, ticked, clash=saved)
    return done(saved, url_for("designer.draft_cases", number=number), _("Đã lưu các trường hợp."))


@designer.post("/drafts/<int:number>/cases/<key>/copy")
@writers
def copy_case(number: int, key: str) -> Response:
    """Another case type like this one, along its ways, to be named and changed; what was ticked is saved with it."""
    file = opened(number, HEAD)
    before = found(head_in(file.content))
    found(item_of(before, CASES, key))
    head = with_ticks(before, _ticks(before))
    name = name_of_copy(head, key, ("(bản sao)", "(copy)"))
    drawn = files_of(session(), file.draft).get(STEPS, "")
    changed = copied(head, drawn, file.draft.procedure_key, key, name)
    revisions = revisions_of(session(), file.draft)
    saved = file.save_with(changed, {path: revisions[path] for path in changed if path != HEAD})
    if isinstance(saved, Clash):
        return _page(file, head, clash=saved)
    words = _(
        "Đã chép thành một trường hợp mới. Đặt tên và sửa chỗ khác đi; nó đi các đường của trường hợp cũ."
    )
    return done(saved, url_for("designer.draft_cases", number=number), words)


def _ticks(head: Head) -> Mapping[str, Mapping[str, Any]]:
    """What was posted, by case type; one that the page did not show stays as it is."""
    shown = request.form.getlist("kind")
    keys = (str(each.get("key", "")) for each in head.get(CASES, ()))
    return {key: _of(key) for key in keys if key in shown}


def _of(key: str) -> dict[str, Any]:
    lists = {family: request.form.getlist(f"{key}.{family}") for family in FAMILIES}
    return {"term": request.form.get(f"{key}.term", ""), **lists}


def _page(file: Open, head: Head, **more: Any) -> Response:
    files = files_of(session(), file.draft)
    definition = definition_of_draft({**files, HEAD: head_text(head)})
    offered = offers(files)
    is_read = isinstance(definition, Definition)
    return page(
        "designer/cases.html",
        file,
        matrix=matrix(head, offered),
        terms=offered.terms,
        steps=passed(definition) if isinstance(definition, Definition) else (),
        alike=is_read and go_alike(definition),
        **more,
    )
