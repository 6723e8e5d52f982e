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
from common.identity.actor import Actor
from common.identity.models import Account
from common.problems import Refusal
from procedure_library.canonical import canonical
from runtime import effects
from runtime.engine.advance import Advance, advance
from runtime.engine.context import Context
from runtime.engine.event import AnswersRef
from runtime.engine.events import AnyEvent
from runtime.engine.order import in_order
from runtime.engine.plain import to_plain, to_plain_after
from runtime.engine.state import State
from runtime.engine.status import Act
from runtime.entered import with_entered
from runtime.happening import Happening, Said
from runtime.holding import Held, hold
from runtime.models.dossiers import Dossier
from runtime.models.tasks import Task
from runtime.numbers import dossier_code
from runtime.once import done_before, meanwhile
from runtime.rows import Rows
from runtime.worlds import acting_for, bare_context_of, context_of

FINISHED = frozenset({"decided", "not_accepted", "withdrawn", "stopped"})


NOTHING = Said()

# Acts that read no rule, no answer and no calendar: what they come to follows from the state alone.
READ_NOTHING: frozenset[Act] = frozenset(
    {"claim", "release", "refuse", "return_for_completion", "hand_over", "stop", "transfer", "undo_move"}
    | {"print_letter"}
)


def act(session: Session, dossier: Dossier, event: AnyEvent, said: Said = NOTHING) -> Dossier | Refusal:
    """Holds the dossier and lets the event happen to it."""
    return happen(session, hold(session, dossier.id), event, said) or dossier


def happen(
    session: Session, held: Held, event: AnyEvent, said: Said = NOTHING, *, version_id: int | None = None
) -> Refusal | None:
    """Lets the event happen to a dossier that the caller holds; a Refusal has changed nothing.

    `version_id`: the version that the event pins, when it is not the dossier's. What the very form that asks has done
    before is not done again.
    """
    if again := done_already(session, held, event.by, event.once):
        return None if again is True else again
    ordered = in_order(held.state, event)
    event = event if isinstance(ordered, Refusal) else ordered
    context = _context(session, held, event, said, version_id)
    advanced = advance(context, held.state, event)
    if isinstance(advanced, Refusal):
        return meanwhile(session, held, named(session, advanced), event.once)
    if isinstance(ordered, Refusal):
        return ordered
    received = _received(session, held, event.at) if event.act == "accept" else {}
    if isinstance(received, Refusal):
        return received
    body = to_plain_after(advanced.state, held.state, held.body)
    rows, columns = Rows(), columns_of(advanced, held.status, body) | received
    rows.update("dossiers", {"id": held.id}, events=held.events + 1, **columns)
    write(session, Happening(held, event, said, context, advanced, held.events + 1), rows)
    read_again(session, held.id)
    return None


def _context(session: Session, held: Held, event: AnyEvent, said: Said, version_id: int | None) -> Context:
    if event.act in READ_NOTHING:
        return bare_context_of(session, held)
    context = context_of(session, held, event.at, said.answers, version_id)
    return with_entered(session, context, event.act, held.id)


def enter(
    session: Session, dossier: Dossier, event: AnyEvent, said: Said, context: Context, advanced: Advance
) -> None:
    """Writes a new dossier with its first event."""
    columns = columns_of(advanced, "unsent", to_plain(advanced.state))
    for name, value in {**columns, "events": 1}.items():
        setattr(dossier, name, value)
    session.add(dossier)
    session.flush()
    write(session, Happening(dossier, event, said, context, advanced, 1), Rows())


def write(session: Session, happening: Happening, rows: Rows) -> None:
    """Writes what the engine decided: the record, the audit, and every effect, beside the rows given."""
    _keep(happening, rows)
    effects.carry_out(session, happening, rows)
    _audit(happening, rows)
    rows.write(session)


def columns_of(advanced: Advance, before: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that lists read, from the state; `before` is the status that it had, `body` the state as stored."""
    state = advanced.state
    finishes = state.status in FINISHED and before != state.status
    return {
        "state": body,
        "status": state.status,
        "version_id": state.version,
        "received_at": state.received_at,
        "due_at": state.due.at if state.due else None,
        "appointment_at": state.appointment,
        "limit_at": state.next_limit_at,
        **({"finished_at": advanced.record.at} if finishes else {}),
    }


def _received(session: Session, held: Held, at: datetime) -> dict[str, Any] | Refusal:
    """The code, and who receives: where the unit of the filing has closed meanwhile, its successor."""
    unit = acting_for(session, held, held.unit_id, at)
    code = dossier_code(session, unit, at)
    if isinstance(code, Refusal):
        return code
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
            **({"once": happening.event.once} if happening.event.once else {}),
        ),
    )


def done_already(session: Session, held: Held, by: Actor, once: str) -> Refusal | bool:
    """Whether the form marked so has done it before (`done_before`); for verbs that ask more than the engine does."""
    again = done_before(session, held, by=by, once=once)
    if again is True:
        read_again(session, held.id)
    return again


def read_again(session: Session, dossier_id: int) -> None:
    """What the session's objects know of the dossier and its tasks is what was written."""
    for known in list(session.identity_map.values()):
        if isinstance(known, Dossier | Task) and dossier_id == _dossier_of(known):
            session.refresh(known)


def _dossier_of(known: Dossier | Task) -> int:
    return known.id if isinstance(known, Dossier) else known.dossier_id


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
