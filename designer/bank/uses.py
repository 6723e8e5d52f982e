"""Which blocks a draft uses is noted with each save of its form, and kept when it is published."""

from sqlalchemy import delete, insert, literal, select
from sqlalchemy.orm import Session

from designer.bank.models import BlockUse
from designer.bank.queries import known_versions
from designer.form_text import form_in
from designer.models import Draft
from form_builder.bank import ORIGIN, Source, uses
from procedure_library.models import Version


def note_uses(session: Session, draft: Draft, form: str | None) -> None:
    """The form of the draft is this text from now on."""
    now = {version.id for version in known_versions(session, sources_in(form or "")).values()}
    question = select(BlockUse.block_version_id).where(BlockUse.draft_id == draft.id)
    before = set(session.scalars(question))
    if gone := before - now:
        session.execute(
            delete(BlockUse).where(BlockUse.draft_id == draft.id, BlockUse.block_version_id.in_(gone))
        )
    session.add_all(BlockUse(block_version_id=each, draft_id=draft.id) for each in now - before)
    session.flush()


def keep_uses(session: Session, draft: Draft, version: Version) -> None:
    """What the draft uses as it is published, the version uses for good."""
    of_draft = select(BlockUse.block_version_id, literal(version.id)).where(BlockUse.draft_id == draft.id)
    session.execute(insert(BlockUse).from_select(["block_version_id", "version_id"], of_draft))


def sources_in(form: str) -> frozenset[Source]:
    """The versions of blocks that the text names."""
    schema = form_in(form) if ORIGIN in form else None
    return frozenset(use.source for use in uses(schema)) if schema else frozenset()
