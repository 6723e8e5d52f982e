"""From sending to reception: submit, send again, pay, accept, refuse, return for completion."""

from datetime import datetime
from typing import Any

from common.clock import local_date, to_the_minute
from common.problems import Refusal
from rules_dsl.evaluation import Evaluation
from rules_dsl.facts import Facts
from rules_dsl.terms import LedgerEntry
from runtime.engine import amounts, clock, waiting, walk
from runtime.engine.beginning import Begun
from runtime.engine.context import Context
from runtime.engine.events import (
    Accept,
    Pay,
    Refuse,
    Resubmit,
    ReturnForCompletion,
    Submit,
)
from runtime.engine.onward import decision_by, is_over
from runtime.engine.parts import (
    closing,
    judged,
    no_reason,
    opened,
    reason_digest,
    reception_task,
    status_after,
)
from runtime.engine.record import Judged
from runtime.engine.rights import acting_as
from runtime.engine.state import Due, Owed, State
from runtime.engine.tracks import collected_later, owes_first
from runtime.engine.walk import Walked


def submit(context: Context, state: State, event: Submit | Resubmit) -> Judged | Refusal:
    """The filing waits for reception. No clock runs yet: it starts with full and correct reception."""
    role = acting_as(event.act, event.by, context.parties)
    if isinstance(role, Refusal):
        return role
    facts = amounts.facts_at(context, state, "filing", event.at)
    if isinstance(facts, Refusal):
        return facts
    # What the applicant was shown when sending: reception may find another law in force.
    corrects, caller = (event.corrects, event.caller) if isinstance(event, Submit) else ("", None)
    assessed = () if corrects else _assessed(context, state, facts)
    return judged(
        event,
        role,
        "submitted",
        corrects=corrects,
        caller=caller,
        evaluations=assessed,
        owed=amounts.owed(assessed),
        law=context.law,
        case_type=context.case_type,
        channel=context.channel,
        answers=event.answers,
        papers=event.papers,
        tasks=(reception_task(state, context, event.at),),
    )


def pay(context: Context, state: State, event: Pay) -> Judged | Refusal:
    """What was assessed at filing is paid before reception; it keeps the law of the filing for good.

    Only a rate of exchange is that of the day of payment.
    """
    role = acting_as(event.act, event.by, context.parties)
    if isinstance(role, Refusal):
        return role
    if state.status == "awaiting_payment":
        return waiting.settle(context, state, event, role)
    converted = converted_today(context, state, event.at)
    if isinstance(converted, Refusal):
        return converted
    owed = amounts.owed(converted)
    paid = amounts.paid([*{line.rule: line for line in (*state.owed, *owed)}.values()])
    if paid is None:
        return Refusal("dossiers.nothing_to_pay")
    law = context.law if converted else None
    return judged(event, role, state.status, evaluations=converted, owed=owed, paid=paid, law=law)


def converted_today(context: Context, state: State, at: datetime) -> tuple[Evaluation, ...] | Refusal:
    """The amounts assessed at filing that go by a rate of exchange, worked out as paid now."""
    if not context.compiled.rulebook.rates:
        return ()
    facts = amounts.facts_at(context, state, "filing", at, paying=True)
    if isinstance(facts, Refusal):
        return facts
    converted = tuple(e for e in _assessed(context, state, facts) if amounts.needs_rate(e))
    return amounts.known(context, converted) or converted


def accept(context: Context, state: State, event: Accept) -> Judged | Refusal:
    """Reception: the version is pinned, amounts are assessed, the clock starts, the first tasks open."""
    role = acting_as(event.act, event.by, context.parties)
    if isinstance(role, Refusal):
        return role
    # Once received nobody could take it any more: no step of the procedure does.
    if owes_first(state, collected_later(context.compiled)):
        return Refusal("dossiers.fee_first")
    facts = amounts.facts_at(context, state, "reception", event.at)
    if isinstance(facts, Refusal):
        return facts
    walked = walk.begin(context, state, facts, event.at)
    if isinstance(walked, Refusal):
        return walked
    kind = amounts.case_type(context)
    assessed = _assessed(context, state, facts)
    terms = amounts.evaluate(context, facts, (kind.term,) if kind.term else ())
    begun = Begun.of(context, terms, event.at)
    if isinstance(begun, Refusal):
        return begun
    dated = _dated(context, begun, walked, event.at)
    return judged(
        event,
        role,
        status_after(walked),
        law=context.law,
        papers=event.papers,
        walk=walked.walk,
        tasks=opened(context, state, walked, event.at),
        closed=closing(state, state.tasks[0].number),
        ending=walked.ending,
        evaluations=(*assessed, *terms, *walked.choices),
        allowance=begun.allowance,
        decision=decision_by(state, event, walked, ""),
        owed=_each_once((*assessed, *walked.choices)),
        slip=_wants_slip(context, event, dated["due"]),
        **dated,
    )


def _dated(context: Context, begun: Begun, walked: Walked, at: datetime) -> dict[str, Any]:
    """Ledger, deadline and promise. Where money is owed first, or all is over at once, the clock stops again."""
    if is_over(walked) and begun.allowance is not None:
        stopped = LedgerEntry("stopped", to_the_minute(at))
        return {"ledger": (*begun.ledger, stopped), "due": begun.due, "appointment": begun.appointment}
    halted = clock.halted(begun.allowance, begun.ledger, at) if walked.walk.paying else ()
    if not halted:
        return {"ledger": begun.ledger, "due": begun.due, "appointment": begun.appointment}
    ledger = begun.ledger + halted
    return {"ledger": ledger, "due": clock.due(begun.allowance, ledger, context.reference.calendar)}


def _assessed(context: Context, state: State, facts: Facts) -> tuple[Evaluation, ...]:
    """The amounts of the case type; what was paid already is not assessed again.

    What the office puts right costs nobody anything (Decree 61/2018 art. 20).
    """
    if state.corrects:
        return ()
    due = tuple(rule for rule in amounts.case_type(context).amounts if rule not in state.paid)
    return amounts.evaluate(context, facts, due)


def _each_once(read: tuple[Evaluation, ...]) -> tuple[Owed, ...]:
    """The amounts among the evaluations; one that a payment step waits for was assessed twice."""
    return tuple({line.rule: line for line in amounts.owed(read)}.values())


def _wants_slip(context: Context, event: Accept, due: Due | None) -> bool:
    """Mẫu 01, unless the procedure settles at once: then only when asked for, or for a later day."""
    later = due is not None and due.on != local_date(event.at)
    return event.slip_asked or context.compiled.definition.slip or later


def refuse(context: Context, state: State, event: Refuse) -> Judged | Refusal:
    """Not accepted, with the reason written (Mẫu 03)."""
    role = acting_as(event.act, event.by, context.parties)
    if isinstance(role, Refusal):
        return role
    if refusal := no_reason(event.reason):
        return refusal
    done = state.tasks[0].number if state.tasks else None
    return judged(
        event, role, "not_accepted", reason=reason_digest(event.reason), closed=closing(state, done)
    )


def return_for_completion(context: Context, state: State, event: ReturnForCompletion) -> Judged | Refusal:
    """Everything that is missing, in one notice (Mẫu 02); the applicant's turn."""
    role = acting_as(event.act, event.by, context.parties)
    if isinstance(role, Refusal):
        return role
    if refusal := no_reason(event.reason):
        return refusal
    return judged(
        event,
        role,
        "awaiting_completion",
        reason=reason_digest(event.reason),
        closed=closing(state, state.tasks[0].number),
    )
