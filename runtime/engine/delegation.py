"""In whose place somebody acted: a colleague who has handed the post over for these days.

It is told by the actor's posts of the moment and kept in the record; folding and replay ask for no delegation.
"""

from msgspec.structs import replace

from common.identity.actor import Actor
from runtime.engine.context import Parties
from runtime.engine.record import Judged, Record
from runtime.engine.state import State


def on_behalf(parties: Parties, state: State, by: Actor, judged: Judged) -> Judged:
    """The record with the account of the colleague, where the right to the act came from one."""
    if not by.lent:
        return judged
    whose = _whose(parties, state, by, judged.record)
    return judged if whose is None else replace(judged, record=replace(judged.record, acting_for=whose))


def _whose(parties: Parties, state: State, by: Actor, record: Record) -> int | None:
    """Who has claimed the task comes first, then the actor's own post, then the colleague."""
    task = state.task(record.task) if record.task else None
    units = {parties.units[task.area]} if task else set(parties.units.values())
    whose = {account for unit, role, account in by.lent if role == record.acting_as and unit in units}
    claimed_by = task.claimed_by if task else None
    if claimed_by in whose and claimed_by != by.account_id:
        return claimed_by
    return None if by.account_id in whose else min(whose, default=None)
