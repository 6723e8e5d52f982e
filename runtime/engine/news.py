"""What the applicant hears of an act."""

from collections.abc import Mapping

from runtime.engine.record import Record
from runtime.engine.state import State
from runtime.engine.status import Act

# What the applicant hears of by the act alone; completing a task is news only when the status changes.
_NEWS: Mapping[Act, str] = {
    "submit": "submitted",
    "resubmit": "submitted",
    "pay": "paid",
    "accept": "accepted",
    "refuse": "not_accepted",
    "return_for_completion": "awaiting_completion",
    "answer_supplement": "in_process",
    "reappoint": "reappointed",
    "extend": "extended",
    "suspend": "suspended",
    "resume": "resumed",
    "derive_deadline": "appointed",
    "hand_over": "returned",
    "hand_to_post": "handed_to_post",
    "refund": "refunded",
    "refuse_refund": "refund_refused",
    "withdraw": "withdrawn",
    "stop": "stopped",
    "transfer": "transferred",
}
# While it leaves the dossier in process, of these nothing is heard.
_QUIET: frozenset[Act] = frozenset(
    {"pass_limit", "receive_message", "report", "fail", "child_ended", "child_failed", "withdraw"}
)
# Of a part of another dossier these are told with that one.
_OF_THE_CALLER: frozenset[Act] = frozenset({"submit", "accept", "hand_over", "call_off"})


def news_of(before: State, after: State, record: Record) -> tuple[str, ...]:
    """The keys of what the applicant is told, in `notices.toml`; empty when it is nothing to the applicant."""
    if record.act == "derive_deadline" and record.answer_by:
        return ("supplement_longer",)
    if after.caller is not None and record.act in _OF_THE_CALLER:
        return ()  # The applicant hears of it by the dossier of which this is a part.
    if record.act == "import" or (record.act == "derive_deadline" and record.appointment is None):
        return ()  # Nothing has changed for the applicant: what was promised stands.
    if record.act in ("move", "undo_move"):
        return ("moved",) if record.asked_again or told(before) != told(after) else ()
    if record.act == "complete" and record.appointment is not None:
        return ("appointed",)  # What the term is counted from has come.
    if (news := _NEWS.get(record.act)) and not (record.act == "withdraw" and record.walk):
        return (news,)
    if record.act in _QUIET and after.status == "in_process":
        return ()  # The office goes on by itself: nothing that the applicant has done.
    return (after.status,) if after.status != before.status else ()


def told(state: State) -> tuple[object, ...]:
    """What a dossier means for its applicant: amounts, deadline and promise."""
    return state.owed, state.due, state.appointment
