"""The provinces and communes that addresses are judged by: which list is loaded, and what stands in it."""

from decimal import Decimal

from flask import abort, render_template, request
from sqlalchemy import select

from common.clock import local_date
from common.web import language, now, session
from designer.views.blueprint import designer, keepers
from form_builder.numerals import write_number
from procedure_library.place_lists import (
    FORMER_COMMUNES,
    CodeListRow,
    find_former,
    list_in_force,
    places_for,
)

LONGEST_SEARCH = 200


@designer.get("/reference/places")
@keepers
def places() -> str:
    today = local_date(now())
    listed, code = places_for(session(), today), request.args.get("province", "")
    searched = request.args.get("old", "")[:LONGEST_SEARCH].strip()
    if code and (listed is None or code not in listed.by_code["province"]):
        abort(404)
    rows = select(CodeListRow).order_by(CodeListRow.key, CodeListRow.version.desc())
    return render_template(
        "designer/places.html",
        listed=listed,
        province=listed.by_code["province"][code] if listed and code else None,
        in_force=list_in_force(session(), today),
        former=list_in_force(session(), today, FORMER_COMMUNES),
        searched=searched,
        found=find_former(session(), searched, today) if searched else (),
        versions=session().scalars(rows).all(),
        counted=_counted,
    )


def _counted(number: int) -> str:
    return write_number(Decimal(number), language())
