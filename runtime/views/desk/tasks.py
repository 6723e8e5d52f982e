"""A task: take it, give it back, and the page on which it is done."""

from typing import Any, cast

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from common.problems import Problem, Refusal
from common.web import current_actor, now, problems_page, session
from form_builder.form import Field, Form
from form_builder.pages import Reply
from procedure_library.definition import Outcome, Step
from procedure_library.moments import asks_applicant
from procedure_library.seeing import read_at
from runtime import queries, tasks
from runtime.models.tasks import Task
from runtime.queries import DossierView
from runtime.views.computed import with_amounts_of
from runtime.views.desk.acting import to_dossier
from runtime.views.desk.asked import components_of, missing_and_words
from runtime.views.desk.blueprint import desk, workers
from runtime.views.desk.task_letters import offered_at
from runtime.views.dossier_page import told, told_of
from runtime.views.enclosing import NOWHERE, with_files
from runtime.views.flashes import flash_refusal
from runtime.views.form_pages import checked, shown_whole, taken_whole
from runtime.views.found import found, own_dossier
from runtime.views.once import posted_once
from runtime.views.paying import payable_at, sums_shown


@desk.post("/tasks/<int:number>/claim")
@workers
def claim(number: int) -> Response:
    task = _task(number)
    taken = tasks.claim(session(), task, once=posted_once(), by=current_actor(), at=now())
    if isinstance(taken, Refusal):
        flash_refusal(taken)
        return to_dossier(task.dossier)
    flash(_("Đã nhận việc."), "success")
    if task.kind != "step":
        return to_dossier(task.dossier)
    return cast(Response, redirect(url_for("desk.task", number=number), 303))


@desk.post("/tasks/<int:number>/release")
@workers
def release(number: int) -> Response:
    task = _task(number)
    given = tasks.release(session(), task, once=posted_once(), by=current_actor(), at=now())
    if isinstance(given, Refusal):
        flash_refusal(given)
    else:
        flash(_("Đã trả lại việc; đồng nghiệp có thể nhận."), "success")
    return to_dossier(task.dossier)


@desk.get("/tasks/<int:number>")
@workers
def task(number: int) -> Response | str:
    work = _task(number)
    if work.kind != "step" or work.status not in ("open", "claimed"):
        return to_dossier(work.dossier)
    return render_template("desk/task.html", **_page(work))


@desk.post("/tasks/<int:number>/letters/<key>")
@workers
def print_letter(number: int, key: str) -> Response:
    work = _task(number)
    printed = tasks.print_letter(session(), work, key, once=posted_once(), by=current_actor(), at=now())
    if isinstance(printed, Refusal):
        flash_refusal(printed)
    else:
        flash(_("Đã in văn bản; tải về ở ngay dưới."), "success")
    return cast(Response, redirect(url_for("desk.task", number=number), 303))


@desk.post("/tasks/<int:number>/completion")
@workers
def complete(number: int) -> Response:
    work = _task(number)
    if work.kind != "step":
        flash_refusal(Refusal("dossiers.task_done_otherwise"))
        return to_dossier(work.dossier)
    reply = _taken(work)
    if reply is not None and reply.unfinished:
        return problems_page("desk/task.html", status=200, **_page(work, reply))
    missing = [] if request.form.get("outcome") else [Problem("dossiers.outcome_not_chosen", "outcome")]
    if missing or (reply is not None and reply.problems):
        return problems_page("desk/task.html", missing, **_page(work, reply))
    result = tasks.complete(
        session(),
        work,
        outcome=request.form.get("outcome", ""),
        answers=reply.answers if reply else None,
        reason=missing_and_words(_view(work).compiled),
        method="transfer" if request.form.get("method") == "transfer" else "cash",
        shown=sums_shown(request.form.get("shown", "")),
        asks=request.form.getlist("asks"),
        once=posted_once(),
        by=current_actor(),
        at=now(),
    )
    if isinstance(result, Task):
        flash(_("Đã hoàn thành việc."), "success")
        return to_dossier(result.dossier)
    problems = [result] if isinstance(result, Refusal) else result
    return problems_page("desk/task.html", problems, **_page(work, reply))


@desk.post("/tasks/<int:number>/check")
@workers
def check_task(number: int) -> Response:
    work = _task(number)
    reply = _taken(work, judged=False) if work.kind == "step" else None
    if reply is None:
        abort(404)
    reply.page.dense = True
    fields = with_amounts_of(reply.page, work.dossier, reply.answers, work.step)
    with_files(fields, _view(work).application, NOWHERE)
    return checked("desk/_task_fields.html", fields, task=work)


def _task(number: int) -> Task:
    """The task, when a post of the official covers it; 404 otherwise."""
    return found(queries.task_for(session(), number, current_actor()))


def _view(work: Task) -> DossierView:
    return own_dossier(work.dossier.filing_number)


def _asked(step: Step, view: DossierView, *, unfinished: bool = False) -> Form | None:
    """The questions that the step fills in or puts right; None when there are none."""
    return view.compiled.work_form(step.key, unfinished=unfinished)


def _taken(work: Task, *, judged: bool = True) -> Reply | None:
    """What was posted for the step's questions. Who asks the applicant for more may leave them unfinished."""
    view = _view(work)
    asks = asks_applicant(view.compiled.graph, work.step, request.form.get("outcome", ""))
    asked = _asked(view.compiled.step(work.step), view, unfinished=asks)
    return taken_whole(asked, view.answers or {}, judged=judged) if asked else None


def _questions(view: DossierView) -> tuple[Field, ...]:
    """What an applicant may be asked to answer again; what was declared once stands."""
    form = view.compiled.form_at("filing", view.dossier.case_type)
    return tuple(field for field in form.fields if field.kind != "declaration")


def _turns_down(outcome: Outcome) -> bool:
    return outcome.decision not in (None, "granted")


def _page(work: Task, reply: Reply | None = None) -> dict[str, Any]:
    view = _view(work)
    step, everything = view.compiled.step(work.step), told(session(), view)
    asked = _asked(step, view)
    page = reply.page if reply else shown_whole(asked, view.answers or {}) if asked else None
    if page is not None:
        page.dense = True
        with_amounts_of(page, work.dossier, reply.answers if reply else {}, step.key)
        with_files(page, view.application, NOWHERE)
    return {
        **everything,
        "sections": told_of(everything["sections"], read_at(view.compiled.definition, step)),
        "task": work,
        "step": step,
        "page": page,
        "due": payable_at(session(), view, step, reply.answers if reply else None),
        "asks": (asks := asks_applicant(view.compiled.graph, step.key)),
        "own_letters": offered_at(view, step, work, everything["letters"]),
        "words_needed": asks or any(each.needs_reason or _turns_down(each) for each in step.ways),
        "components": components_of(view),
        "questions": _questions(view) if asks else (),
        "typed": request.form,
    }
