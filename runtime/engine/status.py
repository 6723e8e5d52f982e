"""The states a citizen sees, and which act is possible in which of them.

The words are those of the deployed one-stop systems, mapped to the national portal (`PORTAL_KEYS`).
"""

from collections.abc import Mapping
from typing import Literal

Status = Literal[
    "unsent",  # nothing has happened yet; never stored
    "submitted",
    "awaiting_completion",
    "not_accepted",
    "in_process",
    "awaiting_supplement",
    "awaiting_payment",
    "decided",
    "returned",
    "withdrawn",
    "stopped",
]

CLOSED: frozenset[Status] = frozenset({"not_accepted", "returned", "withdrawn", "stopped"})
OPEN: tuple[Status, ...] = (
    "submitted",
    "awaiting_completion",
    "in_process",
    "awaiting_supplement",
    "awaiting_payment",
    "decided",
)

PORTAL_KEYS: Mapping[Status, str] = {
    "submitted": "receiving",
    "awaiting_completion": "waiting",
    "not_accepted": "denied",
    "in_process": "processing",
    "awaiting_supplement": "waiting",
    "awaiting_payment": "paying",
    "decided": "releasing",
    "returned": "done",
    "withdrawn": "cancelled",
    "stopped": "unresolved",
}

Act = Literal[
    "submit",
    "resubmit",
    "pay",
    "accept",
    "refuse",
    "return_for_completion",
    "claim",
    "release",
    "reassign",
    "escalate",
    "print_letter",
    "complete",
    "answer_supplement",
    "reappoint",
    "extend",
    "suspend",
    "resume",
    "derive_deadline",
    "hand_over",
    "hand_to_post",
    "tell_portal",
    "refund",
    "refuse_refund",
    "withdraw",
    "stop",
    "pass_limit",
    "receive_message",
    "transfer",
    "import",
    "report",
    "fail",
    "child_opened",
    "child_ended",
    "child_failed",
    "call_off",
    "move",
    "undo_move",
    "ask_again",
]

_RUNNING: frozenset[Status] = frozenset({"in_process", "awaiting_supplement", "awaiting_payment"})
_BEFORE_RECEPTION: frozenset[Status] = frozenset({"submitted", "awaiting_completion"})
_EVER: frozenset[Status] = CLOSED | frozenset(OPEN)

POSSIBLE_IN: Mapping[Act, frozenset[Status]] = {
    "import": frozenset({"unsent"}),
    "submit": frozenset({"unsent"}),
    "resubmit": frozenset({"awaiting_completion"}),
    # Once returned for completion the answers may change, and with them the amount.
    "pay": frozenset({"submitted", "awaiting_payment"}),
    "accept": frozenset({"submitted"}),
    "refuse": _BEFORE_RECEPTION,
    "return_for_completion": frozenset({"submitted"}),
    "claim": _RUNNING | {"submitted", "decided"},
    "release": _RUNNING | {"submitted", "decided"},
    "reassign": _RUNNING | {"submitted", "decided"},
    "escalate": _RUNNING | {"submitted", "decided"},
    "print_letter": _RUNNING,
    "complete": _RUNNING,
    "answer_supplement": frozenset({"awaiting_supplement"}),
    "reappoint": frozenset({"in_process"}),
    "extend": frozenset({"in_process"}),
    "suspend": frozenset({"in_process"}),
    "resume": frozenset({"in_process"}),
    "derive_deadline": _RUNNING,
    "hand_over": frozenset({"decided"}),
    "hand_to_post": frozenset({"decided"}),
    "tell_portal": _EVER,
    # Money goes back whatever became of the dossier; its state stays.
    "refund": _EVER,
    "refuse_refund": _EVER,
    "withdraw": _BEFORE_RECEPTION | _RUNNING,
    "stop": _RUNNING,
    "pass_limit": _RUNNING,
    "receive_message": _RUNNING,
    "transfer": _BEFORE_RECEPTION | _RUNNING | {"decided"},
    "report": _RUNNING,
    "fail": _RUNNING,
    # What comes late is noted whatever became of the dossier.
    "child_opened": _EVER,
    "child_ended": _EVER,
    "child_failed": _EVER,
    "call_off": _BEFORE_RECEPTION | _RUNNING,
    "move": _RUNNING,
    "undo_move": _RUNNING,
    "ask_again": frozenset({"in_process"}),
}
