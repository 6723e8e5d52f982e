"""An error of the office in a returned result: the page that begins the dossier which puts it right."""

from typing import cast

from flask import Response, abort, redirect, render_template, request, url_for

from common.problems import Refusal
from common.web import current_actor, now, officials, posted_key, problems_page, session
from runtime import corrections
from runtime.views.desk.blueprint import desk
from runtime.views.found import own_dossier

PAGE = "desk/correction.html"


@desk.get("/dossiers/<number>/correction")
@officials("reception")
def correction(number: str) -> str:
    view = own_dossier(number)
    if view.dossier.status != "returned":
        abort(404)
    return render_template(PAGE, view=view)


@desk.post("/dossiers/<number>/correction")
@officials("reception")
def correct(number: str) -> Response:
    view, reason = own_dossier(number), request.form.get("reason", "")
    begun = corrections.begin(
        session(), view.dossier, reason=reason, key=posted_key(), by=current_actor(), at=now()
    )
    if isinstance(begun, Refusal):
        return problems_page(PAGE, [begun], view=view, typed={"reason": reason})
    if begun.dossier_id is not None:
        return cast(Response, redirect(url_for("desk.dossier", number=number), 303))
    return cast(Response, redirect(url_for("desk.counter_form", number=begun.id), 303))
