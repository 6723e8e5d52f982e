"""Trials of a draft: those that are kept, beginning one, its clock, taking back, playing it anew."""

from typing import Any, cast

from flask import Response, flash, redirect, request, url_for
from flask_babel import gettext as _

from common.clock import local_date
from common.problems import Refusal
from common.web import current_actor, language, now, page_key, posted_key, session
from designer.drafts import files_of
from designer.models import Draft
from designer.reading import definition_of_draft
from designer.trials import keeping
from designer.trials.clock import first_morning, moments
from designer.trials.keeping import Beginning
from designer.trials.supposing import answered_usually, local_schema, supposed_in
from designer.tried_form import tried_form
from designer.views.blueprint import designer, keepers, writers
from designer.views.draft_pages import draft_numbered
from designer.views.places import linked
from designer.views.press import player, reteller
from designer.views.saving import Open, page, posted_revision
from designer.views.trial_forms import MomentForm, RealForm, TrialForm
from designer.views.trial_page import answered, digest_now, to_trial, told_anew, trial_of, trial_page
from form_builder.pages import Reply, show, take
from form_builder.wtform import PageForm
from procedure_library.compiled import Compiled, compiled
from procedure_library.definition import Definition
from procedure_library.reference import calendar_for

LOCAL = "form"
# Of so many the list says how they stand; older ones are opened to see.
SHOWN = 20


@designer.get("/drafts/<int:number>/trials")
@keepers
def draft_trials(number: int) -> Response:
    return _offered(draft_numbered(number))


def _offered(draft: Draft, **more: Any) -> Response:
    """The list, with what begins a trial; `more` is what was typed of a real dossier."""
    definition = _playable(draft)
    if not isinstance(definition, Definition):
        blamed = linked(draft.id, definition, definition_of_draft(_files(draft)))
        return _list(draft, hindrances=blamed, **more)
    ready, form = compiled(definition), TrialForm(formdata=None)
    form.show(first_morning(now(), calendar_for(session(), local_date(now()))))
    return _list(draft, ready=ready, form=form, local=_local(ready), **more)


@designer.post("/drafts/<int:number>/trials")
@writers
def begin_trial(number: int) -> Response:
    draft = draft_numbered(number)
    definition = _playable(draft)
    if not isinstance(definition, Definition):
        return draft_trials(number)
    ready, form = compiled(definition), TrialForm()
    _offer(form, definition)
    reply = _taken(ready)
    if not form.validate() or (reply is not None and (reply.problems or reply.unfinished)):
        return _list(draft, ready=ready, form=form, local=reply.page if reply else None, status=422)
    beginning = Beginning(
        form.case_type.data,
        form.channel.data,
        form.at,
        supposed_in(reply.answers, ready) if reply else {},
    )
    who: Any = {"key": posted_key(), "by": current_actor(), "at": now()}
    trial = keeping.begin(session(), draft, definition, beginning, **who)
    return to_trial(draft.id, trial.id)


@designer.post("/drafts/<int:number>/trials/real")
@writers
def retell_dossier(number: int) -> Response:
    """A trial that does what a real dossier has seen, with people who do not exist."""
    draft, form = draft_numbered(number), RealForm(prefix="real-")
    definition = _playable(draft)
    if not isinstance(definition, Definition) or not form.validate():
        return _offered(draft, real=form, status=422)
    retold = reteller()(session(), form.code.data or "", by=current_actor(), at=now(), draft=str(number))
    if not isinstance(retold, Refusal) and retold.procedure != draft.procedure_key:
        retold = Refusal("trials.another_procedure")
    if isinstance(retold, Refusal):
        return _offered(draft, real=form, refused=(retold,), status=422)
    who: Any = {"key": posted_key(), "by": current_actor(), "at": now()}
    trial = keeping.begin(session(), draft, definition, Beginning.of(retold), **who)
    result = keeping.cut(session(), trial, player(), at=now())
    return told_anew(draft, trial, result, retold.acts)


@designer.get("/drafts/<int:number>/trials/<int:trial>")
@keepers
def draft_trial(number: int, trial: int) -> Response:
    draft = draft_numbered(number)
    return trial_page(draft, trial_of(draft, trial))


@designer.post("/drafts/<int:number>/trials/<int:trial>/clock")
@writers
def set_trial_clock(number: int, trial: int) -> Response:
    """To one of the moments offered, or to the one that was typed."""
    draft = draft_numbered(number)
    here, clock = trial_of(draft, trial), MomentForm()
    played = keeping.played(session(), here, player())
    preset = request.form.get("to", "")
    to = dict(moments(played, keeping.supposed_of(session(), here).calendar)).get(preset)
    if to is None and not clock.validate():
        return trial_page(draft, here, status=422, clock=clock)
    act = keeping.waiting_until(to or clock.at)
    result = keeping.go_on(session(), here, act, player(), revision=posted_revision(), at=now())
    return answered(draft, here.id, result)


@designer.post("/drafts/<int:number>/trials/<int:trial>/undoing")
@writers
def undo_trial_act(number: int, trial: int) -> Response:
    draft = draft_numbered(number)
    result = keeping.undo(session(), trial_of(draft, trial), revision=posted_revision(), at=now())
    return answered(draft, trial, result)


@designer.post("/drafts/<int:number>/trials/<int:trial>/new-edition")
@writers
def play_trial_anew(number: int, trial: int) -> Response:
    """The same acts with the draft as it is now."""
    draft = draft_numbered(number)
    here, definition = trial_of(draft, trial), _playable(draft)
    if not isinstance(definition, Definition):
        return cast(Response, redirect(url_for("designer.draft_trials", number=number), 303))
    before = keeping.acts_of(here)
    result = keeping.play_anew(session(), here, definition, player(), revision=posted_revision(), at=now())
    if isinstance(result, Refusal):
        return answered(draft, trial, result)
    return told_anew(draft, here, result, before)


@designer.post("/drafts/<int:number>/trials/<int:trial>/removal")
@writers
def remove_trial(number: int, trial: int) -> Response:
    draft = draft_numbered(number)
    keeping.remove(session(), trial_of(draft, trial), by=current_actor(), at=now())
    flash(_("Đã bỏ lần chạy thử."), "success")
    return cast(Response, redirect(url_for("designer.draft_trials", number=number), 303))


def _playable(draft: Draft) -> Definition | tuple[Any, ...]:
    """The definition, or the findings for which it cannot be played."""
    definition = definition_of_draft(_files(draft))
    if not isinstance(definition, Definition):
        return definition
    return keeping.hindrances(definition) or definition


def _files(draft: Draft) -> Any:
    return files_of(session(), draft)


def _list(
    draft: Draft,
    *,
    ready: Compiled | None = None,
    form: TrialForm | None = None,
    local: PageForm | None = None,
    hindrances: Any = (),
    real: RealForm | None = None,
    refused: tuple[Refusal, ...] = (),
    status: int = 200,
) -> Response:
    if ready is not None and form is not None:
        _offer(form, ready.definition)
    trials, now_says = keeping.trials_of(session(), draft), digest_now(draft)
    standings = {each.id: keeping.played(session(), each, player()).standing for each in trials[:SHOWN]}
    return page(
        "designer/trials.html",
        Open(draft, "", None),
        status=status,
        trials=trials,
        standings=standings,
        stale={each.id for each in trials if now_says not in ("", each.digest)},
        form=form,
        local=local,
        ready=ready,
        hindrances=hindrances,
        real=real or RealForm(formdata=None, prefix="real-"),
        refused=refused,
        key=page_key(),
    )


def _offer(form: TrialForm, definition: Definition) -> None:
    speak = language()
    form.case_type.choices = [(kind.key, kind.name.in_(speak)) for kind in definition.case_types]
    form.channel.choices = [(key, key) for key in definition.channels]


def _local(ready: Compiled) -> PageForm | None:
    """The questions about local amounts, with what some example supposes; None: there are none."""
    schema = local_schema(ready)
    if schema is None:
        return None
    answers = answered_usually(ready)
    return show(tried_form(schema), LOCAL, answers, language())


def _taken(ready: Compiled) -> Reply | None:
    schema = local_schema(ready)
    if schema is None:
        return None
    return take(tried_form(schema), LOCAL, request.form, {}, language(), new_id=lambda: "r1")
