"""Moves of many dossiers to another version: what was asked for, what the preview said, what came of each."""

from datetime import date
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, String, Text, false, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import Integer

from common.db import Base, Instant
from procedure_library.models import Version
from runtime.models.dossiers import Dossier


class Move(Base):
    """One preview, and the act and its undoing that refer to it. Which dossiers: of the procedure, under one of
    `from_versions`, received or solved by one of `units`, at `step` ("": any), received from `since` to `until`.

    `steps`: for a step that the version does not have the one chosen to stand for it. `read_to` is the last dossier
    that the preview has looked at. `asks_again`: whoever has to answer anew is asked at once, by an act of its own.
    """

    __tablename__ = "moves"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    procedure_key: Mapped[str] = mapped_column(String(80))
    to_version_id: Mapped[int] = mapped_column(ForeignKey("versions.id"))
    from_versions: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    units: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    step: Mapped[str] = mapped_column(String(80), default="")
    since: Mapped[date | None]
    until: Mapped[date | None]
    steps: Mapped[dict[str, str]] = mapped_column(JSONB)
    asks_again: Mapped[bool] = mapped_column(default=False, server_default=false())
    status: Mapped[str] = mapped_column(String(20))
    read_to: Mapped[int] = mapped_column(BigInteger, default=0)
    asked_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    asked_at: Mapped[Instant]
    basis: Mapped[str] = mapped_column(Text, default="")
    ordered_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    ordered_at: Mapped[Instant | None]
    undo_reason: Mapped[str] = mapped_column(Text, default="")
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    undone_at: Mapped[Instant | None]

    version: Mapped[Version] = relationship(lazy="joined", innerjoin=True)

    __table_args__ = (
        CheckConstraint(
            "status in ('previewing', 'previewed', 'moving', 'moved', 'undoing', 'undone')", name="status"
        ),
    )


class MoveLine(Base):
    """One dossier of a move. `events` is how many had happened to it when it was previewed: what has changed since
    is left out. `told` is what the preview said (`runtime.moves.told.Told`), `why` the code of why it cannot move, or
    was left out. `event` is the number of the event by which it moved.
    """

    __tablename__ = "move_lines"

    move_id: Mapped[int] = mapped_column(ForeignKey("moves.id"), primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), primary_key=True)
    events: Mapped[int]
    told: Mapped[dict[str, Any]] = mapped_column(JSONB)
    outcome: Mapped[str] = mapped_column(String(20))
    why: Mapped[str] = mapped_column(String(80), default="")
    event: Mapped[int | None]

    dossier: Mapped[Dossier] = relationship(lazy="joined", innerjoin=True)

    __table_args__ = (
        CheckConstraint(
            "outcome in ('waiting', 'refused', 'moved', 'left_out', 'undoing', 'undone', 'stays')",
            name="outcome",
        ),
        # Answers "what is left to do of this move".
        Index(
            "ix_move_lines_to_do",
            "move_id",
            "dossier_id",
            postgresql_where=text("outcome in ('waiting', 'undoing')"),
        ),
    )
