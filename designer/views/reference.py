"""The world that definitions name and do not contain: working calendars, and what provinces decided."""

from typing import Any

from flask import render_template
from sqlalchemy import select

from common.clock import local_date
from common.i18n import money_text
from common.money import Money
from common.web import now, session
from designer.views.blueprint import designer, keepers
from procedure_library.reference import CalendarRow, ParameterRow, calendar_for
from rules_dsl.values import decode

WARN_DAYS_AHEAD = 60


@designer.get("/reference")
@keepers
def reference() -> str:
    today = local_date(now())
    in_use = calendar_for(session(), today)
    calendars = session().scalars(select(CalendarRow).order_by(CalendarRow.key, CalendarRow.version.desc()))
    amounts = session().scalars(
        select(ParameterRow).order_by(
            ParameterRow.procedure_key, ParameterRow.name, ParameterRow.area, ParameterRow.effective_from
        )
    )
    return render_template(
        "designer/reference.html",
        in_use=in_use,
        days_left=(in_use.covers_until - today).days if in_use else None,
        warn_days=WARN_DAYS_AHEAD,
        calendars=calendars.all(),
        amounts=[(row, _written(row.value)) for row in amounts],
    )


def _written(value: Any) -> str:
    """A local value as a person reads it."""
    read = decode(value)
    return money_text(read) if isinstance(read, Money) else str(read)
