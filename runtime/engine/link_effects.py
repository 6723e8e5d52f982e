"""What linked dossiers are to hear because of a record: messages, each carried out as a job of its own."""

from collections.abc import Iterator, Mapping
from typing import Literal

from msgspec import Struct

from runtime.engine.context import Context
from runtime.engine.linked import CALLER, Caller, Child, Ended
from runtime.engine.record import Record
from runtime.engine.state import State
from runtime.engine.status import Status


class OpenChild(Struct, frozen=True):
    """A dossier of another procedure is to be opened for a step."""

    child: Child


class DropChild(Struct, frozen=True):
    """A child is wanted no more: it ends as the dossier did, or is withdrawn."""

    child: Child
    how: Literal["withdrawn", "stopped"]


class CollectResult(Struct, frozen=True):
    """The result of a child is handed over with that of the dossier: the child is finished."""

    child: Child


class TellCaller(Struct, frozen=True):
    """The dossier that called this one hears how it ended."""

    caller: Caller
    outcome: Ended


LinkEffect = OpenChild | DropChild | CollectResult | TellCaller
_ENDED: Mapping[Status, Ended] = {"not_accepted": "refused", "withdrawn": "withdrawn", "stopped": "stopped"}


def linked(context: Context, before: State, after: State, record: Record) -> Iterator[LinkEffect]:
    """What children and caller are to hear."""
    was = {each.number: each for each in before.children}
    for child in after.children:
        known = was.get(child.number)
        newly_dropped = child.dropped and not (known and known.dropped)
        if known is None and not child.dropped:
            yield OpenChild(child)
        elif child.dropped and (newly_dropped or (record.act == "child_opened" and child in record.children)):
            yield DropChild(child, "stopped" if after.status == "stopped" else "withdrawn")
        elif known != child and child.ended in ("granted", "refused") and not after.is_closed:
            call = context.compiled.step(child.step).call
            if call is not None and call.returns == CALLER:
                yield CollectResult(child)
    if after.caller is not None and after.status != before.status:
        outcome = _ENDED.get(after.status) or (after.ending if after.status == "decided" else None)
        if outcome is not None:
            yield TellCaller(after.caller, outcome)
