"""How often something may be tried: counted in the database, so that every process sees the same count.

Taking a try and judging it are one statement: parallel guesses cannot slip through between.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import String, case, delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from common.db import Base, Instant


class Tries(Base):
    """Tries of one kind by one person or machine since the window opened. `key` is a hash of who."""

    __tablename__ = "tries"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    opened_at: Mapped[Instant] = mapped_column(index=True)
    count: Mapped[int]


@dataclass(frozen=True, slots=True)
class Limit:
    """`most` tries within a window that opens at the first try."""

    purpose: str
    most: int
    within: timedelta


SIGN_IN_BY_LOGIN_AND_PEER = Limit("sign_in_by_login_and_peer", 8, timedelta(minutes=15))
# Whatever the number of machines that guess; high enough that nobody can easily lock another person out.
SIGN_IN_BY_LOGIN = Limit("sign_in_by_login", 100, timedelta(hours=1))
# A commune's one-stop sits behind one address: room for a whole office, none for a guessing machine.
SIGN_IN_BY_PEER = Limit("sign_in_by_peer", 60, timedelta(minutes=15))
REGISTER_BY_PEER = Limit("register_by_peer", 20, timedelta(hours=1))
LOOK_UP_BY_PEER = Limit("look_up_by_peer", 30, timedelta(minutes=15))
LOOK_UP_BY_CODE = Limit("look_up_by_code", 10, timedelta(minutes=15))


def take(session: Session, limit: Limit, who: str, *, at: datetime, secret: str) -> timedelta | None:
    """Counts one try. None: go ahead; else how long to wait until the window closes."""
    expired = Tries.opened_at <= at - limit.within
    statement = insert(Tries).values(key=_key(limit, who, secret), opened_at=at, count=1)
    statement = statement.on_conflict_do_update(
        index_elements=[Tries.key],
        set_={
            "count": case((expired, 1), else_=Tries.count + 1),
            "opened_at": case((expired, at), else_=Tries.opened_at),
        },
    )
    count, opened_at = session.execute(statement.returning(Tries.count, Tries.opened_at)).one()
    return None if count <= limit.most else opened_at + limit.within - at


def forgive(session: Session, limit: Limit, who: str, *, secret: str) -> None:
    """Forgets the tries: it was the right person after all."""
    session.execute(delete(Tries).where(Tries.key == _key(limit, who, secret)))


def sweep(session: Session, *, at: datetime, older: timedelta = timedelta(days=1)) -> None:
    """Deletes windows that closed long ago; a periodic job calls it."""
    session.execute(delete(Tries).where(Tries.opened_at < at - older))


def _key(limit: Limit, who: str, secret: str) -> str:
    return hmac.new(secret.encode(), f"{limit.purpose}:{who}".encode(), hashlib.sha256).hexdigest()
