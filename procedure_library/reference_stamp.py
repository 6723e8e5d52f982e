"""The stamp of all that acts read beside their dossier: another one whenever any of it changed."""

from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from common.db import Base


class ReferenceStamp(Base):
    """One row, rewritten by triggers on calendars, local amounts, interruptions, units, versions and acts on them."""

    __tablename__ = "reference_stamp"

    one: Mapped[bool] = mapped_column(primary_key=True, default=True)
    stamp: Mapped[UUID]

    __table_args__ = (CheckConstraint("one", name="one"),)
