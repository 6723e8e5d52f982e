"""Who has seen which tour."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from common.db import Base, Instant
from common.identity import models as _accounts  # noqa: F401 — our rows point to accounts


class SeenTour(Base):
    """A person has seen a tour, or said that there is no need of it. Insert-only."""

    __tablename__ = "seen_tours"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    tour: Mapped[str] = mapped_column(String(40), primary_key=True)
    seen_at: Mapped[Instant]
