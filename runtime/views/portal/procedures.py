"""What the agency offers: front page, search, and one page for each procedure."""

from flask import abort, render_template, request

from common.clock import local_date
from common.web import now, public, session, wants_fragment
from procedure_library import queries
from runtime.views.portal.blueprint import portal
from runtime.views.portal.most_asked import most_asked
from runtime.views.portal.offers import offers, official_steps

MOST_ASKED = 6
LONGEST_SEARCH = 200


@portal.get("/")
@public
def home() -> str:
    asked = most_asked(session(), local_date(now()), MOST_ASKED)
    return render_template("portal/home.html", procedures=asked)


@portal.get("/procedures")
@public
def procedures() -> str:
    text = request.args.get("q", "")[:LONGEST_SEARCH].strip()
    listed = queries.search(session(), text, on=local_date(now()), after=_after())
    template = "portal/_procedures.html" if wants_fragment() else "portal/procedures.html"
    return render_template(template, text=text, listed=listed, is_first=_after() is None)


@portal.get("/procedures/<key>")
@public
def procedure(key: str) -> str:
    today = local_date(now())
    version = queries.version_in_force(session(), key, today) or abort(404)
    compiled = queries.definition_of(session(), version.id)
    return render_template(
        "portal/procedure.html",
        version=version,
        definition=compiled.definition,
        offers=offers(session(), compiled, today),
        steps=official_steps(compiled),
    )


def _after() -> queries.After | None:
    """The last procedure of the page before, from the address; None on the first page or when it is garbled."""
    name, number = request.args.get("after", ""), request.args.get("id", "")
    return (name, int(number)) if name and number.isdecimal() else None
