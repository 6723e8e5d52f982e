"""A dossier held for an act: its row locked until the transaction ends, and all that the act reads beside it.

One statement, which the connection has prepared. The row of the list-like objects (`runtime.models`) is not
read: what an act needs is plain values.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from common.db import driver, reference
from runtime.engine.plain import from_plain
from runtime.engine.state import State
from runtime.models.dossiers import Dossier
from runtime.models.tasks import Task

_ANSWERS = "select body from answers where dossier_id = %s and number = %s"
_HOLD = """
select d.id, d.filing_number, d.code, d.version_id, d.procedure_key, d.case_type, d.channel, d.unit_id,
  d.solving_unit_id, d.owner_id, d.identity_hash, d.applicant, d.locale, d.status, d.state, d.events,
  d.received_at, d.finished_at,
  (select a.body from answers a
    where a.dossier_id = d.id and a.number = (d.state -> 'answers' ->> 'number')::smallint),
  (select stamp from reference_stamp)
from dossiers d where d.id = %s for update of d
"""


@dataclass(slots=True)
class Held:
    """Plain values of a locked row, spelled as in `Dossier`; `row` is the object that the caller asked with.

    `answers` None: they were erased. `stamp` changes whenever reference data, units or versions do.
    """

    row: Dossier
    id: int
    filing_number: str
    code: str | None
    version_id: int
    procedure_key: str
    case_type: str
    channel: str
    unit_id: int
    solving_unit_id: int
    owner_id: int | None
    identity_hash: str | None
    applicant: Mapping[str, Any]
    locale: str
    status: str
    state: State
    events: int
    received_at: datetime | None
    finished_at: datetime | None
    answers: Mapping[str, Any] | None
    stamp: UUID


def state_of(dossier: Dossier | Held) -> State:
    """Where it stands, held or not."""
    return dossier.state if isinstance(dossier, Held) else from_plain(State, dossier.state)


def hold(session: Session, dossier: Dossier) -> Held:
    """Waits for the row and locks it; what was set on the object before is written first."""
    session.flush()
    return _held(session, dossier, dossier.id)


def hold_for(session: Session, task: Task) -> Held:
    """The same for the dossier of a task."""
    session.flush()
    dossier_id = task.dossier_id
    row = session.identity_map.get(Dossier.__mapper__.identity_key_from_primary_key((dossier_id,)))
    return _held(session, row or reference(session, Dossier, id=dossier_id), dossier_id)


def _held(session: Session, row: Dossier, dossier_id: int) -> Held:
    found = driver(session).execute(_HOLD, (dossier_id,), prepare=True).fetchone()
    assert found is not None
    held = Held(row, *found)
    held.state = from_plain(State, held.state)
    if held.answers is None and held.state.answers is not None:
        # Another act wrote them while this one waited for the row: a later statement sees them.
        again = driver(session).execute(_ANSWERS, (held.id, held.state.answers.number)).fetchone()
        held.answers = again[0] if again else None
    return held
