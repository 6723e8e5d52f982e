"""The counter: reception fills in, files and receives in one go for somebody who stands before it."""

from collections.abc import Mapping
from typing import Any, cast

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from common.clock import local_date
from common.problems import Problem, Refusal
from common.web import current_actor, now, officials, problems_page, session, takes_files
from form_builder.form import Form
from form_builder.pages import Reply
from form_builder.wtform import PageForm
from procedure_library import queries as library
from procedure_library.compiled import Compiled
from procedure_library.life.queries import suspensions
from runtime import applications, dossiers, enclosures
from runtime.intake import paused_told
from runtime.models.applications import Application
from runtime.models.dossiers import Dossier
from runtime.models.papers import Document
from runtime.views.attaching import kept, terms_of
from runtime.views.changing import changes_of, follow_the_law, readdress
from runtime.views.components import needed_papers
from runtime.views.computed import with_amounts
from runtime.views.desk.acting import to_dossier
from runtime.views.desk.asked import papers_counted
from runtime.views.desk.blueprint import desk
from runtime.views.enclosing import taking_files, with_files
from runtime.views.form_pages import checked, page_keys, shown_whole, taken_whole
from runtime.views.found import compiled_of, own_application
from runtime.views.once import is_done, posted_key, posted_once
from runtime.views.quoting import components_of_quote, quote_so_far
from runtime.views.units import units_for

LONGEST_SEARCH = 200
# Buttons beside the form: what was typed is kept first.
SWITCHES = {"follow": follow_the_law, "readdress": readdress}


@desk.get("/counter")
@officials("reception")
def counter() -> str:
    return render_template("desk/counter.html", **_offered())


@desk.post("/counter")
@officials("reception")
def begin_at_counter() -> Response:
    begun = applications.begin(
        session(),
        procedure_key=request.form.get("procedure", ""),
        case_type=request.form.get("case_type", ""),
        unit_id=request.form.get("unit", 0, type=int),
        channel="counter",
        key=posted_key(),
        by=current_actor(),
        at=now(),
    )
    if isinstance(begun, Refusal):
        return problems_page("desk/counter.html", [begun], **_offered())
    return cast(Response, redirect(url_for("desk.counter_form", number=begun.id), 303))


@desk.get("/counter/<int:number>")
@officials("reception")
def counter_form(number: int) -> str:
    shown = _page(own_application(number))
    shown["page"].begin()
    return render_template("desk/counter_form.html", **shown)


@desk.post("/counter/<int:number>")
@officials("reception")
@takes_files
def save_counter_form(number: int) -> Response:
    """Keeps everything typed and attached; then shows amount and date, or receives the dossier."""
    here = own_application(number)
    if here.dossier_id is not None and is_done(dossier := session().get_one(Dossier, here.dossier_id)):
        return _received(dossier)
    posted, wrong_files = taking_files(_form(here), here)
    reply = taken_whole(_form(here), here.answers, posted=posted, troubles=wrong_files)
    troubles = _saved(here, reply)
    if (switch := SWITCHES.get(request.form.get("then", ""))) is not None:
        switch(here)
        return cast(Response, redirect(url_for("desk.counter_form", number=number), 303))
    if reply.unfinished:
        return problems_page("desk/counter_form.html", troubles, status=200, **_page(here, reply))
    if reply.problems or troubles:
        if reply.problems:
            reply.page.begin()
        return problems_page("desk/counter_form.html", troubles, **_page(here, reply))
    if request.form.get("then") != "accept":
        return problems_page("desk/counter_form.html", status=200, is_ready=True, **_page(here, reply))
    return _entered(here, reply)


def _entered(here: Application, reply: Reply) -> Response:
    """Files and receives; the page again when that is refused."""
    entered = dossiers.enter_at_counter(
        session(),
        here,
        papers=papers_counted(compiled_of(here), here.case_type),
        slip_asked=request.form.get("slip") == "yes",
        confirmed=request.form.get("confirmed") == "yes",
        once=posted_once(),
        by=current_actor(),
        at=now(),
    )
    if not isinstance(entered, Dossier):
        refused = [entered] if isinstance(entered, Refusal) else entered
        return problems_page("desk/counter_form.html", refused, **_page(here, reply))
    return _received(entered)


def _received(dossier: Dossier) -> Response:
    flash(_entered_as(dossier), "success")
    return to_dossier(dossier)


def _entered_as(dossier: Dossier) -> str:
    if dossier.code is None:
        return _(
            "Đã nhận hồ sơ số %(number)s. Thu phí, lệ phí rồi mới tiếp nhận.", number=dossier.filing_number
        )
    return _("Đã tiếp nhận, mã hồ sơ %(code)s.", code=dossier.code)


@desk.post("/counter/<int:number>/check")
@officials("reception")
def check_counter_form(number: int) -> Response:
    here = own_application(number)
    reply = taken_whole(_form(here), here.answers, judged=False)
    told = {**quote_so_far(here, reply.answers), **changes_of(here)}
    fields = _whole(reply.page, here, reply.answers)
    return checked("desk/_counter_fields.html", fields, application=here, **told)


def _whole(page: PageForm, here: Application, answers: Mapping[str, Any]) -> PageForm:
    """The page as a clerk copies it from paper, with its amounts and files."""
    page.dense = True
    return with_files(with_amounts(page, here, answers), here, url_for("portal.begin_upload", number=here.id))


def _form(here: Application) -> Form:
    return compiled_of(here).form_at("filing", here.case_type)


def _saved(here: Application, reply: Reply) -> list[Problem | Refusal]:
    """Saves all pages and files of the post; answers what could not be kept."""
    troubles: list[Problem | Refusal] = []
    for page in page_keys(_form(here)):
        result = applications.save_page(session(), here, page, reply.answers, by=current_actor(), at=now())
        if isinstance(result, Refusal):
            return [result]
    kind = compiled_of(here).case_type(here.case_type)
    for component in kind.components if kind else ():
        file = request.files.get(f"file.{component}")
        if file is not None and file.filename:
            stored = kept(here, terms_of(here, component), file)
            troubles += [] if isinstance(stored, Document) else [stored]
    return troubles


def _offered() -> dict[str, Any]:
    """Procedures taken at the counter by the official's units, each with the units that take it."""
    text, today = request.args.get("q", "")[:LONGEST_SEARCH].strip(), local_date(now())
    listed = library.search(session(), text, on=today, limit=50)
    own = current_actor().units("reception")
    offered: list[tuple[Compiled, Any]] = []
    for version in listed.rows:
        compiled = library.definition_of(session(), version.id)
        units = units_for(session(), compiled.definition, today, own)
        if units and "counter" in compiled.definition.channels and compiled.definition.stands_alone:
            offered.append((compiled, units))
    paused = suspensions(session(), {each.procedure.key for each in listed.rows}, today)
    told = {key: paused_told(act) for key, act in paused.items()}
    return {"text": text, "offered": offered, "paused": told}


def _page(here: Application, reply: Reply | None = None) -> dict[str, Any]:
    compiled = compiled_of(here)
    quoted = quote_so_far(here, reply.answers if reply else here.answers)
    documents = applications.documents_of(session(), here.id)
    needs = components_of_quote(quoted["quote"])
    said = enclosures.with_waiting(session(), here, _form(here))
    fields = reply.page if reply else shown_whole(_form(here), said)
    return {
        "application": here,
        "compiled": compiled,
        "definition": compiled.definition,
        "page": _whole(fields, here, reply.answers if reply else here.answers),
        "needs": needed_papers(compiled, here.case_type, needs, documents),
        "typed": request.form,
        **quoted,
        **changes_of(here),
    }
