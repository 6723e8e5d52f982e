"""One act is one transaction: row lock, engine, state, record, rows, letters and jobs, audit. All or nothing.

Verbs (`runtime.dossiers`, `runtime.tasks`, `runtime.applications`) build the event; here it happens. Nothing
is written before the engine has said yes and the dossier code, if one is due, has been given out: then one
statement writes the whole act.
"""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy.orm import Session

from common import audit
from common.identity.models import Account
from common.problems import Refusal
from procedure_library.canonical import canonical
from runtime import effects
from runtime.engine.advance import Advance, advance
from runtime.engine.events import AnswersRef, AnyEvent
from runtime.engine.plain import to_plain
from runtime.engine.state import State
from runtime.engine.status import Act
from runtime.happening import Happening, Said
from runtime.holding import Held, hold
from runtime.models.dossiers import Dossier
from runtime.models.tasks import Task
from runtime.numbers import dossier_code
from runtime.rows import Rows
from runtime.worlds import acting_for, bare_context_of, context_of

FINISHED = frozenset({"decided", "not_accepted", "withdrawn", "stopped"})


NOTHING = Said()

# Acts that read no rule, no answer and no calendar: what they come to follows from the state alone.
READ_NOTHING: frozenset[Act] = frozenset(
    {"claim", "release", "refuse", "return_for_completion", "hand_over", "withdraw", "stop"}
)


def act(
    session: Session,
    dossier: Dossier | Held,
    event: AnyEvent,
    said: Said = NOTHING,
    *,
    version_id: int | None = None,
) -> Dossier | Refusal:
    """Lets the event happen to the dossier, which is held from now on if the caller does not hold it yet.

    `version_id`: the version that the event pins, when it is not the dossier's.
    """
    held = dossier if isinstance(dossier, Held) else hold(session, dossier)
    if event.act in READ_NOTHING:
        context = bare_context_of(session, held)
    else:
        context = context_of(session, held, event.at, said.answers, version_id)
    advanced = advance(context, held.state, event)
    if isinstance(advanced, Refusal):
        return named(session, advanced)
    happening = Happening(held, event, said, context, advanced, held.events + 1)
    rows, columns = Rows(), columns_of(advanced, held)
    if event.act == "accept":
        received = _received(session, held, event.at)
        if isinstance(received, Refusal):
            return received
        columns |= received
    rows.update("dossiers", {"id": held.id}, **columns)
    write(session, happening, rows)
    forget(session, held)
    return held.row


def write(session: Session, happening: Happening, rows: Rows) -> None:
    """Writes what the engine decided: the record, the audit, and every effect, beside the rows given."""
    _keep(happening, rows)
    effects.carry_out(session, happening, rows)
    _audit(happening, rows)
    rows.write(session)


def columns_of(advanced: Advance, before: Dossier | Held) -> dict[str, Any]:
    """The columns that lists read, from the state."""
    state = advanced.state
    finishes = state.status in FINISHED and before.status != state.status
    return {
        "state": to_plain(state),
        "status": state.status,
        "version_id": state.version,
        "events": (before.events or 0) + 1,
        "received_at": state.received_at,
        "due_at": state.due.at if state.due else None,
        "appointment_at": state.appointment,
        "finished_at": advanced.record.at if finishes else before.finished_at,
    }


def _received(session: Session, held: Held, at: datetime) -> dict[str, Any] | Refusal:
    """The code, and who receives: where the unit of the filing has closed meanwhile, its successor."""
    unit = acting_for(session, held, held.unit_id, at)
    code = dossier_code(session, unit, at)
    if isinstance(code, Refusal):
        return code
    held.code = code
    if unit.id == held.unit_id:
        return {"code": code}
    solving = acting_for(session, held, held.solving_unit_id, at)
    held.unit_id, held.solving_unit_id = unit.id, solving.id
    return {"code": code, "unit_id": unit.id, "solving_unit_id": solving.id}


def _keep(happening: Happening, rows: Rows) -> None:
    """The record, and beside it what may be erased one day."""
    record, said, dossier_id = happening.record, happening.said, happening.dossier.id
    if said.answers is not None and record.answers is not None:
        rows.insert(
            "answers",
            dossier_id=dossier_id,
            number=record.answers.number,
            body=said.answers,
            digest=record.answers.digest,
            recorded_at=record.at,
        )
    if said.reason.strip():
        rows.insert("reasons", dossier_id=dossier_id, event=happening.number, text=said.reason.strip())
    rows.insert(
        "dossier_events",
        dossier_id=dossier_id,
        number=happening.number,
        act=record.act,
        at=record.at,
        account_id=record.account,
        record=to_plain(record),
    )


def _audit(happening: Happening, rows: Rows) -> None:
    rows.insert(
        "audit",
        **audit.columns(
            f"dossier.{happening.record.act}",
            by=happening.by,
            at=happening.at,
            kind="dossier",
            key=happening.dossier.filing_number,
            event=happening.number,
            status=happening.state.status,
        ),
    )


def forget(session: Session, held: Held) -> None:
    """What the session's objects know of the dossier and its tasks is read again when it is asked for."""
    for known in session.identity_map.values():
        if known is held.row or (isinstance(known, Task) and known.dossier_id == held.id):
            session.expire(known)


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
