"""What the office does to the term of a dossier: extend it, stop the clock, let it go on."""

from datetime import datetime

from sqlalchemy.orm import Session

from common.identity.actor import Actor
from common.problems import Refusal
from rules_dsl.allowance import Extension
from rules_dsl.ledger import Halt
from runtime.acts import act
from runtime.engine.events import Extend, Resume, Suspend
from runtime.engine.taken_up import taken_up
from runtime.happening import Said
from runtime.holding import state_of
from runtime.models.dossiers import Dossier
from runtime.worlds import context_of


def extend(
    session: Session,
    dossier: Dossier,
    *,
    amount: int,
    after: int,
    reason: str,
    once: str = "",
    by: Actor,
    at: datetime,
) -> Dossier | Refusal:
    """Longer by `amount` of what the term rule allows; `after`: how many extensions the page knew of."""
    event = Extend(by=by, at=at, once=once, amount=amount, after=after, reason=reason)
    return act(session, dossier, event, Said(reason=reason))


def allowed(session: Session, dossier: Dossier, at: datetime) -> Extension | Refusal:
    """How much longer the term rule lets it take; of an older system's dossier the rule is read for that."""
    state = state_of(dossier)
    term = taken_up(context_of(session, dossier, at), state, at)
    if isinstance(term, Refusal):
        return term
    extension = term.allowance.extension if term.allowance else None
    return extension or Refusal("dossiers.no_extension")


def suspend(
    session: Session, dossier: Dossier, *, why: Halt, reason: str, once: str = "", by: Actor, at: datetime
) -> Dossier | Refusal:
    """The clock stands still, and the applicant reads why."""
    event = Suspend(by=by, at=at, once=once, why=why, reason=reason)
    return act(session, dossier, event, Said(reason=reason))


def resume(
    session: Session, dossier: Dossier, *, reason: str = "", once: str = "", by: Actor, at: datetime
) -> Dossier | Refusal:
    """The clock goes on with what was left of the term."""
    return act(session, dossier, Resume(by=by, at=at, once=once, reason=reason), Said(reason=reason))
