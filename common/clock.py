"""The one place that asks what time it is. Everything below takes instants as arguments."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Now, aware, in UTC."""
    return datetime.now(UTC)


def fixed_clock(at: datetime) -> Clock:
    """A clock that stands still, for tests and for loading demo data."""
    if at.tzinfo is None:
        raise ValueError("an instant carries its offset")
    return lambda: at


def local_date(at: datetime, zone: ZoneInfo = ZONE) -> date:
    """The calendar day of the instant where the unit is."""
    return at.astimezone(zone).date()


def to_the_minute(at: datetime) -> datetime:
    """The instant without its seconds: the law counts minutes (15:00:59 is still "15 giờ")."""
    return at.replace(second=0, microsecond=0)
