"""What I have begun and sent, one dossier of mine from filing to result, and taking it back."""

from typing import Any, cast

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from common.clock import local_date
from common.problems import Refusal
from common.web import citizens, current_actor, now, problems_page, session
from runtime import dossiers, queries
from runtime.differences import difference
from runtime.queries import After
from runtime.views.dossier_page import told
from runtime.views.found import own_dossier
from runtime.views.once import posted_once
from runtime.views.portal.blueprint import portal


@portal.get("/my/dossiers")
@citizens
def my_dossiers() -> str:
    after = After.read(request.args.get("after", ""))
    return render_template(
        "portal/my_dossiers.html",
        unsent=queries.unsent(session(), current_actor(), local_date(now())),
        sent=queries.dossiers_of(session(), current_actor(), after=after),
        is_first=after is None,
    )


@portal.get("/my/dossiers/<number>")
@citizens
def dossier(number: str) -> str:
    view = own_dossier(number)
    everything = told(session(), view, to_applicant=True)
    asked = view.dossier.status == "awaiting_completion"
    return render_template(
        "portal/dossier.html",
        **everything,
        difference=difference(session(), view.application, now()) if asked else None,
        since=next((each.at for each in everything["history"] if each.status == view.dossier.status), None),
    )


@portal.get("/my/dossiers/<number>/withdrawal")
@citizens
def withdrawal(number: str) -> str:
    return render_template("portal/withdrawal.html", view=own_dossier(number))


@portal.post("/my/dossiers/<number>/withdrawal")
@citizens
def withdraw(number: str) -> Response:
    view, reason = own_dossier(number), request.form.get("reason", "")
    who = {"once": posted_once(), "by": current_actor(), "at": now()}
    done: Any = dossiers.withdraw(session(), view.dossier, reason=reason, **who)
    if isinstance(done, Refusal):
        return problems_page("portal/withdrawal.html", [done], view=view, typed=reason)
    flash(_("Đã rút hồ sơ."), "success")
    return cast(Response, redirect(url_for("portal.dossier", number=number), 303))
