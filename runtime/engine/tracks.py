"""What is told of a dossier beside its status: the state shown to people, and three tracks of their own.

Payment, handover and synchronisation are columns that the database itself works out of status and state
(`runtime.models.tracks`): whatever code wrote a row, they fit it, and replay, which compares the state, gives them.
"""

from collections.abc import Collection, Mapping
from typing import Literal

from procedure_library.compiled import Compiled
from runtime.engine.state import State
from runtime.engine.status import PORTAL_KEYS, Status

Payment = Literal["none", "owed", "paid", "partly_refunded", "refunded"]
Handover = Literal["not_ready", "ready", "handed_to_post", "returned"]
Sync = Literal["pending", "sent"]

# Two states that people have to tell apart, though the same acts are possible in them as in the status itself.
Shown = Status | Literal["awaiting_fee", "refused"]
SHOWN_OF: Mapping[Shown, Status] = {"awaiting_fee": "submitted", "refused": "decided"}
SHOWN_KEYS: Mapping[str, str] = dict(PORTAL_KEYS) | {"awaiting_fee": "paying", "refused": "releasing"}


def shown(compiled: Compiled, state: State) -> Shown:
    """Waiting for payment before reception: an amount is owed that no later step collects."""
    if state.status == "submitted" and owes_first(state, collected_later(compiled)):
        return "awaiting_fee"
    refused = state.status == "decided" and state.ending == "refused"
    return "refused" if refused else state.status


def collected_later(compiled: Compiled) -> frozenset[str]:
    """The rules whose amounts a step of the procedure takes."""
    return frozenset(rule for step in compiled.definition.steps for rule in step.collects)


def owes_first(state: State, later: Collection[str]) -> bool:
    """Whether something is to be paid that nobody takes later."""
    return any(line.amount.minor and not line.paid and line.rule not in later for line in state.owed)
