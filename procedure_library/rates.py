"""Published rates of exchange: reference data that all procedures share, a series by day.

Insert-only like all reference data: a correction is a further row for the same day, and the last one counts.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    Numeric,
    Select,
    String,
    select,
    tuple_,
)
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Mapped, Session, mapped_column

from common.audit import record
from common.db import Base, Instant
from common.identity import models as _accounts  # noqa: F401 — our rows point to accounts
from common.identity.actor import Actor
from rules_dsl.evaluation import PublishedRate

LONGEST_SOURCE = 300
Rates = Mapping[str, Mapping[date, PublishedRate]]


class RateRow(Base):
    """How many units of one currency a unit of the other was worth on a day, and who published it."""

    __tablename__ = "rates"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    from_currency: Mapped[str] = mapped_column(String(3))
    to_currency: Mapped[str] = mapped_column(String(3))
    day: Mapped[date]
    # As it was published, to the last digit.
    value: Mapped[Decimal] = mapped_column(Numeric)
    source: Mapped[str] = mapped_column(String(LONGEST_SOURCE))
    recorded_at: Mapped[Instant]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    recorded_by: Mapped[str] = mapped_column(String(200))

    __table_args__ = (
        CheckConstraint("value > 0", name="value"),
        # Answers "the rate of this series on this day", the correction before what it corrects.
        Index("ix_rates_day", "name", "from_currency", "to_currency", "day", "id"),
    )


@dataclass(frozen=True, slots=True, order=True)
class Series:
    """What a rate rule names: its own name and both currencies.

    Rules of the same name in several procedures read the same series, as long as they convert alike.
    """

    name: str
    from_currency: str
    to_currency: str

    @property
    def currencies(self) -> str:
        return f"{self.from_currency}/{self.to_currency}"


@dataclass(frozen=True, slots=True)
class DayRate:
    """The rate of one day. `source` is where it was published."""

    day: date
    value: Decimal
    source: str


def record_rates(
    session: Session, series: Series, rates: Sequence[DayRate], *, by: Actor, at: datetime
) -> list[RateRow]:
    """Adds them, all in one act; for a day that has a rate already this corrects it."""
    rows = [
        RateRow(
            name=series.name,
            from_currency=series.from_currency,
            to_currency=series.to_currency,
            day=rate.day,
            value=rate.value,
            source=rate.source,
            recorded_at=at,
            account_id=by.account_id,
            recorded_by=by.name,
        )
        for rate in rates
    ]
    session.add_all(rows)
    days = sorted(rate.day for rate in rates)
    details = {"currencies": series.currencies, "since": days[0].isoformat(), "until": days[-1].isoformat()}
    record(session, "rates.recorded", by=by, at=at, kind="rates", key=series.name, count=len(rows), **details)
    return rows


def rates_for(session: Session, asked: Mapping[Series, Collection[date]]) -> Rates:
    """The rates of exactly these days, by name of the series; a day without a rate is left out."""
    days = [(*_key(series), day) for series, wanted in asked.items() for day in wanted]
    return _published(session.scalars(_standing(days)).all()) if days else {}


def _standing(days: Sequence[tuple[str, str, str, date]]) -> Select[RateRow]:
    """Of each day the row that was recorded last."""
    return (
        select(RateRow)
        .where(tuple_(*KEY, RateRow.day).in_(days))
        .ext(distinct_on(*KEY, RateRow.day))
        .order_by(*KEY, RateRow.day, RateRow.id.desc())
    )


def rates_of_rows(session: Session, ids: Sequence[int]) -> Rates:
    """The rates that an earlier evaluation read, by the ids of their rows."""
    if not ids:
        return {}
    return _published(session.scalars(select(RateRow).where(RateRow.id.in_(ids))).all())


def ids_of(rates: Rates) -> tuple[int, ...]:
    """The rows that the rates were read from, ascending."""
    return tuple(sorted(rate.version for days in rates.values() for rate in days.values()))


def history_between(
    session: Session, series: Series, since: date, until: date
) -> Mapping[date, Sequence[RateRow]]:
    """For each day of the span that has a rate what was recorded, what stands first; both ends inclusive."""
    question = select(RateRow).where(_of(series), RateRow.day.between(since, until))
    history: dict[date, list[RateRow]] = defaultdict(list)
    for row in session.scalars(question.order_by(RateRow.day, RateRow.id.desc())):
        history[row.day].append(row)
    return history


def latest_rate(session: Session, series: Series) -> RateRow | None:
    """The rate of the last day that has one."""
    question = select(RateRow).where(_of(series)).order_by(RateRow.day.desc(), RateRow.id.desc())
    return session.scalars(question.limit(1)).first()


KEY = (RateRow.name, RateRow.from_currency, RateRow.to_currency)


def _key(series: Series) -> tuple[str, str, str]:
    return series.name, series.from_currency, series.to_currency


def _of(series: Series) -> ColumnElement[bool]:
    return tuple_(*KEY) == _key(series)


def _published(rows: Sequence[RateRow]) -> Rates:
    found: dict[str, dict[date, PublishedRate]] = defaultdict(dict)
    for row in rows:
        found[row.name][row.day] = PublishedRate(row.value, row.id, (row.source,))
    return dict(found)
