"""The question bank: its blocks, every version of each, who uses which, and retiring one."""

from itertools import pairwise
from typing import Any, cast

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from common.web import current_actor, language, now, session
from designer.bank import keeping, queries
from designer.bank.models import Block, BlockVersion
from designer.bank.telling import told
from designer.draft_list import rows_of
from designer.tried_form import tried_form
from designer.views.blueprint import designer, keepers, writers
from form_builder.bank.merging import merged
from form_builder.pages import show
from form_builder.schema import read_form


@designer.get("/blocks")
@keepers
def blocks() -> str:
    after = request.args.get("after", "")
    return render_template(
        "designer/blocks.html", listed=queries.listed(session(), after=after), is_first=not after
    )


@designer.get("/blocks/<key>")
@keepers
def block(key: str) -> str:
    shown = _block(key)
    versions = queries.versions_of(session(), shown)
    using = queries.drafts_using(session(), shown)
    return render_template(
        "designer/block.html",
        block=shown,
        versions=versions,
        changes={later.number: _changes(earlier, later) for later, earlier in pairwise(versions)},
        form=read_form(queries.content_of(versions[0])),
        preview=preview(versions[0]),
        drafts=[
            (row, number)
            for row, (_draft, number) in zip(
                rows_of(session(), [each for each, _ in using]), using, strict=False
            )
        ],
        published=queries.published_using(session(), shown),
        may_write=current_actor().holds("administrator"),
    )


@designer.post("/blocks/<key>/retirement")
@writers
def retire_block(key: str) -> Response:
    """`to` is "retired", or "offered" to bring it back."""
    shown = _block(key)
    if request.form.get("to") == "offered":
        keeping.bring_back(session(), shown, by=current_actor(), at=now())
        flash(_("Khối lại chọn được khi soạn tờ khai."), "success")
    else:
        keeping.retire(session(), shown, by=current_actor(), at=now())
        flash(_("Khối không còn được đề nghị; tờ khai đang dùng vẫn giữ nguyên."), "success")
    return cast(Response, redirect(url_for("designer.block", key=key), 303))


def preview(version: BlockVersion) -> Any:
    """The block as a page that asks nothing else."""
    return show(tried_form(queries.content_of(version)), "form", {}, language())


def _changes(earlier: BlockVersion, later: BlockVersion) -> Any:
    before, after = queries.content_of(earlier), queries.content_of(later)
    return told(merged(before, before, after).changes, (after, before), language())


def _block(key: str) -> Block:
    return queries.block_named(session(), key) or abort(404)
