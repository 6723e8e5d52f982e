"""What may be done with a dossier as a whole. Each verb is one transaction's worth of work, or a Refusal.

`once` marks the form that asks: sent again, it is answered as it was and nothing happens twice (`runtime.once`).

The caller has found the dossier through `runtime.queries`, which answers only what the actor may see.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy.orm import Session

from common.db import locked
from common.identity.actor import Actor
from common.problems import Problem, Refusal
from runtime import applications, filing
from runtime.acts import act, answers_ref, done_already, happen
from runtime.differences import difference
from runtime.engine.event import Paper
from runtime.engine.events import (
    Accept,
    AnswerSupplement,
    HandOver,
    HandToPost,
    Pay,
    Reappoint,
    Refuse,
    ReturnForCompletion,
    Stop,
    Withdraw,
)
from runtime.handed_in import counted
from runtime.happening import Method, Said
from runtime.holding import hold
from runtime.judging import judged_supplement
from runtime.models.applications import Application
from runtime.models.dossiers import Dossier
from runtime.versions import application_of, version_at_reception


def enter_at_counter(
    session: Session,
    application: Application,
    *,
    papers: Sequence[Paper] = (),
    slip_asked: bool = False,
    confirmed: bool = False,
    once: str = "",
    by: Actor,
    at: datetime,
) -> Dossier | tuple[Problem, ...] | Refusal:
    """Files and receives in one act what reception has filled in for somebody at the counter.

    Where something is to be paid before reception it is filed, and waits for the money.
    `confirmed`: the person there was told what the law in force changes by now. The mark of the form stands with the
    last of the acts.
    """
    locked(session, application)
    if (sent_before := filing.sent_before(session, application, by=by, once=once)) is not None:
        return sent_before
    with session.begin_nested() as both:
        sent = applications.submit(session, application, papers=papers, confirmed=confirmed, by=by, at=at)
        if not isinstance(sent, Dossier):
            return sent
        received = accept(session, sent, papers=papers, slip_asked=slip_asked, by=by, at=at, once=once)
        if isinstance(received, Refusal):
            both.rollback()
            session.expire(application)
    if not isinstance(received, Refusal) or received.code != "dossiers.fee_first":
        return received
    who: Mapping[str, Any] = {"once": once, "by": by, "at": at}
    return applications.submit(session, application, papers=papers, confirmed=confirmed, **who)


def pay(
    session: Session, dossier: Dossier, *, method: Method = "cash", once: str = "", by: Actor, at: datetime
) -> Dossier | Refusal:
    """The cashier takes, before reception, what was assessed at filing; it keeps the law of that day.

    Refused once another amount is in force: that one the applicant has to confirm first.
    """
    held = hold(session, dossier.id)
    if again := done_already(session, held, by, once):
        return dossier if again is True else again
    if held.status == "submitted":
        changed = difference(session, application_of(session, held), at)
        if changed is not None and changed.amounts:
            return Refusal("dossiers.law_changed_since_filing", {"version": changed.version.number})
    return happen(session, held, Pay(by=by, at=at, once=once), Said(method=method)) or dossier


def accept(
    session: Session,
    dossier: Dossier,
    *,
    papers: Sequence[Paper] = (),
    slip_asked: bool = False,
    once: str = "",
    by: Actor,
    at: datetime,
) -> Dossier | Refusal:
    """Reception takes the dossier: code, pinned version, term, slip.

    `papers` are the components as handed in; without them those of the filing stand. Refused when the law in
    force by now asks for more than was answered, or changes amount or term: the applicant completes or
    confirms it first.
    """
    held = hold(session, dossier.id)
    if again := done_already(session, held, by, once):
        return dossier if again is True else again
    version_id = version_at_reception(session, held, at)
    if isinstance(version_id, Refusal):
        return version_id
    event = Accept(by=by, at=at, once=once, papers=counted(session, held, papers), slip_asked=slip_asked)
    return happen(session, held, event, version_id=version_id) or dossier


def refuse(
    session: Session, dossier: Dossier, *, reason: str, once: str = "", by: Actor, at: datetime
) -> Dossier | Refusal:
    """Reception does not take it (Mẫu 03); the reason is printed."""
    event = Refuse(by=by, at=at, once=once, reason=reason)
    return act(session, dossier, event, Said(reason=reason))


def return_for_completion(
    session: Session, dossier: Dossier, *, reason: str, once: str = "", by: Actor, at: datetime
) -> Dossier | Refusal:
    """Reception asks, once, for everything that is missing (Mẫu 02). The applicant edits and sends again."""
    event = ReturnForCompletion(by=by, at=at, once=once, reason=reason)
    return act(session, dossier, event, Said(reason=reason))


def answer_supplement(
    session: Session,
    dossier: Dossier,
    *,
    answers: Mapping[str, Any] | None = None,
    once: str = "",
    by: Actor,
    at: datetime,
) -> Dossier | tuple[Problem, ...] | Refusal:
    """The applicant has completed the dossier: the term goes on, or starts again.

    `answers`: the applicant's whole answers where some changed, judged as at filing; documents were attached before.
    Refused where an answer changed that the office did not ask for, and that no other answer made wrong.
    """
    held = hold(session, dossier.id)
    if again := done_already(session, held, by, once):
        return dossier if again is True else again
    papers = counted(session, held, held.state.papers)
    if answers is None:
        return happen(session, held, AnswerSupplement(by=by, at=at, once=once, papers=papers)) or dossier
    said = judged_supplement(session, held, held.state.asked, answers)
    if isinstance(said, Refusal | tuple):
        return said
    event = AnswerSupplement(by=by, at=at, once=once, answers=answers_ref(held.state, said), papers=papers)
    return happen(session, held, event, Said(answers=said)) or dossier


def hand_over(
    session: Session,
    dossier: Dossier,
    *,
    method: Literal["counter", "online", "post"] = "counter",
    once: str = "",
    by: Actor,
    at: datetime,
) -> Dossier | Refusal:
    """The result is given to the applicant; the dossier is closed."""
    return act(session, dossier, HandOver(by=by, at=at, once=once, method=method))


def hand_to_post(
    session: Session, dossier: Dossier, *, parcel: str = "", once: str = "", by: Actor, at: datetime
) -> Dossier | Refusal:
    """The result is on its way by post; the dossier stays open until the applicant has it."""
    event = HandToPost(by=by, at=at, once=once, reason=parcel)
    return act(session, dossier, event, Said(reason=parcel))


def withdraw(
    session: Session, dossier: Dossier, *, reason: str = "", once: str = "", by: Actor, at: datetime
) -> Dossier | Refusal:
    """The applicant takes it back while it is not decided."""
    event = Withdraw(by=by, at=at, once=once, reason=reason)
    return act(session, dossier, event, Said(reason=reason))


def stop(
    session: Session, dossier: Dossier, *, reason: str, once: str = "", by: Actor, at: datetime
) -> Dossier | Refusal:
    """The office ends it without a decision (Mẫu 05); the basis is printed."""
    event = Stop(by=by, at=at, once=once, reason=reason)
    return act(session, dossier, event, Said(reason=reason))


def reappoint(
    session: Session, dossier: Dossier, *, new_day: date, reason: str, once: str = "", by: Actor, at: datetime
) -> Dossier | Refusal:
    """Apology and a new appointment (Mẫu 04): once, and at least a day before the promised one."""
    event = Reappoint(by=by, at=at, once=once, new_day=new_day, reason=reason)
    return act(session, dossier, event, Said(reason=reason))
