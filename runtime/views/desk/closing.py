"""The end of a dossier and its promised date: hand over, withdraw for the applicant, stop, appoint anew."""

from typing import Literal, cast

from flask import Response, abort, render_template, request
from flask_babel import gettext as _

from common.i18n import date_text, text_in
from common.problems import Refusal
from common.web import now, officials, problems_page, session
from runtime import dossiers
from runtime.queries import DossierView
from runtime.views.desk.acting import done
from runtime.views.desk.blueprint import desk
from runtime.views.found import own_dossier
from runtime.views.typed_day import typed_day
from runtime.watch.reading import Proposed, proposed

LONGEST_PARCEL = 60
METHODS = ("counter", "online", "post")


@desk.post("/dossiers/<number>/return")
@officials("reception")
def hand_over(number: str) -> Response:
    method = request.form.get("method", "counter")
    if method not in METHODS:
        abort(400)
    return done(
        dossiers.hand_over,
        own_dossier(number),
        _("Đã trả kết quả."),
        method=cast(Literal["counter", "online", "post"], method),
    )


@desk.post("/dossiers/<number>/post")
@officials("reception")
def hand_to_post(number: str) -> Response:
    parcel = request.form.get("parcel", "")[:LONGEST_PARCEL]
    said = _("Đã ghi nhận giao bưu điện; khi người nộp nhận được, bấm «Xác nhận đã trả kết quả».")
    return done(dossiers.hand_to_post, own_dossier(number), said, parcel=parcel)


@desk.get("/dossiers/<number>/withdrawal")
@officials("reception")
def withdrawal(number: str) -> str:
    return render_template("desk/withdrawal.html", view=_offered(number, "withdraw"))


@desk.post("/dossiers/<number>/withdrawal")
@officials("reception")
def withdraw(number: str) -> Response:
    reason = request.form.get("reason", "")
    page = "desk/withdrawal.html"
    return done(dossiers.withdraw, own_dossier(number), _("Đã rút hồ sơ."), page, reason=reason)


@desk.get("/dossiers/<number>/stop")
@officials("leader", "approver")
def stopping(number: str) -> str:
    return render_template("desk/stop.html", view=_offered(number, "stop"))


@desk.post("/dossiers/<number>/stop")
@officials("leader", "approver")
def stop(number: str) -> Response:
    reason = request.form.get("reason", "")
    return done(
        dossiers.stop, own_dossier(number), _("Đã dừng xử lý hồ sơ."), "desk/stop.html", reason=reason
    )


@desk.get("/dossiers/<number>/appointment")
@officials("leader", "approver")
def appointment(number: str) -> str:
    view = _offered(number, "reappoint")
    apology = proposed(session(), view.dossier, at=now())
    return render_template(
        "desk/appointment.html",
        view=view,
        proposed=apology,
        typed=_in_words(apology) if apology.last else None,
    )


@desk.post("/dossiers/<number>/appointment")
@officials("leader", "approver")
def reappoint(number: str) -> Response:
    view, reason = own_dossier(number), request.form.get("reason", "")
    new_day = typed_day(request.form.get("new_day", ""))
    if new_day is None:
        typed = {"reason": reason, "new_day": request.form.get("new_day", "")}
        return problems_page(
            "desk/appointment.html", [Refusal("dossiers.appointment_day_missing")], view=view, typed=typed
        )
    said = _("Đã xin lỗi và hẹn lại ngày trả kết quả.")
    return done(dossiers.reappoint, view, said, "desk/appointment.html", new_day=new_day, reason=reason)


def _in_words(apology: Proposed) -> dict[str, object]:
    """What stands in the form before anybody typed: only a proposal, to be read and changed."""
    step, since = text_in(apology.step), date_text(apology.since)
    reason = _("Hồ sơ còn ở bước «%(step)s» từ ngày %(day)s, chưa giải quyết xong.", step=step, day=since)
    return {"new_day": apology.new_day, "reason": reason if step else ""}


def _offered(number: str, act: str) -> DossierView:
    """The dossier while the act is possible; else there is no such page."""
    view = own_dossier(number)
    if act not in view.acts:
        abort(404)
    return view
