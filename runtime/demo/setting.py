"""Where a demo story takes place: a unit, a procedure, and the people who act."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from procedure_library.compiled import Compiled
from runtime.demo.days import OfficeHours
from runtime.demo.people import People


@dataclass(frozen=True, slots=True)
class Setting:
    session: Session
    people: People
    hours: OfficeHours
    unit_id: int
    compiled: Compiled
    case_type: str
