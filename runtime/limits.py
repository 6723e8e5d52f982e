"""Limits of steps that have passed: the machine asks the engine for each dossier, which acts on each limit once."""

import logging

from sqlalchemy import select
from sqlalchemy.orm import Session

from common.identity.actor import machine
from common.jobs import Work, defer, job
from common.problems import Refusal
from runtime.acts import act
from runtime.engine.machine_events import PassLimit
from runtime.models.dossiers import Dossier

AT_ONCE = 200
BY = machine("limits")
log = logging.getLogger(__name__)


@job("limits.pass")
def pass_limits(work: Work, *, after: int = 0) -> None:
    """Acts on what has passed by now, some dossiers at a time; after a standstill, on all that passed meanwhile."""
    last = pass_due(work, after)
    if last is not None:
        defer(work.session, pass_limits, after=last)


def pass_due(work: Work, after: int = 0) -> int | None:
    """Asks the engine for each dossier; answers after which to go on, None when this was the last."""
    due = (Dossier.limit_at <= work.at, Dossier.id > after)
    found = list(work.session.scalars(select(Dossier).where(*due).order_by(Dossier.id).limit(AT_ONCE)))
    for dossier in found:
        _pass_all(work.session, dossier, work)
    return found[-1].id if len(found) == AT_ONCE else None


def _pass_all(session: Session, dossier: Dossier, work: Work) -> None:
    """Limit after limit. What cannot be acted on now (a rule lacks a fact, no unit has a function) waits for the
    next time."""
    while dossier.limit_at is not None and dossier.limit_at <= work.at:
        done = act(session, dossier, PassLimit(by=BY, at=work.at))
        if isinstance(done, Refusal):
            # Where the office has stopped the clock, the limits are counted again when it goes on.
            if done.code != "dossiers.suspended":
                log.warning("the limit of dossier %s waits: %s", dossier.filing_number, done.code)
            return
