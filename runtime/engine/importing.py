"""A dossier of an older system, taken over as it stood, to be finished here like any other."""

from datetime import datetime
from typing import Any

from msgspec.structs import replace

from common.clock import local_date
from common.problems import Refusal
from procedure_library.semantics import Graph
from runtime.engine import amounts, walk
from runtime.engine.context import Context
from runtime.engine.imported import Imported
from runtime.engine.machine_events import Import
from runtime.engine.parts import hand_over_task, judged, opened, reason_digest, status_after
from runtime.engine.record import Judged, Record
from runtime.engine.rights import acting_as
from runtime.engine.state import Due, Owed, State
from runtime.engine.walk import Walked


def take_over(context: Context, state: State, event: Import) -> Judged | Refusal:
    """Where it stands, what was promised, what was paid. Without a step named it begins with the first.

    The day promised is its deadline: how the older system counted is not known here.
    """
    role = acting_as(event.act, event.by, context.parties)
    if isinstance(role, Refusal):
        return role
    old = event.imported
    promised = old.appointment
    known: dict[str, Any] = {
        "law": context.law,
        "case_type": context.case_type,
        "channel": context.channel,
        "answers": event.answers,
        "reason": reason_digest(event.reason),
        "imported": old,
        "ending": old.ending,
        "due": Due(local_date(promised), promised) if promised else None,
        "appointment": promised,
    }
    if old.status == "decided":
        task = hand_over_task(replace(state, appointment=promised), context, event.at)
        return judged(event, role, "decided", tasks=(task,), **known)
    if old.status != "in_process":
        return judged(event, role, old.status, **known)
    stands = _placed(context, state, old, event.at)
    if isinstance(stands, Refusal):
        return stands
    tasks = opened(context, state, stands, event.at)
    return judged(event, role, status_after(stands), walk=stands.walk, tasks=tasks, **known)


def _placed(context: Context, state: State, old: Imported, at: datetime) -> Walked | Refusal:
    facts = amounts.facts_at(context, state, "reception", at)
    if isinstance(facts, Refusal):
        return facts
    if not old.step:
        return walk.begin(context, state, facts, at)
    if old.step not in standing_places(context.compiled.graph):
        return Refusal("dossiers.no_place_to_stand", {"step": old.step})
    return walk.stand(context, state, old.step, facts, at)


def standing_places(graph: Graph) -> frozenset[str]:
    """Steps at which a dossier may stand alone: not those beside which others must be done before a join."""
    resting = (*graph.of_kind("task"), *graph.of_kind("supplement"))
    return frozenset(step.key for step in resting if not _waits_for_ever(graph, step.key))


def _waits_for_ever(graph: Graph, step: str) -> bool:
    """Whether some join ahead would lack an arrival, were this the only work."""
    reached, joins = {step}, set[str]()
    while True:
        ahead = {t.target for key in reached for t in graph.outgoing[key]}
        joins |= {key for key in ahead if graph.steps[key].kind == "join"}
        full = {key for key in joins if all(t.source in reached for t in graph.incoming[key])}
        further = ((ahead - joins) | full) - reached
        if not further:
            return bool(joins - full)
        reached |= further


def received_at(state: State, record: Record) -> datetime | None:
    return record.imported.received_at if record.imported else state.received_at


def submitted_at(state: State, record: Record) -> datetime | None:
    return record.imported.submitted_at if record.imported else state.submitted_at


def paid(record: Record) -> tuple[Owed, ...]:
    """What the older system had taken: it is not asked for again."""
    old = record.imported.paid if record.imported else ()
    return tuple(Owed(line.rule, line.amount, paid=True) for line in old)
