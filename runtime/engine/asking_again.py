"""After a move the applicant is asked, by an act of its own, for what the form of the version does not take."""

from common.problems import Refusal
from procedure_library.definition import Outcome
from runtime.engine import amounts, walk
from runtime.engine.context import Context
from runtime.engine.events import AskAgain
from runtime.engine.halting import suspended
from runtime.engine.moving import asked_again, questions
from runtime.engine.onward import onward
from runtime.engine.parts import no_reason, reason_digest
from runtime.engine.record import Closed, Judged
from runtime.engine.rights import acting_as
from runtime.engine.state import OpenTask, State
from runtime.engine.walk import Walked


def ask_again(context: Context, state: State, event: AskAgain) -> Judged | Refusal:
    """A supplement request, by the first open task that may lead to one, while the move is the last thing that
    happened. The task is not done: it is opened anew once the applicant has answered."""
    role = acting_as(event.act, event.by, context.parties)
    if isinstance(role, Refusal):
        return role
    refusal = no_reason(event.reason) or suspended(state) or _not_moved(state)
    if refusal is not None:
        return refusal
    again = asked_again(context)
    if not again:
        return Refusal("dossiers.move.nothing_to_ask")
    for task in state.tasks:
        for outcome in _plain(context, task):
            walked = _walked(context, state, event, task, outcome)
            if isinstance(walked, Walked):
                return onward(
                    context,
                    state,
                    event,
                    role,
                    walked,
                    closed=(Closed(task.number, "cancelled"),),
                    step=task.step,
                    reason=reason_digest(event.reason),
                    asked=questions(again),
                )
    return Refusal("dossiers.move.no_supplement")


def _not_moved(state: State) -> Refusal | None:
    return None if state.before is not None else Refusal("dossiers.move.happened_since")


def _plain(context: Context, task: OpenTask) -> tuple[Outcome, ...]:
    """The outcomes that decide nothing, of a task that is nobody's opinion."""
    if task.kind != "step" or task.ask:
        return ()
    return tuple(each for each in context.compiled.step(task.step).outcomes if each.decision is None)


def _walked(
    context: Context, state: State, event: AskAgain, task: OpenTask, outcome: Outcome
) -> Walked | None:
    """The way by that outcome, where the applicant is asked on it; None where she is not."""
    facts = amounts.facts_at(context, state, task.step, event.at)
    if isinstance(facts, Refusal):
        return None
    walked = walk.go_on(context, state, task.step, outcome.key, facts, event.at)
    if isinstance(walked, Refusal) or not set(walked.walk.awaiting) > set(state.awaiting):
        return None
    return walked
