"""A dossier held for an act: its row locked until the transaction ends, and all that the act reads beside it.

One statement, which the connection has prepared. Values come as text, and what an act may not need (the
answers) is read when it is asked for: taking columns apart costs more than fetching them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy.orm import Session

from common import exact_json
from common.statements import numbered, run
from procedure_library.reference_stamp import ReferenceStamp
from runtime.engine.plain import from_plain
from runtime.engine.state import State
from runtime.models.dossiers import Dossier

_HOLD = numbered(
    f"""
select d.id, d.filing_number, d.procedure_key, d.unit_id, d.solving_unit_id, d.owner_id, d.identity_hash,
  d.applicant ->> 'email', d.locale, d.events, d.state::text,
  (select a.body::text from answers a
    where a.dossier_id = d.id and a.number = (d.state -> 'answers' ->> 'number')::smallint),
  (select stamp::text from {ReferenceStamp.__tablename__})
from dossiers d where d.id = %s for update of d
"""  # noqa: S608 - the name of a table
)
_ANSWERS = numbered("select body::text from answers where dossier_id = %s and number = %s")


@dataclass
class Held:
    """Plain values of a locked row, spelled as in `Dossier`.

    `stamp` changes whenever reference data, units or versions do. `state` and `body` are the same: as a value
    and as it is stored.
    """

    id: int
    filing_number: str
    procedure_key: str
    unit_id: int
    solving_unit_id: int
    owner_id: int | None
    identity_hash: str | None
    email: str | None
    locale: str
    events: int
    body: Mapping[str, Any]
    said: str | None
    stamp: str
    state: State

    @cached_property
    def answers(self) -> Mapping[str, Any]:
        """The latest answers; empty when they were erased."""
        return exact_json.read(self.said) if self.said else {}

    @property
    def version_id(self) -> int:
        return self.state.version

    @property
    def case_type(self) -> str:
        return self.state.case_type

    @property
    def channel(self) -> str:
        return self.state.channel

    @property
    def status(self) -> str:
        return self.state.status

    @property
    def received_at(self) -> datetime | None:
        return self.state.received_at


def state_of(dossier: Dossier | Held) -> State:
    """Where it stands, held or not."""
    return dossier.state if isinstance(dossier, Held) else from_plain(State, dossier.state)


def hold(session: Session, dossier_id: int) -> Held:
    """Waits for the row and locks it; what was set on objects before is written first."""
    session.flush()
    ((*columns, body, said, stamp),) = run(session, _HOLD, (dossier_id,))
    state = from_plain(State, body := exact_json.read(body))
    if said is None and state.answers is not None:
        # Another act wrote them while this one waited for the row: a later statement sees them.
        again = run(session, _ANSWERS, (dossier_id, state.answers.number))
        said = again[0][0] if again else None
    return Held(*columns, body, said, stamp, state)
