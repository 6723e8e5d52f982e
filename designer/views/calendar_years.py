"""An administrator confirms a year of the calendar, or corrects one."""

from typing import Any, cast

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from common.clock import local_date
from common.web import current_actor, now, problems_page, session
from designer.views.blueprint import designer
from designer.views.calendar import administrators
from designer.views.calendar_forms import YearForm
from procedure_library.calendar_files import latest_calendar
from procedure_library.calendar_year import confirmed, proposed, years_to_confirm
from procedure_library.confirming import ConfirmedYear, confirm_year

PAGE = "designer/calendar_year.html"


@designer.get("/reference/calendar/years/<int:year>")
@administrators
def calendar_year(year: int) -> str:
    known = _known(year)
    form = YearForm(seen=str(known["seen"]))
    form.fill(known["days"])
    form.more_rows()
    return render_template(PAGE, form=form, **known)


@designer.post("/reference/calendar/years/<int:year>")
@administrators
def confirm_calendar_year(year: int) -> Response | str:
    known, form = _known(year), YearForm()
    if "more" in request.form:
        form.more_rows()
        return render_template(PAGE, form=form, **known)
    typed, days = form.validate(), form.days(year)
    if not typed or any(form.wrong_rows()):
        return problems_page(PAGE, form=form, **known)
    wanted = ConfirmedYear(year, days, _seen(form), local_date(now()), form.basis)
    recorded = confirm_year(session(), wanted, by=current_actor(), at=now())
    if isinstance(recorded, tuple):
        return problems_page(PAGE, form=form, findings=recorded, **known)
    flash(
        _("Đã ghi lịch năm %(year)s. Hồ sơ chờ ngày hẹn sẽ được tính trong vòng một giờ.", year=year),
        "success",
    )
    return cast(Response, redirect(url_for("designer.calendar", year=year), 303))


def _known(year: int) -> dict[str, Any]:
    """What is known of the year before anybody types; 404 where a year in between would be left out."""
    calendar = latest_calendar(session())
    if year not in years_to_confirm(calendar, local_date(now())):
        abort(404)
    is_covered = calendar is not None and year <= calendar.covers_until.year
    days = confirmed(calendar, year) if calendar and is_covered else proposed(year)
    seen = calendar.version if calendar else 0
    return {"year": year, "is_proposal": not is_covered, "days": days, "seen": seen}


def _seen(form: YearForm) -> int:
    """Which version the page showed; one that nobody recorded when the address was tampered with."""
    typed = str(form.seen.data)
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else -1
