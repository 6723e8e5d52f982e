"""The world that definitions name and do not contain: working calendars, rates, and what provinces decided."""

from flask import render_template
from sqlalchemy import func, select

from common.clock import local_date
from common.web import now, session
from designer.views.blueprint import designer, keepers
from designer.views.calendar import calendar_end
from designer.views.rates import shown_series
from procedure_library.place_lists import list_in_force
from procedure_library.reference import ParameterRow


@designer.get("/reference")
@keepers
def reference() -> str:
    return render_template(
        "designer/reference.html",
        **calendar_end(local_date(now())),
        places=list_in_force(session(), local_date(now())),
        rates=shown_series(local_date(now())),
        amounts=session().scalar(select(func.count()).select_from(ParameterRow)),
    )
