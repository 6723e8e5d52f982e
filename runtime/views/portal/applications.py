"""An application from its first page to its last: begin, fill in page by page, leave off, throw away."""

from collections.abc import Mapping
from typing import Any, cast

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from common.clock import local_date
from common.i18n import date_text
from common.identity.models import Account
from common.problems import Problem, Refusal
from common.web import citizens, current_actor, now, problems_page, session, surroundings, takes_files
from form_builder.wtform import PageForm
from procedure_library.queries import definition_of, version_in_force
from runtime import applications, earlier, enclosures
from runtime.applicants import profile_of
from runtime.intake import not_taken
from runtime.models.applications import Application
from runtime.unsent import last_day
from runtime.views.changing import changes_of
from runtime.views.computed import with_amounts
from runtime.views.enclosing import taking_files, with_files
from runtime.views.flashes import flash_refusal
from runtime.views.form_pages import checked, is_unreadable, shown, taken
from runtime.views.found import compiled_of, open_application, own_application
from runtime.views.once import posted_key
from runtime.views.portal.blueprint import portal
from runtime.views.portal.route import filing_form, stage_after, stages
from runtime.views.quoting import quote_so_far
from runtime.views.units import units_for

# What a person chooses before the first page, and how it is said that nothing was.
TO_CHOOSE = {
    "case_type": "dossiers.case_type_not_chosen",
    "unit": "dossiers.unit_not_chosen",
    "channel": "dossiers.channel_not_chosen",
}


@portal.get("/procedures/<key>/applications")
@citizens
def new_application(key: str) -> str:
    return render_template("portal/begin.html", **_choices(key), chosen={"channel": "online"})


@portal.post("/procedures/<key>/applications")
@citizens
def begin_application(key: str) -> Response:
    chosen = request.form
    if missing := [Problem(code, name) for name, code in TO_CHOOSE.items() if not chosen.get(name)]:
        return problems_page("portal/begin.html", missing, **_choices(key), chosen=chosen)
    begun = applications.begin(
        session(),
        procedure_key=key,
        case_type=chosen.get("case_type", ""),
        unit_id=chosen.get("unit", 0, type=int),
        channel=chosen.get("channel", ""),
        key=posted_key(),
        by=current_actor(),
        at=now(),
    )
    if isinstance(begun, Refusal):
        return problems_page("portal/begin.html", [begun], **_choices(key), chosen=chosen)
    return cast(Response, redirect(url_for("portal.application", number=begun.id), 303))


@portal.get("/applications/<int:number>")
@citizens
def application(number: int) -> Response:
    """Where the person left off: the first part that is not done."""
    way = stages(own_application(number))
    return cast(Response, redirect(next(stage.address for stage in way if not stage.is_done), 303))


@portal.get("/applications/<int:number>/pages/<page>")
@citizens
def form_page(number: int, page: str) -> str:
    here = open_application(number)
    form = filing_form(here)
    said = enclosures.with_waiting(session(), here, form)
    if page in here.pages:
        fields, source = shown(form, page, said), None
    else:
        source = earlier.earlier(session(), here, at=now())
        origin = dict.fromkeys(source.paths, source.number) if source else {}
        fields = shown(form, page, said, profile_of(_account()), origin)
    offered = source if source and source.adds and not here.pages else None
    around = _around(here, page, here.answers)
    fields = _whole(fields, here, here.answers)
    return render_template("portal/form_page.html", page=fields, offered=offered, **around)


@portal.post("/applications/<int:number>/pages/<page>/earlier")
@citizens
def carry_answers(number: int, page: str) -> Response:
    """Fills in what an earlier dossier said; every answer says where it came from until its page is saved."""
    here = open_application(number)
    if refusal := earlier.carry(session(), here, by=current_actor(), at=now()):
        flash_refusal(refusal)
    return cast(Response, redirect(url_for("portal.form_page", number=number, page=page), 303))


@portal.post("/applications/<int:number>/pages/<page>")
@citizens
@takes_files
def save_form_page(number: int, page: str) -> Response:
    here = own_application(number)
    form = filing_form(here)
    posted, troubles = taking_files(form, here)
    reply = taken(form, page, here.answers, posted=posted, troubles=troubles)
    _whole(reply.page, here, reply.answers)
    if reply.unfinished:
        return problems_page(
            "portal/form_page.html", status=200, page=reply.page, **_around(here, page, reply.answers)
        )
    saved = applications.save_page(session(), here, page, reply.answers, by=current_actor(), at=now())
    if isinstance(saved, Refusal):
        return problems_page(
            "portal/form_page.html", [saved], page=reply.page, **_around(here, page, reply.answers)
        )
    later = request.form.get("then") == "later"
    if reply.problems and (not later or troubles or is_unreadable(reply.page)):
        return problems_page("portal/form_page.html", page=reply.page, **_around(here, page, reply.answers))
    if later:
        until = date_text(last_day(here))
        flash(_("Đã lưu. Có thể khai tiếp đến hết ngày %(day)s.", day=until), "success")
        return cast(Response, redirect(url_for("portal.my_dossiers"), 303))
    return cast(Response, redirect(stage_after(stages(here), page).address, 303))


@portal.post("/applications/<int:number>/pages/<page>/check")
@citizens
def check_fields(number: int, page: str) -> Response:
    """The questions as the answers now open and close them, what was left judged, and what it would cost now;
    nothing is kept."""
    here = own_application(number)
    reply = taken(filing_form(here), page, here.answers, judged=False)
    fields = _whole(reply.page, here, reply.answers)
    return checked("portal/_page_fields.html", fields, application=here, **quote_so_far(here, reply.answers))


@portal.post("/applications/<int:number>/removal")
@citizens
def discard_application(number: int) -> Response:
    refusal = applications.discard(session(), own_application(number), by=current_actor(), at=now())
    if refusal is None:
        flash(_("Đã bỏ hồ sơ chưa gửi."), "success")
    else:
        flash_refusal(refusal)
    return cast(Response, redirect(url_for("portal.my_dossiers"), 303))


def _whole(page: PageForm, here: Application, answers: Mapping[str, Any]) -> PageForm:
    """The page with its amounts and files."""
    return with_files(with_amounts(page, here, answers), here, url_for("portal.begin_upload", number=here.id))


def _around(here: Application, page: str, answers: Mapping[str, Any]) -> dict[str, Any]:
    """What stands around the questions of a page: the frame, and amount and date by the answers so far."""
    return {**frame(here, page), **quote_so_far(here, answers)}


def frame(here: Application, key: str) -> dict[str, Any]:
    """What the frame around every part of an application shows."""
    way, compiled = stages(here), compiled_of(here)
    return {
        "application": here,
        "compiled": compiled,
        "definition": compiled.definition,
        "stages": way,
        "stage": next(stage for stage in way if stage.key == key),
        "megabytes": surroundings().settings.upload_megabytes,
        **changes_of(here),
    }


def _choices(key: str) -> dict[str, Any]:
    today = local_date(now())
    version = version_in_force(session(), key, today)
    if version is None:
        # Its page says what became of it.
        abort(redirect(url_for("portal.procedure", key=key), 303))
    definition = definition_of(session(), version.id).definition
    return {
        "definition": definition,
        "units": units_for(session(), definition, today),
        "not_taken": not_taken(session(), key, today),
    }


def _account() -> Account:
    return session().get_one(Account, current_actor().account_id)
