"""Messages between linked dossiers: each is a job that holds one dossier, and is heard once however often it comes."""

import logging
from collections.abc import Mapping
from typing import Any, Literal

from sqlalchemy.orm import Session

from common.identity.actor import machine
from common.jobs import Work, job
from common.messages import message_of
from common.problems import MotcuaError, Problem, Refusal
from procedure_library.definition import Step
from runtime.acts import answers_ref, happen
from runtime.engine.events import AnyEvent, HandOver
from runtime.engine.families import awaited
from runtime.engine.linked import Ended
from runtime.engine.machine_events import CallOff, ChildEnded, ChildFailed, ChildOpened
from runtime.happening import Said
from runtime.holding import Held, hold
from runtime.judged import definition_held
from runtime.judging import judged_at_task
from runtime.letters.phrases import phrase
from runtime.linking.handing_on import handed_on, merged
from runtime.linking.part import child_of
from runtime.models.dossiers import Dossier
from runtime.worlds import stored_answers

BY = machine("calls")
NOTHING = Said()
# A message that was heard before, or that comes when all is over: nothing is lost by passing it over.
HEARD = frozenset({"dossiers.child_heard", "dossiers.already_done"})
log = logging.getLogger(__name__)


class NotHeard(MotcuaError):
    """The dossier cannot act on the message now (a rule lacks a fact): it is told again."""


@job("calls.opened", retries=8)
def tell_opened(work: Work, *, dossier_id: int) -> None:
    """The dossier that calls hears that its child is there."""
    opened(work, work.session.get_one(Dossier, dossier_id))


@job("calls.ended", retries=12)
def tell_ended(work: Work, *, dossier_id: int, outcome: Ended) -> None:
    """The dossier that calls hears how its child ended."""
    ended(work, work.session.get_one(Dossier, dossier_id), outcome)


@job("calls.call_off", retries=8)
def tell_off(work: Work, *, dossier_id: int, number: int, how: Literal["withdrawn", "stopped"]) -> None:
    """The child ends with the dossier that called it."""
    called_off(work, child_of(work.session, dossier_id, number), how)


@job("calls.collect", retries=8)
def collect(work: Work, *, dossier_id: int, number: int) -> None:
    """The result of the child is with the dossier that called it, which hands it over."""
    collected(work, child_of(work.session, dossier_id, number))


def opened(work: Work, child: Dossier) -> None:
    """The number of the child is known to the dossier that called it."""
    assert child.parent_id is not None
    assert child.child_number is not None
    event = ChildOpened(by=BY, at=work.at, child=child.child_number, dossier=child.filing_number)
    _heard(work.session, hold(work.session, child.parent_id), event)


def ended(work: Work, child: Dossier, outcome: Ended) -> None:
    """The step that waits goes on; where what the child gives does not fit the pages it is to fill, it has failed."""
    assert child.parent_id is not None
    assert child.child_number is not None
    held, number = hold(work.session, child.parent_id), child.child_number
    said = _taken(work.session, held, number, child) if outcome == "granted" else None
    if isinstance(said, tuple):
        reason = "; ".join(f"{problem.where}: {message_of(problem).text}" for problem in said)
        _heard(
            work.session,
            held,
            ChildFailed(by=BY, at=work.at, child=number, reason=reason),
            Said(reason=reason),
        )
        return
    ref = answers_ref(held.state, said) if said is not None else None
    told = {"child": number, "dossier": child.filing_number, "outcome": outcome, "answers": ref}
    _heard(work.session, held, ChildEnded(by=BY, at=work.at, **told), Said(answers=said))


def called_off(work: Work, child: Dossier | None, how: Literal["withdrawn", "stopped"]) -> None:
    """A child that is not open yet is called off again once it says that it is."""
    if child is not None:
        reason = phrase(f"caller_{how}", "vi")
        _passed_over(work, child, CallOff(by=BY, at=work.at, how=how, reason=reason), Said(reason=reason))


def collected(work: Work, child: Dossier | None) -> None:
    """The child is finished; who was quicker at its own counter has handed it over already."""
    if child is not None:
        _passed_over(work, child, HandOver(by=BY, at=work.at, method="caller"))


def could_not_open(work: Work, parent: Dossier, number: int, reason: str) -> None:
    """The dossier goes the way drawn for failure."""
    event = ChildFailed(by=BY, at=work.at, child=number, reason=reason)
    _heard(work.session, hold(work.session, parent.id), event, Said(reason=reason))


def _taken(
    session: Session, held: Held, number: int, child: Dossier
) -> Mapping[str, Any] | tuple[Problem, ...] | None:
    """All answers with those taken from the child; None where none are, or nobody waits for them."""
    known = next((each for each in awaited(held.state) if each.number == number), None)
    step: Step | None = definition_held(session, held, held.version_id).step(known.step) if known else None
    if step is None or step.call is None or not step.fills:
        return None
    ours = definition_held(session, held, held.version_id).whole_form
    given = handed_on(stored_answers(session, child), step.call.takes, ours)
    return judged_at_task(session, held, step.key, "granted", merged(held.answers, given))


def _heard(session: Session, held: Held, event: AnyEvent, said: Said = NOTHING) -> None:
    refusal = happen(session, held, event, said)
    if refusal is not None and refusal.code not in HEARD:
        raise NotHeard(f"{held.filing_number}: {refusal.code}")


def _passed_over(work: Work, child: Dossier, event: AnyEvent, said: Said = NOTHING) -> None:
    """A child that is closed or decided says why not, and stays as it is."""
    refusal: Refusal | None = happen(work.session, hold(work.session, child.id), event, said)
    if refusal is not None:
        log.info("dossier %s does not %s: %s", child.filing_number, event.act, refusal.code)
