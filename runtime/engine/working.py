"""Officials at work on a received dossier: claim, release, complete; and the applicant's answer."""

from datetime import datetime

from msgspec.structs import replace

from common.problems import Refusal
from procedure_library.definition import Outcome
from rules_dsl.facts import Facts
from runtime.engine import amounts, clock, consulting, halting, walk
from runtime.engine.beginning import term_read
from runtime.engine.completion import Completion
from runtime.engine.context import Context
from runtime.engine.events import (
    AnswerSupplement,
    Claim,
    Complete,
    Release,
)
from runtime.engine.lettering import not_printed
from runtime.engine.parts import claimed_refusal, judged, opened, status_after
from runtime.engine.record import Judged
from runtime.engine.rights import acting_as, acting_on, has_it
from runtime.engine.state import OpenTask, State
from runtime.engine.walk import Walked

NOTHING_READ = Facts()


def claim(context: Context, state: State, event: Claim) -> Judged | Refusal:
    """The task is this official's from now on; somebody else's claim is a refusal that says whose."""
    task = state.task(event.task)
    if task is None:
        return Refusal("dossiers.task_closed")
    role = acting_on(task, event.by, context.parties)
    if isinstance(role, Refusal):
        return role
    if task.claimed_by is not None:
        return claimed_refusal(task)
    taken = replace(task, claimed_by=event.by.account_id, claimed_at=event.at)
    return judged(event, role, state.status, task=task.number, step=task.step, tasks=(taken,))


def release(context: Context, state: State, event: Release) -> Judged | Refusal:
    """Back to the pool, by whoever claimed it or by a leader of the unit."""
    task = state.task(event.task)
    if task is None or task.claimed_by is None:
        return Refusal("dossiers.task_closed" if task is None else "dossiers.task_not_claimed")
    own = has_it(task, event.by, context.parties)
    if not own and not event.by.holds("leader", context.parties.unit_of(task)):
        return claimed_refusal(task)
    given_back = replace(task, claimed_by=None, claimed_at=None, given_by=None)
    role = task.role if own else "leader"
    return judged(event, role, state.status, task=task.number, step=task.step, tasks=(given_back,))


def complete(context: Context, state: State, event: Complete) -> Judged | Refusal:
    """Finishes a task: what it collects, what it decides, and where the graph leads from its outcome.

    A task that nobody has claimed is claimed by the same act.
    """
    task = state.task(event.task)
    if task is None:
        return Refusal("dossiers.task_closed")
    if task.kind != "step":
        return Refusal("dossiers.task_done_otherwise")
    role = acting_on(task, event.by, context.parties)
    if isinstance(role, Refusal):
        return role
    if task.claimed_by is not None and not has_it(task, event.by, context.parties):
        return claimed_refusal(task)
    outcome = _outcome(context, task, event.outcome)
    if outcome is None:
        return Refusal("dossiers.no_such_outcome", {"outcome": event.outcome})
    if refusal := halting.suspended(state) or not_printed(context, task, outcome.key):
        return refusal
    if task.ask:
        return consulting.answer(context, state, event, task, outcome, role)
    facts = _facts(context, state, task, outcome, event.at)
    if isinstance(facts, Refusal):
        return facts
    return Completion(context, state, event, task, outcome, facts, role).record()


def _facts(context: Context, state: State, task: OpenTask, outcome: Outcome, at: datetime) -> Facts | Refusal:
    """What rules may read now; nothing where completing the task asks none of them."""
    granted = outcome.decision == "granted" and amounts.case_type(context).conditions
    if not (granted or context.compiled.step(task.step).collects or context.compiled.graph.asks_rules):
        return NOTHING_READ
    return amounts.facts_at(context, state, task.step, at)


def answer_supplement(context: Context, state: State, event: AnswerSupplement) -> Judged | Refusal:
    """The applicant has given all that was asked for: the term goes on, or starts again, as its rule says."""
    role = acting_as(event.act, event.by, context.parties)
    if isinstance(role, Refusal):
        return role
    walked = _walk_on(context, state, event)
    if isinstance(walked, Refusal):
        return walked
    begun = term_read(context, state, state.awaiting[-1], event.at, paying=False)
    if isinstance(begun, Refusal):
        return begun
    resumed = clock.resumed(state, event.at)
    ledger = resumed + (begun.ledger if begun else ())
    allowance = begun.allowance if begun else state.allowance
    if walked.walk.paying:
        ledger += clock.halted(allowance, state.ledger + ledger, event.at)
    due = clock.due(allowance, state.ledger + ledger, context.reference.calendar)
    # A supplement that never stopped the clock is no reason to promise another day.
    stands = bool(walked.walk.paying) or (begun is not None and begun.promised is not None and not resumed)
    return judged(
        event,
        role,
        status_after(walked),
        law=context.law,
        answers=event.answers,
        papers=event.papers,
        walk=walked.walk,
        tasks=opened(context, state, walked, event.at),
        ending=walked.ending,
        evaluations=(*walked.choices, *(begun.terms if begun else ())),
        allowance=begun.allowance if begun else None,
        ledger=ledger,
        due=due,
        owed=amounts.owed(walked.choices),
        appointment=due.at if due and not stands else None,
        slip=bool(due and due.at != state.appointment and not stands),
    )


def _walk_on(context: Context, state: State, event: AnswerSupplement) -> Walked | Refusal:
    """Leaves every supplement step that waits: the applicant answers one notice, not several."""
    walked: Walked | None = None
    for step in state.awaiting:
        facts = amounts.facts_at(context, state, step, event.at)
        if isinstance(facts, Refusal):
            return facts
        further = walk.go_on(context, state, step, None, facts, event.at)
        if isinstance(further, Refusal):
            return further
        walked = walk.both(walked, further) if walked else further
        state = walk.after(state, further)
    assert walked is not None
    return walked


def _outcome(context: Context, task: OpenTask, key: str) -> Outcome | None:
    outcomes = context.compiled.step(task.step).ways
    return next((outcome for outcome in outcomes if outcome.key == key), None)
