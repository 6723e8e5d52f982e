"""Records to state. Nothing is evaluated here: a record says what came out, and that is what holds."""

from collections.abc import Iterable
from functools import reduce
from typing import Any

from msgspec.structs import replace

from common.clock import to_the_minute
from runtime.engine import families, importing, transferring
from runtime.engine.record import Record
from runtime.engine.state import Done, Limit, OpenTask, Owed, State
from runtime.engine.status import CLOSED

# Acts that happen at most once between two states: a second click is told who did the first.
ONCE = frozenset(
    {"submit", "resubmit", "accept", "refuse", "return_for_completion", "answer_supplement"}
    | {"hand_over", "withdraw", "stop"}
)

# Further acts of which a second click is told who did it last; they may happen again.
_REMEMBERED = ONCE | {"extend", "suspend", "resume", "refund", "refuse_refund", "hand_to_post"}

# Acts that assess all amounts anew: what was not paid by then is owed no longer.
ASSESSING = frozenset({"submit", "resubmit", "accept", "move"})


def fold(state: State, record: Record) -> State:
    """The state after the record."""
    if record.act == "undo_move" and state.before is not None:
        return replace(state.before, opened=state.opened)
    assessed_by = record.law if record.act in ASSESSING else None
    return replace(
        state,
        status=record.status,
        version=record.law.version if record.law else state.version,
        settings=assessed_by.settings if assessed_by else state.settings,
        reduced_this_year=assessed_by.reduced_this_year if assessed_by else state.reduced_this_year,
        places=record.law.places if record.law and record.answers else state.places,
        case_type=record.case_type or state.case_type,
        channel=record.channel or state.channel,
        submitted_at=record.at if record.act == "submit" else importing.submitted_at(state, record),
        answers=record.answers or state.answers,
        papers=record.papers or state.papers,
        tasks=_tasks(state.tasks, record),
        opened=max([state.opened, *(task.number for task in record.tasks)]),
        decision=record.decision or state.decision,
        ending=record.ending or state.ending,
        corrects=record.corrects or state.corrects,
        caller=record.caller or state.caller,
        children=families.children_after(state, record),
        carried=transferring.carried(state, record),
        posted_at=record.at if record.act == "hand_to_post" else state.posted_at,
        told=record.outcome if record.act == "tell_portal" else state.told,
        refunded=(*state.refunded, record.refunded) if record.refunded else state.refunded,
        done=_done(state, record),
        before=replace(state, before=None) if record.act == "move" else None,
        **_place(state, record),
        **_clock(state, record),
        **_money(state, record),
        **_waiting(state, record),
    )


def fold_all(records: Iterable[Record]) -> State:
    """The state of a dossier from its whole history."""
    return reduce(fold, records, State())


def _tasks(tasks: tuple[OpenTask, ...], record: Record) -> tuple[OpenTask, ...]:
    by_number = {task.number: task for task in tasks}
    by_number.update((task.number, task) for task in record.tasks)
    for closed in record.closed:
        by_number.pop(closed.number, None)
    return tuple(by_number[number] for number in sorted(by_number))


def _place(state: State, record: Record) -> dict[str, Any]:
    """Where in the graph; a closed dossier stands nowhere."""
    if record.status in CLOSED:
        return {"marking": None, "awaiting": (), "answer_by": None, "asked": ()}
    if record.walk is None:
        return {"answer_by": record.answer_by} if record.answer_by else {}
    asked_again = record.status == "awaiting_supplement" != state.status
    return {
        "marking": record.walk.marking,
        "awaiting": record.walk.awaiting,
        "answer_by": record.walk.answer_by,
        "asked": tuple(dict.fromkeys((*state.asked, *record.asked))) if record.walk.awaiting else (),
        "supplements": state.supplements + asked_again,
    }


def _waiting(state: State, record: Record) -> dict[str, Any]:
    """Opinions, until the same unit is asked anew; and the clocks that the machine still watches."""
    anew = {(task.step, task.ask) for task in record.tasks if task.ask and task.number > state.opened}
    kept = tuple(each for each in state.opinions if (each.step, each.ask) not in anew)
    known = record.limits or state.limits
    watched = record.walk.limits if record.walk else (*known, *_watched(record))
    closed = {task.number for task in record.closed}
    limits = (each for each in watched if each.task not in closed and each != record.limit)
    return {
        "opinions": (*kept, record.opinion) if record.opinion else kept,
        "limits": () if record.status in CLOSED else tuple(limits),
        "expects": () if record.status in CLOSED else record.walk.expects if record.walk else state.expects,
        **_runs(state, record),
        "heard": (*state.heard, record.message_id) if record.message_id else state.heard,
    }


def _runs(state: State, record: Record) -> dict[str, Any]:
    """The attempts under way, and how many there were."""
    runs = record.walk.runs if record.walk else state.runs
    runs = (*(each for each in runs if each != record.run), *((record.again,) if record.again else ()))
    return {
        "runs": () if record.status in CLOSED else runs,
        "started": max([state.started, *(each.number for each in runs)]),
    }


def _watched(record: Record) -> tuple[Limit, ...]:
    """The clock of a further attempt."""
    return (record.again.limit,) if record.again else ()


def _clock(state: State, record: Record) -> dict[str, Any]:
    return {
        "received_at": to_the_minute(record.at)
        if record.act == "accept"
        else importing.received_at(state, record),
        "allowance": record.allowance or state.allowance,
        "ledger": state.ledger + record.ledger,
        "due": record.due or state.due,
        "appointment": record.appointment or state.appointment,
        "reappointments": state.reappointments + (record.act == "reappoint"),
    }


def _money(state: State, record: Record) -> dict[str, Any]:
    before = (line for line in state.owed if line.paid or record.act not in ASSESSING)
    owed = {line.rule: line for line in before} | {line.rule: line for line in record.owed}
    owed |= {line.rule: line for line in importing.paid(record)}
    for rule in record.paid.rules if record.paid else ():
        owed[rule] = Owed(rule, owed[rule].amount, paid=True)
    return {"owed": tuple(owed.values())}


def _done(state: State, record: Record) -> dict[str, Done]:
    done = dict(state.done)
    if record.act in _REMEMBERED:
        done[record.act] = Done(record.at, record.account)
    return done
