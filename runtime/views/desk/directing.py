"""What leaders do with the tasks of their unit: give one to a named official."""

from typing import Any

from flask import Response, abort, flash, render_template, request
from flask_babel import gettext as _

from common.identity.models import Account
from common.problems import Problem, Refusal
from common.web import current_actor, now, officials, problems_page, session
from runtime import directing, queries
from runtime.models.tasks import Task
from runtime.views.desk.acting import to_dossier
from runtime.views.desk.blueprint import desk
from runtime.views.flashes import flash_refusal
from runtime.views.found import found, own_dossier

PAGE = "desk/assignment.html"


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
        session(), task, to=to, reason=request.form.get("reason", ""), by=current_actor(), at=now()
    )
    if isinstance(given, Refusal):
        flash_refusal(given)
    else:
        flash(_("Đã giao việc cho %(name)s.", name=to.full_name), "success")
    return to_dossier(task.dossier)


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
