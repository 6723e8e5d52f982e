"""Who may sign in, and the part of the administration each belongs to."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from common.db import Base, Instant


class Unit(Base):
    """Part of the administration. Never deleted: merged units keep their row, an end and a successor."""

    __tablename__ = "units"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    # The identification code printed in dossier codes ("000.12.31.H56").
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name_vi: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    level: Mapped[str] = mapped_column(String(20))
    # In the list of administrative units: two digits for a province, five for a commune, whose code does not
    # begin with that of its province.
    area_code: Mapped[str] = mapped_column(String(20), default="")
    # The province of a unit that has none above it in this directory: whose amounts are read.
    province_code: Mapped[str] = mapped_column(String(20), default="")
    address: Mapped[str] = mapped_column(String(300), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    # What it does for other units: keys with blanks between ("justice police"), see common.identity.functions.
    functions: Mapped[str] = mapped_column(String(200), default="", server_default="")
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    # Counts the changes: who saves says which one the form was filled from.
    revision: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        CheckConstraint("level in ('province', 'department', 'commune')", name="level"),
        # Answers "whose work does this unit carry on", at every request of an official.
        Index("ix_units_successor", "successor_id", postgresql_where=text("successor_id is not null")),
    )

    def is_open(self, on: date) -> bool:
        """Whether the unit exists that day; both of its days are inclusive."""
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)


class UnitName(Base):
    """What a unit that was renamed is called from a day on, until its next name; the first row is its first name."""

    __tablename__ = "unit_names"

    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True)
    since: Mapped[date] = mapped_column(primary_key=True)
    name_vi: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    basis: Mapped[str] = mapped_column(String(300), default="")
    recorded_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    recorded_at: Mapped[Instant]


class Account(Base):
    """A person who signs in: an applicant or an official. `locale` is the language of mail and pages."""

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    login: Mapped[str] = mapped_column(String(120), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    full_name: Mapped[str] = mapped_column(String(200))
    # Looked up by keyed hash (common.identity.numbers); the clear text serves prefill only.
    identity_number: Mapped[str | None] = mapped_column(String(20))
    identity_hash: Mapped[str | None] = mapped_column(String(64), index=True)
    born_on: Mapped[date | None]
    address: Mapped[str] = mapped_column(String(300), default="")
    email: Mapped[str] = mapped_column(String(200), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    locale: Mapped[str] = mapped_column(String(5), default="vi")
    # Demo accounts have a published password: sign-in takes them on loopback only.
    demo: Mapped[bool] = mapped_column(default=False)
    # Somebody else has chosen the password: its owner replaces it before doing anything else.
    password_given: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[Instant]

    assignments: Mapped[list["Assignment"]] = relationship(back_populates="account")

    __table_args__ = (CheckConstraint("kind in ('citizen', 'official')", name="kind"),)


class Delegation(Base):
    """An official's posts in a unit are done by a colleague, from a day until a day, both inclusive.

    Ended early, `until` is the last day it held. `key` is that of the page it was typed on: posted twice, one row.
    """

    __tablename__ = "delegations"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    delegate_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    since: Mapped[date]
    until: Mapped[date]
    reason: Mapped[str] = mapped_column(String(300))
    key: Mapped[str] = mapped_column(String(32), unique=True)
    made_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    made_at: Mapped[Instant]

    account: Mapped[Account] = relationship(foreign_keys=account_id)
    delegate: Mapped[Account] = relationship(foreign_keys=delegate_id)
    unit: Mapped[Unit] = relationship()

    __table_args__ = (
        # Ended on the day before it began: it never held.
        CheckConstraint("until >= since - 1", name="days"),
        # Answers "whose posts does this person do now", at every request of an official.
        Index("ix_delegations_delegate", "delegate_id", "until"),
        # Answers "who does this person's posts".
        Index("ix_delegations_account", "account_id", "until"),
    )


class Assignment(Base):
    """An official holds a role in a unit, from a day until a day (inclusive; None: open)."""

    __tablename__ = "assignments"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    role: Mapped[str] = mapped_column(String(40))
    since: Mapped[date]
    until: Mapped[date | None]

    account: Mapped[Account] = relationship(back_populates="assignments")
    unit: Mapped[Unit] = relationship()

    __table_args__ = (
        # Answers "what may this person do now": one open assignment per person, unit and role.
        Index(
            "uq_assignments_open",
            "account_id",
            "unit_id",
            "role",
            unique=True,
            postgresql_where=text("until is null"),
        ),
    )
