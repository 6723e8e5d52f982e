"""Reception: take the dossier, take money ahead, ask once for all that is missing, or turn it down with the reason."""

from flask import Response, abort, render_template, request
from flask_babel import gettext as _

from common.web import officials
from runtime import dossiers
from runtime.happening import Method
from runtime.queries import DossierView
from runtime.views.desk.acting import done
from runtime.views.desk.asked import (
    changed_since_filing,
    components_of,
    missing_and_words,
    papers_counted,
)
from runtime.views.desk.blueprint import desk
from runtime.views.found import own_dossier

COMPLETION = "desk/completion_request.html"


@desk.post("/dossiers/<number>/acceptance")
@officials("reception")
def accept(number: str) -> Response:
    view = own_dossier(number)
    return done(
        dossiers.accept,
        view,
        _("Đã tiếp nhận hồ sơ."),
        papers=papers_counted(view.compiled, view.dossier.case_type),
        slip_asked=request.form.get("slip") == "yes",
    )


@desk.post("/dossiers/<number>/payment")
@officials("cashier")
def pay(number: str) -> Response:
    method: Method = "transfer" if request.form.get("method") == "transfer" else "cash"
    return done(dossiers.pay, own_dossier(number), _("Đã thu phí, lệ phí."), method=method)


@desk.get("/dossiers/<number>/completion-request")
@officials("reception")
def completion_request(number: str) -> str:
    view = _offered(number, "return_for_completion")
    changed = changed_since_filing(view)
    return render_template(COMPLETION, view=view, components=components_of(view), difference=changed)


@desk.post("/dossiers/<number>/completion-request")
@officials("reception")
def request_completion(number: str) -> Response:
    view = own_dossier(number)
    return done(
        dossiers.return_for_completion,
        view,
        _("Đã gửi phiếu yêu cầu hoàn thiện hồ sơ."),
        COMPLETION,
        reason=missing_and_words(view.compiled),
    )


@desk.get("/dossiers/<number>/refusal")
@officials("reception")
def refusal(number: str) -> str:
    return render_template("desk/refusal.html", view=_offered(number, "refuse"))


@desk.post("/dossiers/<number>/refusal")
@officials("reception")
def refuse(number: str) -> Response:
    view, reason = own_dossier(number), request.form.get("reason", "")
    return done(dossiers.refuse, view, _("Đã từ chối tiếp nhận hồ sơ."), "desk/refusal.html", reason=reason)


def _offered(number: str, act: str) -> DossierView:
    """The dossier while the act is possible; else there is no such page."""
    view = own_dossier(number)
    if act not in view.acts:
        abort(404)
    return view
