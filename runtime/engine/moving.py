"""A received dossier moves to another version, by an act with a stated basis; and back while nothing happened since.

What is paid stands, so does the ledger: only the allowance is read again. A promise is kept, or bettered.
"""

from dataclasses import dataclass
from datetime import datetime

from common.problems import Refusal
from form_builder.judge import judge
from form_builder.moments import answers_at
from form_builder.visibility import prune
from rules_dsl.evaluation import Evaluation
from rules_dsl.terms import Allowance, LedgerEntry
from runtime.engine import amounts, clock
from runtime.engine.context import Context
from runtime.engine.events import Move, UndoMove
from runtime.engine.parts import judged, no_reason, reason_digest
from runtime.engine.placing import Placed, placed
from runtime.engine.record import Closed, Judged
from runtime.engine.rights import acting_as
from runtime.engine.state import Due, State


@dataclass(frozen=True, slots=True)
class _Term:
    """The term under the law of the version. `allowance` None: it sets none, and what ran goes on."""

    terms: tuple[Evaluation, ...]
    allowance: Allowance | None
    ledger: tuple[LedgerEntry, ...]
    due: Due | None


def move(context: Context, state: State, event: Move) -> Judged | Refusal:
    """Where the dossier stands in the other version, what it owes there, and by when it is due."""
    role = acting_as(event.act, event.by, context.parties)
    if isinstance(role, Refusal):
        return role
    if refusal := no_reason(event.basis) or _not_to(context, state):
        return refusal
    place = placed(context, state, event.steps, event.at)
    if isinstance(place, Refusal):
        return place
    return _moved(context, state, event, role, place)


def _not_to(context: Context, state: State) -> Refusal | None:
    if context.version == state.version:
        return Refusal("dossiers.move.already_there")
    if context.compiled.case_type(context.case_type) is None:
        return Refusal("dossiers.move.case_type_gone")
    return None


def _moved(context: Context, state: State, event: Move, role: str, place: Placed) -> Judged | Refusal:
    facts = amounts.facts_at(context, state, "reception", event.at)
    if isinstance(facts, Refusal):
        return facts
    kind = amounts.case_type(context)
    assessed = amounts.evaluate(context, facts, [rule for rule in kind.amounts if rule not in state.paid])
    term = _term(context, state, amounts.evaluate(context, facts, (kind.term,) if kind.term else ()))
    if isinstance(term, Refusal):
        return term
    again, bettered = asked_again(context), _bettered(state, term.due)
    return judged(
        event,
        role,
        state.status,
        law=context.law,
        reason=reason_digest(event.basis),
        walk=place.walk,
        tasks=place.opened,
        closed=place.cancelled,
        evaluations=(*assessed, *term.terms),
        owed=amounts.owed(assessed),
        allowance=term.allowance,
        ledger=term.ledger,
        due=term.due,
        appointment=bettered,
        slip=bettered is not None,
        # Who asked for everything again goes on asking for everything.
        asked=questions(again) if state.awaiting and state.asked else (),
        moved_to=event.steps,
        asked_again=again,
    )


def _term(context: Context, state: State, terms: tuple[Evaluation, ...]) -> _Term | Refusal:
    if amounts.waits(terms):
        if state.allowance is not None:
            return Refusal("dossiers.move.clock_runs")
        return _Term(terms, None, (), state.due)
    if refusal := amounts.known(context, terms):
        return refusal
    allowance = amounts.allowance_of(terms)
    if allowance is None:
        return _Term(terms, None, (), None)
    assert state.received_at is not None
    ledger = () if state.ledger else clock.started(allowance, state.received_at)
    due = clock.due(allowance, state.ledger + ledger, context.reference.calendar)
    return _Term(terms, allowance, ledger, due)


def _bettered(state: State, due: Due | None) -> datetime | None:
    """The new promise: where there was none, or an earlier one. A later deadline moves no promise."""
    if due is None or due.at is None or state.status != "in_process":
        return None
    return due.at if state.appointment is None or due.at < state.appointment else None


def asked_again(context: Context) -> tuple[str, ...]:
    """Where the answers of the applicant are not what the form of the version takes: "person.purpose"."""
    form = context.compiled.form_at("filing", context.case_type)
    asked = prune(form, answers_at(form.schema, context.answers))
    return tuple(problem.where for problem in judge(form, asked))


def questions(places: tuple[str, ...]) -> tuple[str, ...]:
    """Their questions, as a supplement asks for them: "person"."""
    return tuple(dict.fromkeys(place.partition(".")[0] for place in places))


def undo_move(context: Context, state: State, event: UndoMove) -> Judged | Refusal:
    """Everything as it was before the move; only the numbers of tasks are used up."""
    role = acting_as(event.act, event.by, context.parties)
    if isinstance(role, Refusal):
        return role
    if refusal := no_reason(event.reason):
        return refusal
    before = state.before
    if before is None:
        return Refusal("dossiers.move.happened_since")
    kept = {task.number for task in state.tasks} & {task.number for task in before.tasks}
    return judged(
        event,
        role,
        before.status,
        reason=reason_digest(event.reason),
        tasks=tuple(task for task in before.tasks if task.number not in kept),
        closed=tuple(Closed(task.number, "cancelled") for task in state.tasks if task.number not in kept),
        slip=before.appointment is not None and before.appointment != state.appointment,
    )
