"""Blocks of the question bank put into a draft's form, and a newer version of one taken where it is used."""

from typing import Any

from flask import Response, abort, request
from flask_babel import gettext as _

from common.problems import Refusal
from common.web import language, session
from designer.bank.queries import Standing, block_named, content_of, newest_of, offered, standings
from designer.bank.telling import told
from designer.form_text import form_text
from designer.views.block_pages import preview
from designer.views.blueprint import designer, writers
from designer.views.form_pages import form_address, schema_of
from designer.views.saving import Clash, Open, done, found, opened, page
from form_builder.bank import Use, put, updated, use_at
from form_builder.bank import offered as update_of
from form_builder.editing import page_head, question_at
from form_builder.schema import read_form
from procedure_library.package import FORM

CHOICE, UPDATE = "designer/block_choice.html", "designer/block_update.html"
PAGE_OF_BLOCKS = 20


@designer.get("/drafts/<int:number>/form/new-use")
@writers
def new_use(number: int) -> Response:
    return _choice(opened(number, FORM), request.args.get("page", ""), request.args.get("block", ""))


@designer.post("/drafts/<int:number>/form/uses")
@writers
def make_use(number: int) -> Response:
    """The newest version of the block `of` goes to the end of `page`, or into the group or rows at `block`."""
    file = opened(number, FORM)
    schema = schema_of(file)
    near, holder = request.form.get("page", ""), request.form.get("block", "")
    _place(schema, near, holder)
    chosen = found(block_named(session(), request.form.get("of", "")))
    if chosen.retired_at is not None:
        abort(404)
    version = newest_of(session(), chosen)
    changed, use = put(schema, content_of(version), version.source, page=near, holder=holder)
    saved = file.save(form_text(changed))
    if isinstance(saved, Clash):
        return _choice(file, near, holder, clash=saved)
    words = _("Đã đưa khối «%(title)s» vào tờ khai.", title=version.title.in_(language()))
    return done(saved, form_address(number, f"field-{use.paths[0]}"), words)


@designer.get("/drafts/<int:number>/form/fields/<path>/update")
@writers
def update(number: int, path: str) -> Response:
    file = opened(number, FORM)
    return _update(file, path, *_standing(file, path))


@designer.post("/drafts/<int:number>/form/fields/<path>/update")
@writers
def take_update(number: int, path: str) -> Response:
    """Takes the version `to`, the one that was compared."""
    file = opened(number, FORM)
    use, standing = _standing(file, path)
    if request.form.get("to") != str(standing.newest.number):
        return _update(file, path, use, standing, is_newer=True, status=409)
    schema, newest = schema_of(file), standing.newest
    merge = update_of(schema, use, content_of(standing.used), content_of(newest), _wanted())
    if isinstance(merge, Refusal):
        return _update(file, path, use, standing, refused=merge, status=422)
    saved = file.save(form_text(updated(schema, use, merge.block, newest.source)))
    if isinstance(saved, Clash):
        return _update(file, path, use, standing, clash=saved)
    words = _(
        "Khối «%(title)s» nay theo phiên bản %(number)s.",
        title=newest.title.in_(language()),
        number=newest.number,
    )
    return done(saved, form_address(number, f"field-{path}"), words)


def _wanted() -> list[str]:
    """The places where the bank's text is wanted though the author has another."""
    return [place for name, place in request.form.items() if name.startswith("clash-") and place]


def _choice(file: Open, near: str, holder: str, **more: Any) -> Response:
    schema, after = schema_of(file), request.args.get("after", "")
    _place(schema, near, holder)
    versions = offered(session(), after=after, limit=PAGE_OF_BLOCKS)
    shown = versions[:PAGE_OF_BLOCKS]
    return page(
        CHOICE,
        file,
        near=near,
        holder=holder,
        place=_title(schema, near, holder),
        blocks=[(each, read_form(content_of(each)), preview(each)) for each in shown],
        after=shown[-1].block.key if len(versions) > PAGE_OF_BLOCKS else None,
        is_first=not after,
        **more,
    )


def _update(file: Open, path: str, use: Use, standing: Standing, **more: Any) -> Response:
    blocks = [content_of(standing.newest), content_of(standing.used)]
    merge = update_of(schema_of(file), use, blocks[1], blocks[0])
    # A question is called as it will be: where both sides named it, as the form does.
    changes = () if isinstance(merge, Refusal) else told(merge.changes, (merge.block, *blocks), language())
    return page(UPDATE, file, path=path, standing=standing, changes=changes, **more)


def _standing(file: Open, path: str) -> tuple[Use, Standing]:
    """The use that the question belongs to, and how it stands to the bank; 404 when nothing newer is there."""
    use: Use = found(use_at(schema_of(file), path))
    standing: Standing = found(standings(session(), [use.source]).get(use.source))
    return (use, standing) if standing.is_behind else abort(404)


def _place(schema: Any, near: str, holder: str) -> None:
    """404 when the form has no such page, or no such group or rows."""
    asked = question_at(schema, holder) if holder else None
    if holder and (asked is None or asked.kind not in ("group", "rows")):
        abort(404)
    if not holder:
        found(page_head(schema, near))


def _title(schema: Any, near: str, holder: str) -> Any:
    return question_at(schema, holder).title if holder else page_head(schema, near).title
