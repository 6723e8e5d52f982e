"""Units that are asked in parallel: each answers for itself, the last answer lets the dossier go on."""

from typing import Any, Literal

from common.problems import Refusal
from procedure_library.definition import Outcome
from runtime.engine import amounts, walk
from runtime.engine.context import Context
from runtime.engine.events import AnyEvent, Complete
from runtime.engine.onward import onward
from runtime.engine.parts import judged, reason_digest
from runtime.engine.record import Closed, Judged
from runtime.engine.state import OpenTask, Opinion, State

OBJECTED: Literal["objected"] = "objected"
AGREED: Literal["agreed"] = "agreed"


def answer(
    context: Context, state: State, event: Complete, task: OpenTask, outcome: Outcome, role: str
) -> Judged | Refusal:
    """The unit agrees, or objects and says why."""
    if outcome.needs_reason and not event.reason.strip():
        return Refusal("dossiers.reason_missing")
    opinion = Opinion(task.step, task.ask, OBJECTED if outcome.key == OBJECTED else AGREED, event.at)
    return taken(context, state, event, role, task, opinion, reason=reason_digest(event.reason))


def taken(
    context: Context, state: State, event: AnyEvent, role: str, task: OpenTask, opinion: Opinion, **parts: Any
) -> Judged | Refusal:
    """The opinion is noted; when nobody else is asked any more, the dossier goes on by what all have said."""
    noted = {"task": task.number, "step": task.step, "outcome": opinion.value, "opinion": opinion, **parts}
    closed = (Closed(task.number, "done"),)
    if any(other.step == task.step and other.number != task.number for other in state.tasks):
        return judged(event, role, state.status, closed=closed, **noted)
    facts = amounts.facts_at(context, state, task.step, event.at)
    if isinstance(facts, Refusal):
        return facts
    walked = walk.go_on(context, state, task.step, _outcome(state, opinion), facts, event.at)
    if isinstance(walked, Refusal):
        return walked
    return onward(context, state, event, role, walked, closed=closed, **noted)


def _outcome(state: State, last: Opinion) -> str:
    """Objected when one has: silence and consent agree."""
    said = [each.value for each in state.opinions if each.step == last.step]
    return OBJECTED if OBJECTED in (*said, last.value) else AGREED
