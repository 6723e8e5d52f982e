"""What leaves the house: a result by post, a status to the national portal. Neither changes the status."""

from common.problems import Refusal
from runtime.engine.context import Context
from runtime.engine.events import HandToPost
from runtime.engine.machine_events import TellPortal
from runtime.engine.parts import instant, judged, reason_digest
from runtime.engine.record import Judged
from runtime.engine.rights import acting_as
from runtime.engine.state import State


def hand_to_post(context: Context, state: State, event: HandToPost) -> Judged | Refusal:
    """On its way; the dossier stays open until the applicant has it (Decision 45/2016)."""
    role = acting_as(event.act, event.by, context.parties)
    if isinstance(role, Refusal):
        return role
    if state.posted_at is not None:
        done = state.done[event.act]
        return Refusal("dossiers.already_done", {"account": done.account or 0, "at": instant(done.at)})
    return judged(event, role, state.status, reason=reason_digest(event.reason))


def tell_portal(context: Context, state: State, event: TellPortal) -> Judged | Refusal:
    """Kept so that nothing is told twice, and nothing that is true no longer."""
    role = acting_as(event.act, event.by, context.parties)
    if isinstance(role, Refusal):
        return role
    if event.status != state.status:
        return Refusal("dossiers.portal_overtaken")
    if event.status == state.told:
        return Refusal("dossiers.portal_told_already")
    return judged(event, role, state.status, outcome=event.status)
