"""The world that definitions name and do not contain: working calendars, rates, and what provinces decided."""

from typing import Any

from flask import render_template
from sqlalchemy import select

from common.clock import local_date
from common.i18n import money_text
from common.money import Money
from common.web import now, session
from designer.views.blueprint import designer, keepers
from designer.views.calendar import calendar_end
from designer.views.rates import shown_series
from procedure_library.reference import ParameterRow
from rules_dsl.values import decode


@designer.get("/reference")
@keepers
def reference() -> str:
    amounts = session().scalars(
        select(ParameterRow).order_by(
            ParameterRow.procedure_key, ParameterRow.name, ParameterRow.area, ParameterRow.effective_from
        )
    )
    return render_template(
        "designer/reference.html",
        **calendar_end(local_date(now())),
        rates=shown_series(local_date(now())),
        amounts=[(row, _written(row.value)) for row in amounts],
    )


def _written(value: Any) -> str:
    """A local value as a person reads it."""
    read = decode(value)
    return money_text(read) if isinstance(read, Money) else str(read)
