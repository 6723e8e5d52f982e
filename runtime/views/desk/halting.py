"""The term of a dossier by an act of the office: extended, stopped, going on."""

from typing import cast

from flask import Response, abort, make_response, render_template, request
from flask_babel import gettext as _

from common.problems import Problem, Refusal
from common.web import now, officials, problems_page, session
from rules_dsl.allowance import Extension
from rules_dsl.ledger import Halt
from runtime import halting
from runtime.queries import DossierView
from runtime.views.desk.acting import done, to_dossier
from runtime.views.desk.blueprint import desk
from runtime.views.flashes import flash_refusal
from runtime.views.found import own_dossier

EXTENSION, SUSPENSION, RESUMPTION = "desk/extension.html", "desk/suspension.html", "desk/resumption.html"
WHY = ("incident", "authority")


@desk.get("/dossiers/<number>/extension")
@officials("leader", "approver")
def extension(number: str) -> Response:
    view = _offered(number, "extend")
    allowed = halting.allowed(session(), view.dossier, now())
    if isinstance(allowed, Refusal):
        flash_refusal(allowed)
        return to_dossier(view.dossier)
    return make_response(render_template(EXTENSION, view=view, allowed=allowed))


@desk.post("/dossiers/<number>/extension")
@officials("leader", "approver")
def extend(number: str) -> Response:
    view = own_dossier(number)
    allowed = halting.allowed(session(), view.dossier, now()) if view.state.may_be_extended else None
    return done(
        halting.extend,
        view,
        _("Đã gia hạn giải quyết; người nộp được báo hạn mới."),
        EXTENSION if isinstance(allowed, Extension) else None,
        shown={"allowed": allowed},
        amount=request.form.get("amount", 0, type=int),
        after=request.form.get("after", 0, type=int),
        reason=request.form.get("reason", ""),
    )


@desk.get("/dossiers/<number>/suspension")
@officials("leader", "approver")
def suspension(number: str) -> str:
    return render_template(SUSPENSION, view=_offered(number, "suspend"))


@desk.post("/dossiers/<number>/suspension")
@officials("leader", "approver")
def suspend(number: str) -> Response:
    view, reason, why = own_dossier(number), request.form.get("reason", ""), request.form.get("why", "")
    if why not in WHY:
        problem = Problem("dossiers.suspension_why_missing", "why")
        return problems_page(SUSPENSION, [problem], view=view, typed={"reason": reason})
    said = _("Đã tạm dừng tính thời hạn; người nộp được báo lý do.")
    return done(halting.suspend, view, said, SUSPENSION, why=cast(Halt, why), reason=reason)


@desk.get("/dossiers/<number>/resumption")
@officials("leader", "approver")
def resumption(number: str) -> str:
    return render_template(RESUMPTION, view=_offered(number, "resume"))


@desk.post("/dossiers/<number>/resumption")
@officials("leader", "approver")
def resume(number: str) -> Response:
    said = _("Thời hạn được tính tiếp; người nộp được báo ngày hẹn.")
    reason = request.form.get("reason", "")
    return done(halting.resume, own_dossier(number), said, reason=reason)


def _offered(number: str, act: str) -> DossierView:
    """The dossier while the act is possible; else there is no such page."""
    view = own_dossier(number)
    if act not in view.acts:
        abort(404)
    return view
