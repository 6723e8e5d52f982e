"""Acts on what is published. Insert-only, like the publications beside them."""

from datetime import date
from typing import Literal

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, String, Text, desc
from sqlalchemy.orm import Mapped, mapped_column, relationship

from common.db import Base, Instant
from common.sweep import FileDigest
from procedure_library.models import Procedure, Version

Act = Literal["suspended", "resumed", "retired", "reinstated", "withdrawn"]
# Each act says how the procedure stands from its day until another of the same two says otherwise.
INTAKE: tuple[Act, ...] = ("suspended", "resumed")
LIFE: tuple[Act, ...] = ("retired", "reinstated")


class ProcedureAct(Base):
    """An announcement: intake is suspended or resumed, the procedure retired or reinstated, a publication withdrawn.

    Of several that speak of the same thing the one that begins last holds; of one day, the last recorded.
    """

    __tablename__ = "procedure_acts"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    # That of the form that asked: sent twice, it is done once.
    key: Mapped[str] = mapped_column(String(36), unique=True)
    procedure_id: Mapped[int] = mapped_column(ForeignKey("procedures.id"))
    act: Mapped[Act] = mapped_column(String(20))
    # The first day; on the day of the act itself, from its hour.
    from_on: Mapped[date]
    # The last day of a suspension; None: until it is resumed.
    until_on: Mapped[date | None]
    # The publication that is withdrawn, by its version.
    version_id: Mapped[int | None] = mapped_column(ForeignKey("versions.id"))
    # The procedure that people are shown instead of a retired one.
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("procedures.id"))
    # What people are told.
    reason_vi: Mapped[str] = mapped_column(Text)
    reason_en: Mapped[str] = mapped_column(Text, default="")
    basis_number: Mapped[str] = mapped_column(String(200))
    basis_signed_on: Mapped[date]
    # The scanned decision among the stored files.
    basis_file: Mapped[FileDigest]
    acted_at: Mapped[Instant]
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    acted_by: Mapped[str] = mapped_column(String(200))

    procedure: Mapped[Procedure] = relationship(foreign_keys=[procedure_id], lazy="joined", innerjoin=True)
    successor: Mapped[Procedure | None] = relationship(foreign_keys=[successor_id], lazy="joined")
    version: Mapped[Version | None] = relationship(lazy="joined")

    __table_args__ = (
        CheckConstraint(
            "act in ('suspended', 'resumed', 'retired', 'reinstated', 'withdrawn')"
            " and (act = 'withdrawn') = (version_id is not null)"
            " and (act = 'suspended' or until_on is null) and (act = 'retired' or successor_id is null)",
            name="act",
        ),
        CheckConstraint("until_on >= from_on", name="until"),
        # Answers "what do the acts say of this procedure on this day".
        Index("ix_procedure_acts_standing", "procedure_id", desc("from_on"), desc("id")),
        # Answers "is this publication withdrawn"; nobody withdraws it twice.
        Index("uq_procedure_acts_withdrawn", "version_id", unique=True, postgresql_where="act = 'withdrawn'"),
    )
