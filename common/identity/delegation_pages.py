"""Leave: an official hands her posts over for some days; a leader or an administrator does it for her."""

from typing import Any, cast

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from common.clock import local_date
from common.i18n import message_in_language
from common.identity import delegating
from common.identity.administration.forms import DelegationForm, blame, named, offer
from common.identity.models import Account, Delegation, Unit
from common.problems import Refusal
from common.web import (
    current_actor,
    now,
    officials,
    page_key,
    posted_key,
    problems_page,
    session,
)

delegations = Blueprint("delegations", __name__, url_prefix="/delegations")
arrangers = officials(*delegating.DELEGABLE, "administrator")
PAGE = "identity/delegations.html"


@delegations.get("")
@arrangers
def listed() -> str:
    """Of the official named by `of`; without it, of who looks."""
    account = _account(request.args.get("of", 0, type=int))
    return render_template(PAGE, form=_form(account), **_page(account))


@delegations.post("")
@arrangers
def make() -> Response:
    account = _account(request.form.get("of", 0, type=int))
    form = _form(account)
    if not form.validate():
        return problems_page(PAGE, form=form, **_page(account))
    made = delegating.delegate(
        session(),
        account,
        session().get_one(Account, int(form.delegate.data)),
        session().get_one(Unit, int(form.unit.data)),
        since=form.since.data,
        until=form.until.data,
        reason=str(form.reason.data),
        key=posted_key(),
        by=current_actor(),
        at=now(),
    )
    if isinstance(made, Refusal):
        return problems_page(PAGE, [made], form=form, **_page(account))
    if isinstance(made, tuple):
        blame(form, made, message_in_language)
        return problems_page(PAGE, form=form, **_page(account))
    flash(_("Đã ủy quyền cho %(name)s.", name=made.delegate.full_name), "success")
    return _to(account)


@delegations.post("/<int:number>/end")
@arrangers
def end(number: int) -> Response:
    held = session().get(Delegation, number) or abort(404)
    account = _account(held.account_id)
    refusal = delegating.end(session(), held, by=current_actor(), at=now())
    if refusal:
        return problems_page(PAGE, [refusal], form=_form(account), **_page(account))
    flash(_("Đã kết thúc ủy quyền."), "success")
    return _to(account)


def _account(number: int) -> Account:
    """The official whose posts are handed over, when the actor may arrange that; 404 otherwise."""
    by = current_actor()
    account = session().get(Account, number or by.account_id or 0)
    if account is None or account.kind != "official":
        abort(404)
    own = account.id == by.account_id
    units = delegating.units_of(session(), account, local_date(now()))
    if not own and not any(delegating.may_arrange(by, account, unit) for unit in units):
        abort(404)
    return account


def _form(account: Account) -> DelegationForm:
    """The posts that the actor may hand over, and the colleagues who may get them."""
    form, today, by = DelegationForm(), local_date(now()), current_actor()
    units = [
        u for u in delegating.units_of(session(), account, today) if delegating.may_arrange(by, account, u)
    ]
    people = delegating.colleagues(session(), [unit.id for unit in units], today)
    offer(form.unit, [(str(unit.id), named(unit)) for unit in units], _("Chọn đơn vị"))
    others = [(str(each.id), each.full_name) for each in people if each.id != account.id]
    offer(form.delegate, others, _("Chọn người làm thay"))
    if not form.is_submitted() and len(units) == 1:
        form.unit.data = str(units[0].id)
    return form


def _page(account: Account) -> dict[str, Any]:
    today, by = local_date(now()), current_actor()
    led = sorted(by.units("leader"))
    return {
        "account": account,
        "is_own": account.id == by.account_id,
        "held": delegating.of(session(), account, today),
        "staff": [each for each in delegating.colleagues(session(), led, today) if each.id != account.id],
        "today": today,
        "once": page_key(),
    }


def _to(account: Account) -> Response:
    of = None if account.id == current_actor().account_id else account.id
    return cast(Response, redirect(url_for("delegations.listed", of=of), 303))
