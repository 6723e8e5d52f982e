"""Blocks come into the bank, get further versions, and are retired. Nothing that was written is changed."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from common.audit import record
from common.db import locked
from common.identity.actor import Actor
from common.problems import Refusal
from common.text import Text
from designer.bank.models import Block, BlockVersion
from designer.bank.queries import newest_of
from designer.form_text import form_text
from form_builder.editing import key_from
from procedure_library.canonical import canonical

DIGITS = 12


def new_block(
    session: Session, title: Text, content: Mapping[str, Any], *, by: Actor, at: datetime
) -> BlockVersion | Refusal:
    """The first version of a block nobody had yet."""
    taken = session.scalars(select(Block.key).where(Block.key.startswith(key_from(title.vi)))).all()
    block = Block(key=key_from(title.vi, taken), created_at=at)
    try:
        with session.begin_nested():
            session.add(block)
    except IntegrityError:
        return Refusal("bank.name_taken_meanwhile")
    return _written(session, block, 1, title, content, by, at)


def new_version(
    session: Session,
    block: Block,
    title: Text,
    content: Mapping[str, Any],
    *,
    known: int,
    by: Actor,
    at: datetime,
) -> BlockVersion | Refusal:
    """The block says this from now on. `known` is the newest version that its writer has seen."""
    locked(session, block)
    newest = newest_of(session, block)
    if block.retired_at is not None:
        return Refusal("bank.retired", {"block": newest.title_vi, "block_en": newest.title.in_("en")})
    if newest.number != known:
        return Refusal("bank.newer_version", {"number": newest.number, "name": newest.saved_by})
    if newest.digest == digest_of(content) and newest.title == title:
        return Refusal("bank.nothing_new", {"number": newest.number})
    return _written(session, block, known + 1, title, content, by, at)


def retire(session: Session, block: Block, *, by: Actor, at: datetime) -> None:
    """No further form takes it; those that use it stay as they are."""
    if locked(session, block).retired_at is None:
        block.retired_at, block.retired_by = at, by.name
        record(session, "block.retired", by=by, at=at, kind="block", key=block.key)


def bring_back(session: Session, block: Block, *, by: Actor, at: datetime) -> None:
    """Forms may take it again."""
    if locked(session, block).retired_at is not None:
        block.retired_at, block.retired_by = None, None
        record(session, "block.brought_back", by=by, at=at, kind="block", key=block.key)


def digest_of(content: Mapping[str, Any]) -> str:
    """The beginning of the SHA-256 of the canonical text: enough to tell two texts of one name apart."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()[:DIGITS]


def _written(
    session: Session,
    block: Block,
    number: int,
    title: Text,
    content: Mapping[str, Any],
    by: Actor,
    at: datetime,
) -> BlockVersion:
    version = BlockVersion(
        block=block,
        number=number,
        title_vi=title.vi,
        title_en=title.en,
        content=form_text(content),
        digest=digest_of(content),
        saved_at=at,
        account_id=by.account_id,
        saved_by=by.name,
    )
    session.add(version)
    session.flush()
    record(session, "block.saved", by=by, at=at, kind="block", key=block.key, number=number)
    return version
