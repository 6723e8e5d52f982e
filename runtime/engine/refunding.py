"""Money given back, or kept: by the policy of the procedure, and always where it should never have been taken."""

from common.money import Money
from common.problems import Refusal
from procedure_library.definition import RefundPolicy
from runtime.engine.context import Context
from runtime.engine.events import Refund, RefuseRefund
from runtime.engine.parts import instant, judged, no_reason, reason_digest
from runtime.engine.record import Judged
from runtime.engine.rights import acting_as
from runtime.engine.state import Ground, Refunded, State


def refund(context: Context, state: State, event: Refund) -> Judged | Refusal:
    """All that is kept, where the policy gives it back; what was taken wrongly is a leader's to say."""
    role = acting_as(event.act, event.by, context.parties)
    if isinstance(role, Refusal):
        return role
    if not state.kept:
        return _before(state, "refund") or Refusal("dossiers.nothing_to_refund")
    if event.amount is None:
        back = _by_policy(context.compiled.definition.refund, state, event)
    else:
        role, back = "leader", _taken_wrongly(context, state, event, event.amount)
    if isinstance(back, Refusal):
        return back
    return judged(event, role, state.status, refunded=back, reason=reason_digest(event.reason))


def refuse_refund(context: Context, state: State, event: RefuseRefund) -> Judged | Refusal:
    """The applicant is told why the money is kept. The policy may change nothing of it: the reason is needed."""
    role = acting_as(event.act, event.by, context.parties)
    if isinstance(role, Refusal):
        return role
    if not state.kept:
        return Refusal("dossiers.nothing_to_refund")
    refusal = _before(state, "refuse_refund") or no_reason(event.reason)
    if refusal is not None:
        return refusal
    return judged(event, role, state.status, reason=reason_digest(event.reason))


def ground_of(policy: RefundPolicy, state: State, *, worked: bool) -> Ground | None:
    """Why the policy gives back what was paid; None: it does not."""
    if policy == "never":
        return None
    if state.status == "not_accepted":
        return "not_accepted"
    if state.status == "withdrawn" and not worked:
        return "withdrawn_early"
    refused = state.decision is not None and state.decision.ending == "refused"
    return "not_granted" if policy == "not_granted" and refused else None


def _by_policy(policy: RefundPolicy, state: State, event: Refund) -> Refunded | Refusal:
    ground = ground_of(policy, state, worked=event.worked)
    return Refunded(state.kept, ground, entire=True) if ground else Refusal("dossiers.refund_not_foreseen")


def _taken_wrongly(context: Context, state: State, event: Refund, amount: Money) -> Refunded | Refusal:
    if not any(event.by.holds("leader", unit) for unit in context.parties.units.values()):
        return Refusal("dossiers.refund_needs_leader")
    kept = next((sum_ for sum_ in state.kept if sum_.currency == amount.currency), None)
    if kept is None or amount.minor <= 0 or amount > kept:
        most = kept or state.kept[0]
        return Refusal("dossiers.refund_amount", {"most": most.in_("vi"), "most_en": most.in_("en")})
    return no_reason(event.reason) or Refunded((amount,), "taken_wrongly", state.kept == (amount,))


def _before(state: State, act: str) -> Refusal | None:
    """Who did it before, for a second click."""
    if (done := state.done.get(act)) is None:
        return None
    return Refusal("dossiers.already_done", {"account": done.account or 0, "at": instant(done.at)})
