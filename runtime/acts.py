"""One act is one transaction: row lock, engine, state, record, rows, letters and jobs, audit. All or nothing.

Verbs (`runtime.dossiers`, `runtime.tasks`, `runtime.applications`) build the event; here it happens. Nothing
is written before the engine has said yes and the dossier code, if one is due, has been given out.
"""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy.orm import Session

from common import audit
from common.identity.models import Account, Unit
from common.problems import Refusal
from procedure_library.canonical import canonical
from runtime import effects
from runtime.engine.advance import Advance, advance
from runtime.engine.events import AnswersRef, AnyEvent
from runtime.engine.plain import from_plain, to_plain
from runtime.engine.state import State
from runtime.engine.status import Act
from runtime.happening import Happening, Said
from runtime.models.dossiers import Answers, Dossier, DossierEvent, Reason
from runtime.numbers import dossier_code
from runtime.worlds import acting_unit, bare_context_of, context_of

FINISHED = frozenset({"decided", "not_accepted", "withdrawn", "stopped"})


NOTHING = Said()

# Acts that read no rule, no answer and no calendar: what they come to follows from the state alone.
READ_NOTHING: frozenset[Act] = frozenset(
    {"claim", "release", "refuse", "return_for_completion", "hand_over", "withdraw", "stop"} | {"undo_move"}
)


def act(
    session: Session,
    dossier: Dossier,
    event: AnyEvent,
    said: Said = NOTHING,
    *,
    version_id: int | None = None,
) -> Dossier | Refusal:
    """Lets the event happen to a dossier that the caller has locked.

    `version_id`: the version that the event pins, when it is not the dossier's.
    """
    if event.act in READ_NOTHING:
        context = bare_context_of(session, dossier)
    else:
        context = context_of(session, dossier, event.at, said.answers, version_id)
    advanced = advance(context, from_plain(State, dossier.state), event)
    if isinstance(advanced, Refusal):
        return named(session, advanced)
    return write(session, Happening(dossier, event, said, context, advanced))


def write(session: Session, happening: Happening) -> Dossier | Refusal:
    """Writes what the engine decided."""
    dossier, event = happening.dossier, happening.event
    if event.act == "accept":
        unit = acting_unit(session, dossier.unit, event.at)
        code = dossier_code(session, unit, event.at)
        if isinstance(code, Refusal):
            return code
        dossier.code = code
        _received_by(session, dossier, unit, event.at)
    project(dossier, happening.advanced)
    if dossier.id is None:
        session.add(dossier)
        session.flush()
    # One flush for the rows of an act; what must be there earlier flushes itself.
    with session.no_autoflush:
        _keep(session, happening)
        effects.carry_out(session, happening)
    audit.record(
        session,
        f"dossier.{event.act}",
        by=event.by,
        at=event.at,
        kind="dossier",
        key=dossier.filing_number,
        event=dossier.events,
        status=dossier.status,
    )
    session.flush()
    return dossier


def _received_by(session: Session, dossier: Dossier, unit: Unit, at: datetime) -> None:
    """Who receives it: where the unit of the filing has closed meanwhile, its successor."""
    if unit.id != dossier.unit_id:
        dossier.solving_unit = acting_unit(session, dossier.solving_unit, at)
        dossier.unit = unit
        session.flush()


def project(dossier: Dossier, advanced: Advance) -> None:
    """The columns that lists read, from the state."""
    state = advanced.state
    if state.status in FINISHED and dossier.status != state.status:
        dossier.finished_at = advanced.record.at
    dossier.state = to_plain(state)
    dossier.status = state.status
    dossier.version_id = state.version
    dossier.events = (dossier.events or 0) + 1
    dossier.received_at = state.received_at
    dossier.due_at = state.due.at if state.due else None
    dossier.appointment_at = state.appointment


def _keep(session: Session, happening: Happening) -> None:
    """The record, and beside it what may be erased one day."""
    record, said, dossier = happening.record, happening.said, happening.dossier
    if said.answers is not None and record.answers is not None:
        session.add(
            Answers(
                dossier_id=dossier.id,
                number=record.answers.number,
                body=dict(said.answers),
                digest=record.answers.digest,
                recorded_at=record.at,
            )
        )
    if said.reason.strip():
        session.add(Reason(dossier_id=dossier.id, event=dossier.events, text=said.reason.strip()))
    session.add(
        DossierEvent(
            dossier_id=dossier.id,
            number=dossier.events,
            act=record.act,
            at=record.at,
            account_id=record.account,
            record=to_plain(record),
        )
    )


def answers_ref(state: State, answers: Mapping[str, Any]) -> AnswersRef:
    """The reference under which new answers are stored."""
    number = state.answers.number + 1 if state.answers else 1
    return AnswersRef(number, sha256(canonical(answers).encode()).hexdigest())


def named(session: Session, refusal: Refusal) -> Refusal:
    """The refusal with the person's name where the engine only knows the account."""
    if "account" not in refusal.parameters:
        return refusal
    parameters = dict(refusal.parameters)
    account = session.get(Account, parameters.pop("account"))
    return Refusal(refusal.code, {**parameters, "who": account.full_name if account else "—"})
