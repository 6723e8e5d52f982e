"""Acts of a trial: what citizen, officials and other systems do in it, with the questions that an act answers."""

from dataclasses import dataclass
from secrets import token_hex
from typing import Any

from flask import Response, abort, request, url_for

from common.clock import ZONE
from common.problems import Problem, Refusal
from common.web import language, now, session
from designer.models import Draft
from designer.trials import keeping
from designer.trials.models import Trial
from designer.views.blueprint import designer, writers
from designer.views.draft_pages import draft_numbered
from designer.views.press import player
from designer.views.saving import Open, page, posted_revision
from designer.views.trial_forms import ActForm
from designer.views.trial_page import answered, trial_of, trial_page
from form_builder.form import Form
from form_builder.moments import answers_at
from form_builder.one_page import WHOLE, as_one_page
from form_builder.pages import Reply, show, take
from form_builder.sampling import sample
from procedure_library.compiled import Compiled
from procedure_library.course import CourseAct
from procedure_library.moments import asks_applicant
from procedure_library.playing import Offer, Played
from procedure_library.shipped_places import national_places

LONGEST_REASON = 4000
# A supplement that brings papers, and answers nothing anew.
PAPERS_ONLY = "trial-papers"
INVENTED = "sample"


@dataclass(frozen=True, slots=True)
class Asked:
    """The act that a page is about: what is offered, in the trial as it stands."""

    draft: Draft
    trial: Trial
    ready: Compiled
    played: Played
    offer: Offer

    @property
    def form(self) -> Form | None:
        """The questions that the act answers, on one page; None: it answers none."""
        ready = self.ready.with_places(national_places())
        if self.offer.fills == "application":
            return as_one_page(ready.form_at("filing", self.trial.case_type))
        if self.offer.fills == "work":
            asks = asks_applicant(ready.graph, self.offer.step, request.form.get("trial-outcome", ""))
            form = ready.work_form(self.offer.step, unfinished=asks)
            return as_one_page(form) if form is not None else None
        return None


@designer.get("/drafts/<int:number>/trials/<int:trial>/acts/<act>")
@writers
def trial_act(number: int, trial: int, act: str) -> Response:
    """The page of an act that answers questions; `from` is an example, or "sample" for invented answers."""
    asked = _asked(number, trial, act, request.args.get("step", ""), request.args.get("ask", ""))
    form = asked.form if asked is not None else None
    if asked is None or form is None:
        return trial_page(*_here(number, trial), (Refusal("trials.not_offered"),), status=409)
    shown = show(form, WHOLE, _first_answers(asked, form, request.args.get("from", "")), language())
    return _page(asked, shown)


@designer.post("/drafts/<int:number>/trials/<int:trial>/acts")
@writers
def do_trial_act(number: int, trial: int) -> Response:
    asked = _posted(number, trial)
    if asked is None:
        return trial_page(*_here(number, trial), (Refusal("trials.not_offered"),), status=409)
    reply = _taken(asked)
    if reply is not None and (reply.unfinished or reply.problems):
        return _page(asked, reply.page, status=200 if reply.unfinished else 422)
    act = _act(asked, reply)
    result = keeping.go_on(session(), asked.trial, act, player(), revision=posted_revision(), at=now())
    if reply is not None and isinstance(result, Refusal | tuple):
        problems = (result,) if isinstance(result, Refusal) else result
        return _page(asked, reply.page, problems, status=422)
    return answered(asked.draft, asked.trial.id, result)


@designer.post("/drafts/<int:number>/trials/<int:trial>/questions")
@writers
def check_trial_act(number: int, trial: int) -> Response:
    """What the form asks after these answers, while somebody fills it in (htmx)."""
    asked = _posted(number, trial) or abort(404)
    reply = _taken(asked, judged=False) or abort(404)
    shown = {"shown": reply.page, "check_url": _check_url(asked)}
    return page("designer/_form_preview.html", Open(asked.draft, "", None), **shown)


def _check_url(asked: Asked) -> str:
    return url_for("designer.check_trial_act", number=asked.draft.id, trial=asked.trial.id)


def _here(number: int, trial: int) -> tuple[Draft, Trial]:
    draft = draft_numbered(number)
    return draft, trial_of(draft, trial)


def _posted(number: int, trial: int) -> Asked | None:
    sent = request.form
    return _asked(number, trial, sent.get("act", ""), sent.get("step", ""), sent.get("ask", ""))


def _asked(number: int, trial: int, act: str, step: str, ask: str) -> Asked | None:
    """None where the act is not offered (any more)."""
    draft, here = _here(number, trial)
    played = keeping.played(session(), here, player())
    wanted = (act, step, ask)
    offer = next((each for each in played.offers if (each.act, each.step, each.ask) == wanted), None)
    ready = keeping.tried(here)
    return None if offer is None else Asked(draft, here, ready, played, offer)


def _first_answers(asked: Asked, form: Form, wanted: str) -> dict[str, Any]:
    """Those given before; else those of an example, or invented ones."""
    known = dict(asked.played.answers)
    if wanted == INVENTED:
        return sample(form, known)
    examples = {each.key: each.facts["answers"] for each in asked.ready.definition.examples}
    return answers_at(form.schema, {**known, **examples.get(wanted, {})})


def _taken(asked: Asked, *, judged: bool = True) -> Reply | None:
    form = asked.form
    if form is None or PAPERS_ONLY in request.form:
        return None
    how: Any = {"new_id": lambda: token_hex(6), "judged": judged}
    return take(form, WHOLE, request.form, asked.played.answers, language(), **how)


def _act(asked: Asked, reply: Reply | None) -> CourseAct:
    said, offer = ActForm.sent(), asked.offer
    said.validate()
    at = asked.played.at or asked.trial.starts_at
    return CourseAct(
        offer.act,
        offer.role,
        at.astimezone(ZONE).isoformat(),
        offer.step,
        offer.ask,
        said.outcome.data or "",
        (said.reason.data or "")[:LONGEST_REASON],
        reply.answers if reply is not None else {},
        amount=said.amount.data or 0,
        day=said.day.data.isoformat() if said.day.data else "",
    )


def _page(
    asked: Asked, shown: Any, problems: tuple[Problem | Refusal, ...] = (), *, status: int = 200
) -> Response:
    fitting = [
        each
        for each in asked.ready.definition.examples
        if "problems" not in each.expect
        and False not in each.expect.get("conditions", {}).values()
        and each.facts["dossier"].get("case_type") == asked.trial.case_type
        and asked.offer.fills == "application"
    ]
    return page(
        "designer/trial_act.html",
        Open(asked.draft, "", None),
        status=status,
        trial=asked.trial,
        offer=asked.offer,
        step=asked.ready.graph.steps.get(asked.offer.step),
        shown=shown,
        examples=fitting,
        problems=problems,
        at=asked.played.at,
        check_url=_check_url(asked),
        typed=request.form,
    )
