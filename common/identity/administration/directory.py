"""What administrators look up: units and officials, page by page, and one of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, selectinload

from common.identity.models import Account, Assignment, Unit, UnitName

PAGE = 50
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Listed(Generic[Row]):
    """One page. `after` is the key from which the next page goes on; None on the last."""

    rows: Sequence[Row]
    after: str | None


def units(session: Session, text: str = "", *, after: str = "", limit: int = PAGE) -> Listed[Unit]:
    """Units by code, closed ones included, whose name (also a former one), code or key contains the text."""
    question = select(Unit).where(Unit.code > after).order_by(Unit.code).limit(limit + 1)
    if text:
        own = (c.icontains(text, autoescape=True) for c in _UNIT_TEXTS)
        question = question.where(or_(*own, Unit.id.in_(_once_called(text))))
    found = session.scalars(question).all()
    return Listed(found[:limit], found[limit - 1].code if len(found) > limit else None)


def _once_called(text: str) -> Select[Any]:
    """Units that had, have or will have such a name."""
    names = (UnitName.name_vi, UnitName.name_en)
    return select(UnitName.unit_id).where(or_(*(c.icontains(text, autoescape=True) for c in names)))


def officials(session: Session, text: str = "", *, after: str = "", limit: int = PAGE) -> Listed[Account]:
    """Officials by login name, with their posts, whose name or login contains the text."""
    question = (
        select(Account)
        .where(Account.kind == "official", Account.login > after)
        .options(selectinload(Account.assignments).joinedload(Assignment.unit))
        .order_by(Account.login)
        .limit(limit + 1)
    )
    if text:
        question = question.where(or_(*(c.icontains(text, autoescape=True) for c in _ACCOUNT_TEXTS)))
    found = session.scalars(question).all()
    return Listed(found[:limit], found[limit - 1].login if len(found) > limit else None)


def unit_called(session: Session, key: str) -> Unit | None:
    """The unit with this key."""
    return session.scalar(select(Unit).where(Unit.key == key))


def official_numbered(session: Session, number: int) -> Account | None:
    """The official; None for a number of nobody, and for an applicant's."""
    return session.scalar(select(Account).where(Account.id == number, Account.kind == "official"))


def open_units(session: Session) -> Sequence[Unit]:
    """Every unit without an end, by code: a province has some two hundred."""
    return session.scalars(select(Unit).where(Unit.valid_until.is_(None)).order_by(Unit.code)).all()


def posts_of(session: Session, account: Account) -> Sequence[Assignment]:
    """All posts the official has or had, the latest first."""
    held = select(Assignment).where(Assignment.account_id == account.id)
    return session.scalars(held.order_by(Assignment.since.desc(), Assignment.id.desc())).all()


def in_force(post: Assignment, on: date) -> bool:
    """Whether the post is held that day."""
    return post.since <= on and (post.until is None or on <= post.until)


_UNIT_TEXTS = (Unit.name_vi, Unit.name_en, Unit.code, Unit.key)
_ACCOUNT_TEXTS = (Account.full_name, Account.login)
