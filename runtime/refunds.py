"""What was paid is given back, or kept with a reason."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from common.db import locked
from common.identity.actor import Actor
from common.money import Money
from common.problems import Refusal
from procedure_library.definition import RefundPolicy
from procedure_library.queries import definition_of
from runtime.acts import act
from runtime.engine.events import Refund as Refunding
from runtime.engine.events import RefuseRefund
from runtime.engine.plain import from_plain
from runtime.engine.refunding import ground_of
from runtime.engine.state import Ground, State
from runtime.happening import Method, Said
from runtime.models.dossiers import Dossier, DossierEvent
from runtime.models.money import Refund


@dataclass(frozen=True, slots=True)
class Standing:
    """What may be given back: `kept` of what was paid, by `policy` for the `ground` (None: it gives nothing back)."""

    kept: tuple[Money, ...]
    policy: RefundPolicy
    ground: Ground | None


def standing(session: Session, dossier: Dossier) -> Standing:
    """What the policy of the dossier's version says now."""
    policy = definition_of(session, dossier.version_id).definition.refund
    state = from_plain(State, dossier.state)
    return Standing(state.kept, policy, ground_of(policy, state, worked=_worked(session, dossier)))


def refunds_of(session: Session, dossier: Dossier) -> tuple[Refund, ...]:
    """Every voucher, the oldest first."""
    return tuple(session.scalars(select(Refund).where(Refund.dossier_id == dossier.id).order_by(Refund.id)))


def refund(
    session: Session,
    dossier: Dossier,
    *,
    amount: Money | None = None,
    method: Method = "cash",
    reason: str = "",
    key: str,
    once: str = "",
    by: Actor,
    at: datetime,
) -> Dossier | Refusal:
    """All that the policy gives back; or the `amount` that should never have been taken, which a leader says.

    The same page posted twice gives back once.
    """
    locked(session, dossier)
    if not once and session.scalar(select(Refund.id).where(Refund.key == key).limit(1)) is not None:
        return dossier
    event = Refunding(by=by, at=at, once=once, amount=amount, worked=_worked(session, dossier), reason=reason)
    return act(session, dossier, event, Said(reason=reason, method=method, key=key))


def refuse_refund(
    session: Session, dossier: Dossier, *, reason: str, once: str = "", by: Actor, at: datetime
) -> Dossier | Refusal:
    """The money is kept, and the applicant reads why."""
    event = RefuseRefund(by=by, at=at, once=once, reason=reason)
    return act(session, dossier, event, Said(reason=reason))


def _worked(session: Session, dossier: Dossier) -> bool:
    """Whether any task of the procedure was completed."""
    done = select(DossierEvent.number).where(
        DossierEvent.dossier_id == dossier.id, DossierEvent.act == "complete"
    )
    return session.scalar(done.limit(1)) is not None
