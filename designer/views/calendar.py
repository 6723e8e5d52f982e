"""The working calendar in force, a year at a time: which days are worked, and on whose decision."""

from datetime import date
from typing import Any

from flask import abort, render_template, request
from sqlalchemy import select

from common.calendar import WorkingCalendar
from common.clock import local_date
from common.web import now, officials, session
from designer.views.blueprint import designer, keepers
from designer.views.year_view import year_view
from procedure_library.calendar_files import latest_calendar
from procedure_library.calendar_year import confirmed, working_days, years_to_confirm
from procedure_library.interruptions import in_force
from procedure_library.reference import CalendarRow, calendar_for

WARN_DAYS_AHEAD = 60
administrators = officials("administrator")


@designer.get("/reference/calendar")
@keepers
def calendar() -> str:
    today = local_date(now())
    in_use = calendar_for(session(), today)
    shown = in_use and _year(in_use, request.args.get("year", ""), today)
    rows = session().scalars(select(CalendarRow).order_by(CalendarRow.key, CalendarRow.version.desc()))
    return render_template(
        "designer/calendar.html",
        **calendar_end(today),
        today=today,
        year=shown,
        years=range(in_use.covers_from.year, in_use.covers_until.year + 1) if in_use else (),
        to_confirm=years_to_confirm(latest_calendar(session()), today),
        months=year_view(in_use, shown) if in_use and shown else (),
        days=confirmed(in_use, shown) if in_use and shown else (),
        worked=working_days(in_use, shown) if in_use and shown and _whole(in_use, shown) else None,
        versions=rows.all(),
        interruptions=in_force(session()),
    )


def calendar_end(today: date) -> dict[str, Any]:
    """What the warning of the coming end of the calendar is made of."""
    in_use = calendar_for(session(), today)
    return {
        "in_use": in_use,
        "days_left": (in_use.covers_until - today).days if in_use else None,
        "warn_days": WARN_DAYS_AHEAD,
    }


@designer.app_template_global("calendar_end_today")
def calendar_end_today() -> dict[str, Any]:
    """The same for pages of other parts of the house."""
    return calendar_end(local_date(now()))


def _year(in_use: WorkingCalendar, asked: str, today: date) -> int:
    """The year asked for; this year, or the nearest covered, when none is."""
    covered = range(in_use.covers_from.year, in_use.covers_until.year + 1)
    if not asked:
        return min(max(today.year, covered[0]), covered[-1])
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else 0
    return year if year in covered else abort(404)


def _whole(in_use: WorkingCalendar, year: int) -> bool:
    return in_use.covers_from <= date(year, 1, 1) and date(year, 12, 31) <= in_use.covers_until
