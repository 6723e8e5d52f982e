"""Money given back, or kept with a reason: what the policy says, and what a leader may add."""

from typing import Any

from flask import Response, abort, flash, render_template, request
from flask_babel import gettext as _

from common.money import EXPONENTS, Money
from common.problems import Refusal
from common.web import current_actor, now, officials, posted_key, problems_page, session
from runtime import refunds
from runtime.happening import Method
from runtime.models.dossiers import Dossier
from runtime.queries import DossierView
from runtime.views.desk.acting import to_dossier
from runtime.views.desk.blueprint import desk
from runtime.views.found import own_dossier
from runtime.views.once import posted_once

PAGE = "desk/refund.html"


@desk.get("/dossiers/<number>/refund")
@officials("cashier", "leader")
def refunding(number: str) -> str:
    view = own_dossier(number)
    if "refund" not in view.acts:
        abort(404)
    return render_template(PAGE, **_page(view))


@desk.post("/dossiers/<number>/refund")
@officials("cashier", "leader")
def refund(number: str) -> Response:
    """By the policy all that is kept; with `amount` what was taken wrongly."""
    view = own_dossier(number)
    amount: Money | None = None
    if request.form.get("wrongly") == "yes":
        amount = typed_money(request.form.get("amount", ""), request.form.get("currency", ""))
        amount = amount or Money(0)
    method: Method = "transfer" if request.form.get("method") == "transfer" else "cash"
    return _done(
        view,
        refunds.refund(
            session(),
            view.dossier,
            amount=amount,
            method=method,
            reason=request.form.get("reason", ""),
            key=posted_key(),
            once=posted_once(),
            by=current_actor(),
            at=now(),
        ),
        _("Đã hoàn tiền; phiếu hoàn có trong hồ sơ."),
    )


@desk.post("/dossiers/<number>/refund-refusal")
@officials("cashier", "leader")
def refuse_refund(number: str) -> Response:
    view, reason = own_dossier(number), request.form.get("refusal", "")
    refused = refunds.refuse_refund(
        session(), view.dossier, reason=reason, once=posted_once(), by=current_actor(), at=now()
    )
    return _done(view, refused, _("Đã trả lời không hoàn tiền, kèm lý do."))


def typed_money(text: str, currency: str) -> Money | None:
    """An amount as people type it, 150.000 or 12,50; None for anything else."""
    whole, _comma, cents = text.replace(" ", "").replace(".", "").partition(",")
    places = EXPONENTS.get(currency)
    if places is None or not whole.isascii() or not f"{whole}{cents}".isdigit() or len(cents) > places:
        return None
    return Money(int(f"{whole}{cents.ljust(places, '0')}"[:15]), currency)


def _done(view: DossierView, result: Dossier | Refusal, said: str) -> Response:
    if isinstance(result, Refusal):
        return problems_page(PAGE, [result], **_page(view))
    flash(said, "success")
    return to_dossier(result)


def _page(view: DossierView) -> dict[str, Any]:
    return {
        "view": view,
        "standing": refunds.standing(session(), view.dossier),
        "refunds": refunds.refunds_of(session(), view.dossier),
        "typed": request.form,
    }
