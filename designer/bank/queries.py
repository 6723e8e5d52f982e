"""What is in the bank, and which drafts and published versions use it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from designer.bank.models import Block, BlockUse, BlockVersion
from designer.models import LIVING, Draft
from form_builder.bank import Source
from procedure_library.canonical import parsed
from procedure_library.models import Version


@dataclass(frozen=True, slots=True)
class BlockRow:
    """A block by its newest version; how many drafts that are being written, and published versions, use it."""

    newest: BlockVersion
    drafts: int
    versions: int


@dataclass(frozen=True, slots=True)
class BlockPage:
    """Some blocks in the order of their keys; `after` asks for the next, None at the end."""

    rows: tuple[BlockRow, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """The version of a block that a form uses, and the newest one."""

    used: BlockVersion
    newest: BlockVersion

    @property
    def is_behind(self) -> bool:
        return self.used.number < self.newest.number


def block_named(session: Session, key: str) -> Block | None:
    return session.scalars(select(Block).where(Block.key == key)).first()


def versions_of(session: Session, block: Block, limit: int = 50) -> tuple[BlockVersion, ...]:
    """The versions, the newest first."""
    question = select(BlockVersion).where(BlockVersion.block_id == block.id)
    return tuple(session.scalars(question.order_by(BlockVersion.number.desc()).limit(limit)))


def newest_of(session: Session, block: Block) -> BlockVersion:
    return versions_of(session, block, limit=1)[0]


def listed(session: Session, *, after: str = "", limit: int = 20) -> BlockPage:
    """The blocks whose keys come after that one, retired ones as well."""
    question = select(Block).where(Block.key > after).order_by(Block.key).limit(limit + 1)
    blocks = session.scalars(question).all()
    newest = _newest(session, [block.id for block in blocks[:limit]])
    drafts, versions = _counted(session, newest)
    rows = (
        BlockRow(newest[block.id], drafts.get(block.id, 0), versions.get(block.id, 0))
        for block in blocks[:limit]
    )
    return BlockPage(tuple(rows), blocks[limit - 1].key if len(blocks) > limit else None)


def offered(session: Session, *, after: str = "", limit: int = 20) -> tuple[BlockVersion, ...]:
    """The newest versions of blocks that a form may take, in the order of their keys; one more than a page."""
    question = select(Block.id).where(Block.retired_at.is_(None), Block.key > after)
    ids = session.scalars(question.order_by(Block.key).limit(limit + 1)).all()
    newest = _newest(session, ids)
    return tuple(newest[each] for each in ids)


def known_versions(session: Session, sources: Iterable[Source]) -> Mapping[Source, BlockVersion]:
    """The versions that forms name, as far as they are of this bank."""
    wanted = set(sources)
    question = select(BlockVersion).join(Block).where(Block.key.in_({each.block for each in wanted}))
    numbers = BlockVersion.number.in_({each.version for each in wanted})
    found = session.scalars(question.where(numbers)) if wanted else ()
    return {version.source: version for version in found if version.source in wanted}


def standings(session: Session, sources: Iterable[Source]) -> Mapping[Source, Standing]:
    """How the versions that a form names stand to the newest ones; without those the bank does not have, or
    whose block is retired."""
    known = known_versions(session, sources)
    ids = {version.block_id for version in known.values() if version.block.retired_at is None}
    newest = _newest(session, ids)
    return {
        source: Standing(version, newest[version.block_id])
        for source, version in known.items()
        if version.block_id in newest
    }


def drafts_using(session: Session, block: Block) -> tuple[tuple[Draft, int], ...]:
    """The drafts that are being written, each with the number of the version that it uses."""
    question = (
        select(Draft, BlockVersion.number)
        .join(BlockUse, BlockUse.draft_id == Draft.id)
        .join(BlockVersion, BlockVersion.id == BlockUse.block_version_id)
        .where(BlockVersion.block_id == block.id, Draft.state.in_(LIVING))
        .order_by(Draft.id, BlockVersion.number)
    )
    return tuple((draft, number) for draft, number in session.execute(question))


def published_using(session: Session, block: Block, limit: int = 100) -> tuple[tuple[Version, int], ...]:
    """The published versions, the latest first, each with the number of the version of the block."""
    question = (
        select(Version, BlockVersion.number)
        .join(BlockUse, BlockUse.version_id == Version.id)
        .join(BlockVersion, BlockVersion.id == BlockUse.block_version_id)
        .where(BlockVersion.block_id == block.id)
        .order_by(Version.id.desc())
        .limit(limit)
    )
    return tuple((version, number) for version, number in session.execute(question))


def content_of(version: BlockVersion) -> Mapping[str, Any]:
    """The block as JSON Schema."""
    schema: Mapping[str, Any] = parsed(version.content)
    return schema


def _newest(session: Session, ids: Collection[int]) -> dict[int, BlockVersion]:
    question = select(BlockVersion).where(BlockVersion.block_id.in_(ids))
    ordered = question.order_by(BlockVersion.block_id, BlockVersion.number.desc())
    found = session.scalars(ordered.ext(distinct_on(BlockVersion.block_id))) if ids else ()
    return {version.block_id: version for version in found}


def _counted(session: Session, ids: Collection[int]) -> tuple[dict[int, int], dict[int, int]]:
    """By block: drafts that are being written, and published versions."""
    question = (
        select(
            BlockVersion.block_id, func.count(Draft.id.distinct()), func.count(BlockUse.version_id.distinct())
        )
        .join(BlockUse, BlockUse.block_version_id == BlockVersion.id)
        .outerjoin(Draft, (Draft.id == BlockUse.draft_id) & Draft.state.in_(LIVING))
        .where(BlockVersion.block_id.in_(ids))
        .group_by(BlockVersion.block_id)
    )
    counts = session.execute(question).all()
    return {block: drafts for block, drafts, _ in counts}, {
        block: published for block, _, published in counts
    }
