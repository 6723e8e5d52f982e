"""Numbers without gaps: per unit, kind and period, under the lock of one counter row.

Two transactions of one unit take turns; other units never wait. A transaction that is rolled back gives its
number back.
"""

from datetime import date, datetime
from typing import Protocol

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from common.clock import local_date
from common.problems import Refusal
from common.statements import numbered, run
from runtime.engine.codes import DossierCode
from runtime.engine.parts import day
from runtime.models.dossiers import Counter

# Four digits a day: `V1V2V3.Z1Z2.Y1Y2.MX1X2-YYMMDD-XXXX` (Circular 01/2018 art. 19).
LAST_CODE = 9999
NO_LIMIT = 2**31 - 1


_NEXT = numbered(
    """
insert into counters (unit_id, kind, period, last) values (%s, %s, %s, 1)
on conflict (unit_id, kind, period) do update set last = counters.last + 1 where counters.last < %s returning last
"""
)


def next_number(session: Session, unit_id: int, kind: str, period: int, limit: int = NO_LIMIT) -> int | None:
    """The next number of the kind in the unit and period, from 1; None when the last allowed was given."""
    given = run(session, _NEXT, (unit_id, kind, period, limit))
    return given[0][0] if given else None


class Coded(Protocol):
    """A unit, as far as its numbers are concerned."""

    @property
    def id(self) -> int: ...

    @property
    def code(self) -> str: ...

    @property
    def name_vi(self) -> str: ...


def dossier_code(session: Session, unit: Coded, received_at: datetime) -> str | Refusal:
    """The code of the next dossier that the unit receives that day; refused after the 9,999th."""
    received_on = local_date(received_at)
    number = next_number(session, unit.id, "dossier", _period(received_on), LAST_CODE)
    if number is None:
        return Refusal("dossiers.codes_exhausted", {"day": day(received_on), "unit": unit.name_vi})
    return str(DossierCode(unit.code, received_on, number))


def count_at_least(session: Session, unit_id: int, code: DossierCode) -> None:
    """A code given out elsewhere is not given out again here: the counter of its day goes on behind it."""
    given = {"unit_id": unit_id, "kind": "dossier", "period": _period(code.received_on)}
    statement = insert(Counter).values(**given, last=code.number)
    behind = func.greatest(Counter.last, code.number)
    session.execute(statement.on_conflict_do_update(index_elements=list(given), set_={"last": behind}))


def filing_number(session: Session, unit: Coded, submitted_at: datetime) -> str:
    """The number that a filing bears until reception gives it a dossier code: "N-000.12.31.H56-260307-1"."""
    submitted_on = local_date(submitted_at)
    number = next_number(session, unit.id, "filing", _period(submitted_on))
    return f"N-{unit.code}-{submitted_on:%y%m%d}-{number}"


def yearly_number(session: Session, unit_id: int, suffix: str, at: datetime) -> str:
    """The number of a letter or payment receipt in its unit and year: "12/2026/HDHS"."""
    year = local_date(at).year
    return f"{next_number(session, unit_id, suffix, year)}/{year}/{suffix}"


def _period(on: date) -> int:
    return int(f"{on:%Y%m%d}")
