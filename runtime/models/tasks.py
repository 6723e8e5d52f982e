"""Tasks as rows: what the inbox shows. Who may see one is part of every query."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Identity,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from common.db import Base, Instant
from common.identity.models import Account
from runtime.models.dossiers import Dossier


class Task(Base):
    """Work for a role in a unit. `due_at` is its own limit; None follows the dossier's deadline.

    `sort_at` is what the inbox sorts by: the earlier of both, far in the future when there is none.
    """

    __tablename__ = "tasks"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    step: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(40))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    status: Mapped[str] = mapped_column(String(20))
    opened_at: Mapped[Instant]
    due_at: Mapped[Instant | None]
    sort_at: Mapped[Instant]
    claimed_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    claimed_at: Mapped[Instant | None]
    done_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    done_at: Mapped[Instant | None]
    outcome: Mapped[str] = mapped_column(String(80), default="")
    # Who gave it to the official that has it; None: the official took it.
    given_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    # Since when the leader has it on the list, and who put it there; None: the machine.
    escalated_at: Mapped[Instant | None]
    escalated_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    # Whom a consultation asks by this task; "" everywhere else.
    ask: Mapped[str] = mapped_column(String(80), default="", server_default="")

    dossier: Mapped[Dossier] = relationship()
    claimant: Mapped[Account | None] = relationship(foreign_keys=claimed_by)
    giver: Mapped[Account | None] = relationship(foreign_keys=given_by)

    __table_args__ = (
        UniqueConstraint("dossier_id", "number"),
        CheckConstraint("kind in ('reception', 'step', 'hand_over')", name="kind"),
        CheckConstraint("status in ('open', 'claimed', 'done', 'cancelled')", name="status"),
        # Answers "what waits for this role in this unit, by due date".
        Index(
            "ix_tasks_inbox",
            "unit_id",
            "role",
            "sort_at",
            "id",
            postgresql_where=text("status in ('open', 'claimed')"),
        ),
        # Answers "what was put before the leader of this unit".
        Index(
            "ix_tasks_escalated",
            "unit_id",
            "escalated_at",
            "id",
            postgresql_where=text("status in ('open', 'claimed') and escalated_at is not null"),
        ),
        # Answers "what have I claimed, by due date".
        Index("ix_tasks_mine", "claimed_by", "sort_at", "id", postgresql_where=text("status = 'claimed'")),
        # Answers "which limits come near", of a step or of its dossier.
        Index(
            "ix_tasks_watched",
            "sort_at",
            "id",
            postgresql_where=text("status in ('open', 'claimed') and kind = 'step'"),
        ),
        # Answers "which tasks' own limits have passed".
        Index(
            "ix_tasks_limits",
            "due_at",
            "id",
            postgresql_where=text(
                "status in ('open', 'claimed') and kind <> 'hand_over' and due_at is not null"
            ),
        ),
    )
