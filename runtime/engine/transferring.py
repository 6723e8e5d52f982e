"""Work that goes over to another unit: whose it is from now on. Code, law and promises of the dossier stay."""

from collections.abc import Mapping

from msgspec.structs import replace

from common.problems import Refusal
from runtime.engine.context import Context
from runtime.engine.machine_events import Transfer
from runtime.engine.parts import judged, no_reason, reason_digest
from runtime.engine.record import Judged, Record
from runtime.engine.rights import acting_as
from runtime.engine.state import State


def transfer(context: Context, state: State, event: Transfer) -> Judged | Refusal:
    """Names the new unit. Who had claimed a task has it no more: that official's unit has not, either."""
    role = acting_as(event.act, event.by, context.parties)
    if isinstance(role, Refusal):
        return role
    moved = event.transferred
    if refusal := no_reason(event.reason):
        return refusal
    if not moved.areas or all(state.carried.get(area) == moved.to_unit for area in moved.areas):
        return Refusal("dossiers.transferred_already")
    claimed = (task for task in state.tasks if task.area in moved.areas and task.claimed_by and not task.unit)
    return judged(
        event,
        role,
        state.status,
        reason=reason_digest(event.reason),
        transferred=moved,
        tasks=tuple(replace(task, claimed_by=None, claimed_at=None) for task in claimed),
    )


def carried(state: State, record: Record) -> Mapping[str, int]:
    """Which unit has the work of each area that ever went over."""
    moved = record.transferred
    if moved is None:
        return state.carried
    return {**state.carried, **dict.fromkeys(moved.areas, moved.to_unit)}
