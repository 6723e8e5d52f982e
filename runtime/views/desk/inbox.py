"""What waits for the official, the most urgent first, and the way to any dossier of the official's units."""

from flask import Response, redirect, render_template, request, url_for

from common.clock import local_date
from common.web import current_actor, now, session
from runtime import queries
from runtime.queries import After
from runtime.views.desk.blueprint import desk, workers
from runtime.watch.reading import count_of

LONGEST_SEARCH = 200


@desk.get("")
@workers
def inbox() -> str:
    after, mine = After.read(request.args.get("after", "")), request.args.get("mine") == "yes"
    return render_template(
        "desk/inbox.html",
        listed=queries.inbox(session(), current_actor(), at=now(), after=after, mine=mine),
        counts=queries.counts(session(), current_actor(), at=now()),
        reminders=count_of(session(), current_actor()),
        mine=mine,
        escalated=queries.count_escalated(session(), current_actor()),
        is_first=after is None,
        today=local_date(now()),
    )


@desk.get("/dossiers")
@workers
def dossiers() -> Response | str:
    """Dossiers by code, number or name; an exact code opens its dossier at once."""
    text, after = (
        request.args.get("q", "")[:LONGEST_SEARCH].strip(),
        After.read(request.args.get("after", "")),
    )
    status = request.args.get("status", "")
    if text and queries.dossier_for(session(), text, current_actor(), at=now()):
        return redirect(url_for("desk.dossier", number=text), 303)
    listed = queries.search(session(), current_actor(), text, status=status, after=after)
    return render_template(
        "desk/dossiers.html", text=text, status=status, listed=listed, is_first=after is None
    )
