"""Amounts of a dossier, the money taken for them and the money given back."""

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from common.db import Base, Instant
from common.money import Money


class Payment(Base):
    """Money taken. `number` is the payment receipt's, without gaps in its unit and year."""

    __tablename__ = "payments"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), index=True)
    event: Mapped[int]
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    number: Mapped[str] = mapped_column(String(60))
    # In the currency's smallest unit.
    amount: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    method: Mapped[str] = mapped_column(String(20))
    paid_at: Mapped[Instant]
    received_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))

    __table_args__ = (
        UniqueConstraint("unit_id", "number"),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("method in ('cash', 'transfer', 'online')", name="method"),
    )


class Charge(Base):
    """An amount that a rule gave for a dossier, at one event; its evaluation stands beside it."""

    __tablename__ = "charges"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"))
    event: Mapped[int]
    rule: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(20))
    amount: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    assessed_at: Mapped[Instant]
    # Whether a reduction lowered it: some may be had once a year.
    reduced: Mapped[bool]
    payment_id: Mapped[int | None] = mapped_column(ForeignKey("payments.id"))

    __table_args__ = (
        CheckConstraint("kind in ('charge', 'fee')", name="kind"),
        # Answers "what does this dossier owe, rule by rule, the latest assessment last".
        Index("ix_charges_dossier", "dossier_id", "rule", "event"),
    )


class Refund(Base):
    """Money given back. `number` is the voucher's, without gaps in its unit and year.

    `key` is that of the page on which it was asked for: posted twice, it is given back once.
    """

    __tablename__ = "refunds"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), index=True)
    event: Mapped[int]
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    number: Mapped[str] = mapped_column(String(60))
    # In the currency's smallest unit.
    amount: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    ground: Mapped[str] = mapped_column(String(20))
    method: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(32))
    paid_at: Mapped[Instant]
    paid_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))

    __table_args__ = (
        UniqueConstraint("unit_id", "number"),
        UniqueConstraint("key", "currency"),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("method in ('cash', 'transfer')", name="method"),
    )

    @property
    def money(self) -> Money:
        return Money(self.amount, self.currency)
