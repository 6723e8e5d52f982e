"""Which series of rates published rules read, and which days a series lacks."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta

from sqlalchemy import ForeignKey, Index, String, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Mapped, Session, mapped_column

from common.calendar import CalendarNotLoaded, WorkingCalendar
from common.db import Base
from procedure_library.life.queries import not_withdrawn
from procedure_library.models import Version
from procedure_library.rates import Series
from rules_dsl import nodes as n

DAY = timedelta(days=1)


class VersionRate(Base):
    """A series that the rules of a version read. Written at publication: asking every rule file would be slow."""

    __tablename__ = "version_rates"

    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    from_currency: Mapped[str] = mapped_column(String(3))
    to_currency: Mapped[str] = mapped_column(String(3))

    __table_args__ = (
        # Answers "which versions wait for this series".
        Index("ix_version_rates_series", "name", "from_currency", "to_currency"),
    )


def series_of(rule: n.Rate) -> Series:
    return Series(rule.name, rule.source, rule.target)


def series_in(rules: n.RuleFile) -> tuple[Series, ...]:
    """The series that a rule file reads."""
    return tuple(series_of(rule) for rule in rules.rules if isinstance(rule, n.Rate))


def note_series(session: Session, version: Version, series: Iterable[Series]) -> None:
    """Notes what the rules of a new version read."""
    session.add_all(
        VersionRate(
            version_id=version.id,
            name=each.name,
            from_currency=each.from_currency,
            to_currency=each.to_currency,
        )
        for each in series
    )


def known_series(session: Session) -> tuple[Series, ...]:
    """Every series that some version reads or read: nothing else can be recorded."""
    columns = (VersionRate.name, VersionRate.from_currency, VersionRate.to_currency)
    return tuple(Series(*row) for row in session.execute(select(*columns).distinct().order_by(*columns)))


def readers_of(session: Session, series: Series) -> tuple[Version, ...]:
    """Of each procedure the newest version that reads the series, in the order of the dictionary."""
    newest = (
        select(Version.id)
        .join(VersionRate, VersionRate.version_id == Version.id)
        .where(
            not_withdrawn(),
            VersionRate.name == series.name,
            VersionRate.from_currency == series.from_currency,
            VersionRate.to_currency == series.to_currency,
        )
        .ext(distinct_on(Version.procedure_id))
        .order_by(Version.procedure_id, Version.number.desc())
    )
    found = select(Version).where(Version.id.in_(newest)).order_by(Version.sort_key, Version.id)
    return tuple(session.scalars(found))


def missing_days(
    calendar: WorkingCalendar, recorded: Collection[date], since: date, until: date
) -> Iterator[date]:
    """The working days of the span without a rate, both ends inclusive; past the calendar nobody can tell."""
    for number in range((until - since).days + 1):
        day = since + DAY * number
        try:
            if day not in recorded and calendar.is_working(day):
                yield day
        except CalendarNotLoaded:
            continue
