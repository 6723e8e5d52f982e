"""An application from its first page to its last: begin, fill in page by page, leave off, throw away."""

from secrets import token_hex
from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from common.clock import local_date
from common.i18n import language
from common.problems import Refusal
from common.web import citizens, current_actor, now, problems_page, session
from form_builder import pages
from form_builder.schema import read_form
from procedure_library.compiled import Compiled
from procedure_library.queries import definition_of, version_in_force
from runtime import applications
from runtime.models.applications import Application
from runtime.views.portal.blueprint import portal
from runtime.views.portal.own import compiled_of, own_application
from runtime.views.portal.route import stage_after, stages
from runtime.views.units import units_for


@portal.get("/procedures/<key>/applications")
@citizens
def new_application(key: str) -> str:
    chosen = {"channel": "online", "unit": request.args.get("unit", "")}
    return render_template("portal/begin.html", **_choices(key), chosen=chosen)


@portal.post("/procedures/<key>/applications")
@citizens
def begin_application(key: str) -> Response:
    chosen, unit = request.form, request.form.get("unit", "")
    begun = applications.begin(
        session(),
        procedure_key=key,
        case_type=chosen.get("case_type", ""),
        unit_id=int(unit) if unit.isdecimal() and len(unit) < 10 else 0,
        channel=chosen.get("channel", ""),
        by=current_actor(),
        at=now(),
    )
    if isinstance(begun, Refusal):
        return problems_page("portal/begin.html", [begun], **_choices(key), chosen=chosen)
    return redirect(url_for("portal.application", number=begun.id), 303)


@portal.get("/applications/<int:number>")
@citizens
def application(number: int) -> Response:
    """Where the person left off: the first part that is not done."""
    way = stages(*_form_of(own_application(number)))
    return redirect(next(stage.address for stage in way if not stage.is_done), 303)


@portal.get("/applications/<int:number>/pages/<page>")
@citizens
def form_page(number: int, page: str) -> str:
    here = own_application(number)
    shown = pages.show(_schema(here), _known(here, page), here.answers, language())
    return render_template("portal/form_page.html", page=shown, **frame(here, page))


@portal.post("/applications/<int:number>/pages/<page>")
@citizens
def save_form_page(number: int, page: str) -> Response | str:
    here = own_application(number)
    reply = pages.take(
        _schema(here), _known(here, page), request.form, here.answers, language(), new_id=new_row_id
    )
    if reply.unfinished:
        return render_template("portal/form_page.html", page=reply.page, **frame(here, page))
    saved = applications.save_page(session(), here, page, reply.answers, by=current_actor(), at=now())
    if isinstance(saved, Refusal):
        return problems_page("portal/form_page.html", [saved], page=reply.page, **frame(here, page))
    if request.form.get("then") == "later":
        return _left_off(here)
    if reply.problems:
        return problems_page("portal/form_page.html", page=reply.page, **frame(here, page))
    return redirect(stage_after(stages(*_form_of(here)), page).address, 303)


@portal.post("/applications/<int:number>/pages/<page>/check")
@citizens
def check_fields(number: int, page: str) -> str:
    """The questions as the answers now open and close them; nothing is judged, nothing kept."""
    here = own_application(number)
    reply = pages.take(
        _schema(here),
        _known(here, page),
        request.form,
        here.answers,
        language(),
        new_id=new_row_id,
        judged=False,
    )
    return render_template("portal/_page_fields.html", page=reply.page, application=here)


@portal.post("/applications/<int:number>/removal")
@citizens
def discard_application(number: int) -> Response:
    refusal = applications.discard(session(), own_application(number), by=current_actor(), at=now())
    flash_refusal(refusal) if refusal else flash(_("Đã bỏ hồ sơ chưa gửi."), "success")
    return redirect(url_for("portal.my_dossiers"), 303)


def frame(here: Application, key: str) -> dict[str, Any]:
    """What the frame around every part of an application shows."""
    compiled = compiled_of(here)
    way = stages(*_form_of(here))
    stage = next(stage for stage in way if stage.key == key)
    return {
        "application": here,
        "compiled": compiled,
        "definition": compiled.definition,
        "stages": way,
        "stage": stage,
    }
