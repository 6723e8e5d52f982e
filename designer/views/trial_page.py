"""The one window of a trial: what can be done now and by whom, what has happened, the clock, the drawing."""

from collections.abc import Sequence
from typing import Any, cast

from flask import Response, abort, flash, redirect, url_for
from flask_babel import gettext as _

from common.problems import Problem, Refusal
from common.web import language, session
from designer.drafts import files_of
from designer.models import Draft
from designer.offers import words_of_choices
from designer.reading import definition_of_draft
from designer.step_rows import step_rows
from designer.steps_text import for_the_canvas
from designer.trials.clock import moments, working_days_left
from designer.trials.keeping import played, supposed_of, tried
from designer.trials.models import Trial
from designer.trials.telling import told
from designer.views.press import player
from designer.views.saving import Open, page
from designer.views.trial_forms import MomentForm, RecordForm
from procedure_library.bpmn import Steps, write_steps
from procedure_library.codec import digest
from procedure_library.course import CourseAct
from procedure_library.definition import Definition
from procedure_library.playing import Played


def trial_of(draft: Draft, number: int) -> Trial:
    """The trial of that draft; 404 for those of others."""
    trial = session().get(Trial, number) or abort(404)
    return trial if trial.draft_id == draft.id else abort(404)


def trial_page(
    draft: Draft,
    trial: Trial,
    problems: tuple[Refusal | Problem, ...] = (),
    *,
    status: int = 200,
    clock: MomentForm | None = None,
    record: RecordForm | None = None,
    lost: Sequence[CourseAct] = (),
) -> Response:
    """The page as it stands; `problems` are why the act was not done, `lost` the
    acts that no longer work."""
    ready, now_at = tried(trial), played(session(), trial, player())
    definition = ready.definition
    calendar = supposed_of(session(), trial).calendar
    if clock is None:
        clock = MomentForm(formdata=None)
        clock.show(now_at.at or trial.starts_at)
    return page(
        "designer/trial.html",
        Open(draft, "", None),
        status=status,
        trial=trial,
        definition=definition,
        played=now_at,
        told=told(now_at, ready, calendar),
        presets=moments(now_at, calendar),
        steps=ready.graph.steps,
        walked=_walked(now_at),
        last=_last(now_at),
        left=working_days_left(now_at, calendar),
        rows=step_rows(definition),
        drawing=_drawing(definition),
        kind=ready.case_type(trial.case_type),
        is_stale=digest_now(draft) not in ("", trial.digest),
        problems=problems,
        clock=clock,
        lost=lost,
        record=record or RecordForm(formdata=None),
        titles={rule.name: rule.title for rule in ready.rules.rules},
    )


def digest_now(draft: Draft) -> str:
    """What the draft says by now; "" while it cannot be read."""
    definition = definition_of_draft(files_of(session(), draft))
    return digest(definition) if isinstance(definition, Definition) else ""


def answered(draft: Draft, trial: int, result: Any) -> Response:
    """Back to the trial; what was refused is told on it."""
    if isinstance(result, Refusal | tuple):
        refused = (result,) if isinstance(result, Refusal) else result
        return trial_page(draft, trial_of(draft, trial), refused, status=422)
    return to_trial(draft.id, trial)


def to_trial(draft: int, trial: int) -> Response:
    return cast(Response, redirect(url_for("designer.draft_trial", number=draft, trial=trial), 303))


def told_anew(draft: Draft, trial: Trial, result: Played, acts: Sequence[CourseAct]) -> Response:
    """The trial after acts were played by another edition: the first that no longer works is told."""
    if result.halted is None:
        flash(_("Mọi việc đều làm lại được với bản này."), "success")
        return to_trial(draft.id, trial.id)
    because = result.halted.because
    refused = (because,) if isinstance(because, Refusal) else because
    return trial_page(draft, trial, refused, lost=acts[result.halted.place :])


def _walked(played_so_far: Played) -> list[str]:
    """The transitions that the dossier has crossed, each once."""
    return list(dict.fromkeys(way for each in played_so_far.happened for way in each.way))


def _last(played_so_far: Played) -> list[str]:
    """Those that it crossed by the last act, in their order."""
    place = played_so_far.happened[-1].place if played_so_far.happened else 0
    return [way for each in played_so_far.happened if each.place == place for way in each.way]


def _drawing(definition: Definition) -> str:
    steps = Steps(definition.steps, definition.transitions, definition.drawing)
    written = write_steps(steps, definition.key).decode()
    values = words_of_choices(definition.rules, definition.form)
    return for_the_canvas(written, definition.key, values, language())
