"""Leaders and the tasks of their unit: one given to a named official, one that is stuck put before them."""

from typing import Any

from flask import Response, abort, flash, render_template, request
from flask_babel import gettext as _

from common.clock import local_date
from common.identity.models import Account
from common.problems import Problem, Refusal
from common.web import current_actor, now, officials, problems_page, session
from runtime import directing, queries
from runtime.models.tasks import Task
from runtime.queries import After
from runtime.views.desk.acting import to_dossier
from runtime.views.desk.blueprint import desk, workers
from runtime.views.flashes import flash_refusal
from runtime.views.found import found, own_dossier
from runtime.views.once import posted_once

PAGE, NOTE = "desk/assignment.html", "desk/escalation.html"


@desk.get("/tasks/<int:number>/assignment")
@officials("leader", "approver")
def assignment(number: int) -> Response | str:
    task = _task(number)
    if task.status not in ("open", "claimed"):
        return to_dossier(task.dossier)
    return render_template(PAGE, **_page(task))


@desk.post("/tasks/<int:number>/assignment")
@officials("leader", "approver")
def assign(number: int) -> Response:
    task = _task(number)
    chosen = request.form.get("to", 0, type=int)
    if not chosen:
        return problems_page(PAGE, [Problem("dossiers.taker_not_chosen", "to")], **_page(task))
    to = session().get(Account, chosen) or abort(400)
    given = directing.reassign(
        session(),
        task,
        to=to,
        reason=request.form.get("reason", ""),
        once=posted_once(),
        by=current_actor(),
        at=now(),
    )
    if isinstance(given, Refusal):
        flash_refusal(given)
    else:
        flash(_("Đã giao việc cho %(name)s.", name=to.full_name), "success")
    return to_dossier(task.dossier)


@desk.get("/escalations")
@officials("leader", "approver")
def escalations() -> str:
    after = After.read(request.args.get("after", ""))
    listed = queries.escalated(session(), current_actor(), at=now(), after=after)
    today = local_date(now())
    return render_template("desk/escalations.html", listed=listed, today=today, is_first=after is None)


@desk.get("/tasks/<int:number>/escalation")
@workers
def escalation(number: int) -> Response | str:
    task = _seen(number)
    if task.status not in ("open", "claimed") or task.escalated_at is not None:
        return to_dossier(task.dossier)
    return render_template(NOTE, view=own_dossier(task.dossier.filing_number), task=task)


@desk.post("/tasks/<int:number>/escalation")
@workers
def escalate(number: int) -> Response:
    task, reason = _seen(number), request.form.get("reason", "")
    told = directing.escalate(
        session(), task, reason=reason, once=posted_once(), by=current_actor(), at=now()
    )
    if isinstance(told, Refusal):
        view = own_dossier(task.dossier.filing_number)
        return problems_page(NOTE, [told], view=view, task=task, typed={"reason": reason})
    flash(_("Đã báo lãnh đạo."), "success")
    return to_dossier(task.dossier)


def _seen(number: int) -> Task:
    """The task of a dossier that the official may see; 404 otherwise. Who may report it, the engine knows."""
    task = found(session().get(Task, number))
    own_dossier(task.dossier.filing_number)
    return task


def _task(number: int) -> Task:
    """The task, when the official directs the work of its unit; 404 otherwise."""
    return found(queries.task_led_by(session(), number, current_actor()))


def _page(task: Task) -> dict[str, Any]:
    return {
        "view": own_dossier(task.dossier.filing_number),
        "task": task,
        "takers": directing.takers(session(), task, now()),
        "typed": request.form,
    }
