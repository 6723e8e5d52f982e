"""What is published: procedures and their versions."""

from flask import abort, render_template, request

from common.clock import local_date
from common.web import now, session, wants_fragment
from designer.drafts import living_draft
from designer.reviews.queries import of_versions
from designer.views.blueprint import designer, keepers
from designer.views.calendar import calendar_end
from procedure_library import queries

LONGEST_SEARCH = 200


@designer.get("/procedures")
@keepers
def procedures() -> str:
    text = request.args.get("q", "")[:LONGEST_SEARCH].strip()
    listed = queries.search(session(), text, on=local_date(now()), after=after_in_address())
    template = "designer/_procedures.html" if wants_fragment() else "designer/procedures.html"
    return render_template(
        template,
        text=text,
        listed=listed,
        is_first=after_in_address() is None,
        **calendar_end(local_date(now())),
    )


@designer.get("/procedures/<key>")
@keepers
def procedure(key: str) -> str:
    versions = queries.versions_of(session(), key) or abort(404)
    in_force = queries.version_in_force(session(), key, local_date(now()))
    return render_template(
        "designer/procedure.html",
        versions=versions,
        in_force=in_force,
        definition=queries.definition_of(session(), (in_force or versions[0]).id).definition,
        submissions=of_versions(session(), (version.id for version in versions)),
        draft=living_draft(session(), key),
    )


def after_in_address() -> queries.After | None:
    """The last procedure of the page before, as the address has it; None on the first page."""
    name, number = request.args.get("after", ""), request.args.get("id", "")
    return (name, int(number)) if name and number.isdecimal() else None
