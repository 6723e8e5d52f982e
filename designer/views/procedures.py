"""What is published: procedures and their versions."""

from collections.abc import Sequence
from datetime import date

from flask import abort, render_template, request

from common.clock import local_date
from common.text import folded
from common.web import now, session, wants_fragment
from designer.drafts import living_draft
from designer.reviews.queries import of_versions
from designer.views.blueprint import designer, keepers
from designer.views.calendar import calendar_end
from procedure_library import queries
from procedure_library.life.models import ProcedureAct
from procedure_library.life.queries import (
    acts_of,
    retirement,
    retirements,
    standing,
    suspension,
    suspensions,
    withdrawals,
)
from procedure_library.models import Version

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
        suspended=suspensions(session(), {each.procedure.key for each in listed.rows}, local_date(now())),
        retired=() if after_in_address() else _retired(text),
        is_first=after_in_address() is None,
        **calendar_end(local_date(now())),
    )


@designer.get("/procedures/<key>")
@keepers
def procedure(key: str) -> str:
    versions = queries.versions_of(session(), key) or abort(404)
    today = local_date(now())
    in_force = queries.version_in_force(session(), key, today)
    last = queries.last_version(session(), key, today)
    retired, paused = standing(session(), key, today)
    return render_template(
        "designer/procedure.html",
        today=today,
        versions=versions,
        in_force=in_force,
        definition=queries.definition_of(session(), (last or versions[0]).id).definition,
        withdrawn=withdrawals(session(), (version.id for version in versions)),
        acts=acts_of(session(), key),
        planned=_planned(key, today),
        retirement=retired,
        successor=retired
        and retired.successor
        and queries.last_version(session(), retired.successor.key, today),
        suspension=paused,
        submissions=of_versions(session(), (version.id for version in versions)),
        draft=living_draft(session(), key),
    )


def _planned(key: str, today: date) -> Sequence[tuple[str, ProcedureAct]]:
    """Suspensions and retirements that are still to come, each with the act that calls it off."""
    named = {"suspended": ("resumption", suspension), "retired": ("reinstatement", retirement)}
    ahead = [each for each in acts_of(session(), key) if each.act in named and each.from_on > today]
    return [
        (named[each.act][0], each)
        for each in ahead
        if named[each.act][1](session(), key, each.from_on) == each
    ]


def _retired(text: str) -> Sequence[tuple[Version, ProcedureAct]]:
    """The retired procedures whose name or code has these words, by their last version: search no longer finds them."""
    today, words = local_date(now()), folded(text).split()
    acts = retirements(session(), today)
    found = ((queries.last_version(session(), act.procedure.key, today), act) for act in acts)
    return [
        (version, act) for version, act in found if version and all(word in version.folded for word in words)
    ]


def after_in_address() -> queries.After | None:
    """The last procedure of the page before, as the address has it; None on the first page."""
    name, number = request.args.get("after", ""), request.args.get("id", "")
    return (name, int(number)) if name and number.isdecimal() else None
