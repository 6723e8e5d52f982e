"""What the clock tells the official: limits near or passed, and apologies to be considered in time."""

from flask import render_template, request

from common.clock import local_date
from common.web import current_actor, now, session
from runtime.pages import After
from runtime.views.desk.blueprint import desk, workers
from runtime.watch.reading import reminders_of


@desk.get("/reminders")
@workers
def reminders() -> str:
    after = After.read(request.args.get("after", ""))
    return render_template(
        "desk/reminders.html",
        listed=reminders_of(session(), current_actor(), after=after),
        is_first=after is None,
        today=local_date(now()),
    )
