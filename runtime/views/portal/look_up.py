"""Look-up without signing in: code and identity number together, and only how far the dossier is."""

from flask import Response, make_response, render_template, request

from common.identity.throttle import LOOK_UP_BY_CODE, LOOK_UP_BY_PEER
from common.problems import Refusal
from common.web import problems_page, public, session
from common.web.throttling import take_try
from runtime import queries
from runtime.views.portal.blueprint import portal

LONGEST = 60


@portal.get("/look-up")
@public
def look_up() -> str:
    return render_template("portal/look_up.html", typed={"code": request.args.get("code", "")[:LONGEST]})


@portal.post("/look-up")
@public
def look_up_dossier() -> Response:
    typed = request.form
    code = typed.get("code", "")[:LONGEST].strip()
    take_try(LOOK_UP_BY_PEER, str(request.remote_addr))
    take_try(LOOK_UP_BY_CODE, code.upper())
    found = queries.look_up(session(), code, typed.get("identity_number", "")[:LONGEST])
    if found is None:
        return problems_page("portal/look_up.html", [Refusal("dossiers.not_found")], typed=typed)
    return make_response(render_template("portal/look_up.html", typed=typed, found=found))
