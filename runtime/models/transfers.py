"""Orders by which the open work of a unit goes over to another."""

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from common.db import Base, Instant
from common.identity.models import Unit


class WorkTransfer(Base):
    """Who ordered which unit's work to go where, and why. `dossiers` and `tasks` count what has gone so far."""

    __tablename__ = "work_transfers"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    from_unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    to_unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    reason: Mapped[str] = mapped_column(Text)
    basis: Mapped[str] = mapped_column(Text)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    ordered_by: Mapped[str] = mapped_column(String(200))
    ordered_at: Mapped[Instant]
    dossiers: Mapped[int] = mapped_column(default=0)
    tasks: Mapped[int] = mapped_column(default=0)
    finished_at: Mapped[Instant | None]

    from_unit: Mapped[Unit] = relationship(foreign_keys=from_unit_id)
    to_unit: Mapped[Unit] = relationship(foreign_keys=to_unit_id)

    __table_args__ = (
        CheckConstraint("from_unit_id <> to_unit_id", name="units"),
        # One order of a unit at a time: two administrators at once give one.
        Index(
            "uq_work_transfers_unfinished",
            "from_unit_id",
            unique=True,
            postgresql_where=text("finished_at is null"),
        ),
    )
