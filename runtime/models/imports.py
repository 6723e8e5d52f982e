"""Files with dossiers of an older system: what was found in each, and what came of it."""

from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Identity, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from common.db import Base, Instant
from common.sweep import FileDigest


class DossierImport(Base):
    """`findings` are those of the check, as `checking.told` writes them. `taken` counts dossiers taken over so far.

    `ordered_at` None: it was only looked through. `finished_at`: nothing of it is left to take over.
    """

    __tablename__ = "dossier_imports"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    file_name: Mapped[str] = mapped_column(String(200))
    digest: Mapped[FileDigest] = mapped_column(index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    by: Mapped[str] = mapped_column(String(200))
    checked_at: Mapped[Instant]
    rows: Mapped[int]
    sound: Mapped[int]
    unchanged: Mapped[int]
    faulty: Mapped[int]
    findings: Mapped[list[Any]] = mapped_column(JSONB)
    ordered_at: Mapped[Instant | None]
    taken: Mapped[int] = mapped_column(default=0)
    finished_at: Mapped[Instant | None]
