"""What the agency offers: front page, search, and one page for each procedure."""

from collections.abc import Collection, Sequence
from datetime import date

from flask import Response, abort, make_response, render_template, request

from common.clock import local_date
from common.web import now, public, session, wants_fragment
from procedure_library import queries
from procedure_library.life.queries import retirement, suspensions
from procedure_library.models import Version
from runtime.intake import not_taken, retired_told
from runtime.views.portal.blueprint import portal
from runtime.views.portal.most_asked import most_asked
from runtime.views.portal.offers import offers, official_steps

MOST_ASKED = 6
LONGEST_SEARCH = 200


@portal.get("/")
@public
def home() -> str:
    asked = most_asked(session(), local_date(now()), MOST_ASKED)
    return render_template("portal/home.html", procedures=asked, paused=_paused(asked))


@portal.get("/procedures")
@public
def procedures() -> str:
    text = request.args.get("q", "")[:LONGEST_SEARCH].strip()
    listed = queries.search(session(), text, on=local_date(now()), after=_after())
    template = "portal/_procedures.html" if wants_fragment() else "portal/procedures.html"
    paused = _paused(listed.rows)
    return render_template(template, text=text, listed=listed, paused=paused, is_first=_after() is None)


@portal.get("/procedures/<key>")
@public
def procedure(key: str) -> Response:
    today = local_date(now())
    version = queries.version_in_force(session(), key, today)
    if version is None:
        return _gone(key, today)
    compiled = queries.definition_of(session(), version.id)
    page = render_template(
        "portal/procedure.html",
        version=version,
        definition=compiled.definition,
        offers=offers(session(), compiled, today),
        steps=official_steps(compiled),
        not_taken=not_taken(session(), key, today),
    )
    return make_response(page)


def _gone(key: str, today: date) -> Response:
    """What an old link to a retired procedure leads to: why it is gone, and what stands for it."""
    retired = retirement(session(), key, today) or abort(404)
    version = queries.last_version(session(), key, today) or abort(404)
    successor = retired.successor and queries.version_in_force(session(), retired.successor.key, today)
    page = render_template(
        "portal/retired.html",
        version=version,
        refusal=retired_told(session(), retired, today),
        successor=successor,
    )
    return make_response(page, 410)


def _paused(versions: Sequence[Version]) -> Collection[str]:
    """The procedures among these whose intake pauses."""
    keys = {each.procedure.key for each in versions}
    return set(suspensions(session(), keys, local_date(now())))


def _after() -> queries.After | None:
    """The last procedure of the page before, from the address; None on the first page or when it is garbled."""
    name, number = request.args.get("after", ""), request.args.get("id", "")
    return (name, int(number)) if name and number.isdecimal() else None
