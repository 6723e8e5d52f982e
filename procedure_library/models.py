"""What is published: definitions by digest, versions by number, and the acts that published them.

Definitions, versions and publications are insert-only: the application's database role may not change them.
"""

from datetime import date
from typing import Literal

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Computed,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    desc,
)
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column, relationship

from common.db import Base, Instant
from common.identity import models as _accounts  # noqa: F401 — our rows point to accounts
from common.sweep import FileDigest


class Procedure(Base):
    """The lasting thing an agency offers. `key` is its slug in addresses and commands."""

    __tablename__ = "procedures"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    created_at: Mapped[Instant]


class DefinitionRow(Base):
    """The bytes of one definition, for good. `format` tells which decoder reads them."""

    __tablename__ = "definitions"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    format: Mapped[int]
    stored_at: Mapped[Instant]

    # Content that does not match its name cannot exist, whoever writes it.
    __table_args__ = (CheckConstraint("digest = encode(sha256(content), 'hex')", name="digest"),)


class Version(Base):
    """A numbered digest of a procedure, in force from a day. The columns below it serve lists and search."""

    __tablename__ = "versions"

    id: Mapped[int] = mapped_column(primary_key=True)
    procedure_id: Mapped[int] = mapped_column(ForeignKey("procedures.id"))
    number: Mapped[int]
    digest: Mapped[str] = mapped_column(ForeignKey("definitions.digest"))
    effective_from: Mapped[date]
    code: Mapped[str] = mapped_column(String(40))
    name_vi: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text, default="")
    domain_area_vi: Mapped[str] = mapped_column(String(200))
    domain_area_en: Mapped[str] = mapped_column(String(200), default="")
    levels: Mapped[list[str]] = mapped_column(ARRAY(String(20)))
    channels: Mapped[list[str]] = mapped_column(ARRAY(String(20)))
    # The name in the order of the Vietnamese dictionary, compared byte by byte.
    sort_key: Mapped[str] = mapped_column(Text(collation="C"))
    # Code, names, area and summary without accents: what a hurried person types.
    folded: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(
        TSVECTOR, Computed("to_tsvector('simple'::regconfig, folded)", persisted=True), deferred=True
    )

    procedure: Mapped[Procedure] = relationship(lazy="joined", innerjoin=True)
    publication: Mapped["Publication"] = relationship(back_populates="version")

    __table_args__ = (
        UniqueConstraint("procedure_id", "number"),
        CheckConstraint("number > 0", name="number"),
        # Answers "which version is in force on this day".
        Index("ix_versions_in_force", "procedure_id", desc("effective_from"), desc("number")),
        # Answers "which versions contain these words".
        Index("ix_versions_words", "words", postgresql_using="gin"),
    )


class Publication(Base):
    """The act: who published the version, when, on which legal basis, with what note to officials."""

    __tablename__ = "publications"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id"), unique=True)
    published_at: Mapped[Instant]
    # None: the machine, loading what ships with the product.
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    published_by: Mapped[str] = mapped_column(String(200))
    basis_number: Mapped[str] = mapped_column(String(200))
    basis_signed_on: Mapped[date | None]
    # The scanned decision among the stored files; "" when none was attached.
    basis_file: Mapped[FileDigest] = mapped_column(default="")
    note: Mapped[str] = mapped_column(Text, default="")
    # What it says about dossiers under way (`procedure_library.transition`).
    transition: Mapped[Literal["", "stay_before", "stay_received", "move_all"]] = mapped_column(
        String(20), default="", server_default=""
    )
    transition_before: Mapped[date | None]

    version: Mapped[Version] = relationship(back_populates="publication", lazy="joined", innerjoin=True)

    __table_args__ = (
        CheckConstraint(
            "transition in ('', 'stay_before', 'stay_received', 'move_all')"
            " and (transition = 'stay_before') = (transition_before is not null)",
            name="transition",
        ),
    )
