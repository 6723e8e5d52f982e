"""The parts of a letter that do not depend on its kind: who writes, to whom, about what."""

import re
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from common.clock import local_date
from common.identity.models import Unit
from common.identity.naming import name_on
from procedure_library.definition import Definition
from runtime.carrying import receiving_unit
from runtime.engine.effects import LetterKind
from runtime.happening import Happening
from runtime.letters import phrases
from runtime.models.dossiers import Dossier
from runtime.office import office_of
from runtime.worlds import acting_unit

# "Ủy ban nhân dân phường Tân An": what follows the kind of place is its name.
PLACE = re.compile(r"\b(?:tỉnh|thành phố|phường|xã|đặc khu|thị trấn)\s+(.+)$", re.IGNORECASE)


def head(
    session: Session, happening: Happening, kind: LetterKind, number: str, language: str
) -> dict[str, Any]:
    """The head of a letter that an event issues."""
    definition, by = happening.context.compiled.definition, happening.by
    printed = heading(session, happening.dossier, definition, kind, number, happening.at, language)
    return {**printed, "official": by.name if by.kind == "official" else ""}


def heading(
    session: Session,
    dossier: Dossier,
    definition: Definition,
    kind: LetterKind,
    number: str,
    at: datetime,
    language: str,
) -> dict[str, Any]:
    """What every form prints of agency, applicant and dossier; a closed unit's successor writes for it."""
    return {
        **letterhead(session, receiving_unit(session, dossier), at, language),
        "form": phrases.form_number(kind, local_date(at), language),
        "number": number,
        "applicant": dossier.applicant,
        "procedure": definition.name.in_(language),
        "case_type": case_type_name(definition, dossier.case_type, language),
        "filing_number": dossier.filing_number,
        "code": dossier.code or "",
        "reference": dossier.code or dossier.filing_number,
    }


def letterhead(session: Session, unit: Unit, at: datetime, language: str) -> dict[str, Any]:
    """Who writes or is written to, where and when: the unit, or who does its work by then."""
    acting, on = acting_unit(session, unit, at), local_date(at)
    return {
        "timestamp": int(at.timestamp()),
        "agency": _agency(session, acting, on, language),
        "place": _place(session, acting, on),
        "dated": phrases.day(on, language),
        "unit": _unit(acting, name_on(session, acting, on).in_(language), language),
    }


def case_type_name(definition: Definition, key: str, language: str) -> str:
    """Its name; "" when the procedure has only one kind."""
    if len(definition.case_types) == 1:
        return ""
    return next((kind.name.in_(language) for kind in definition.case_types if kind.key == key), "")


def look_up_of(session: Session, dossier: Dossier) -> str:
    """Where a QR code leads: the look-up page with the number filled in."""
    return f"{office_of(session).address}/look-up?code={dossier.code or dossier.filing_number}"


def _agency(session: Session, unit: Unit, on: date, language: str) -> dict[str, str]:
    """The unit and the one above it, as they were called that day."""
    above = session.get(Unit, unit.parent_id) if unit.parent_id else None
    return {
        "above": name_on(session, above, on).in_(language) if above else "",
        "name": name_on(session, unit, on).in_(language),
    }


def _place(session: Session, unit: Unit, on: date) -> str:
    """The place named in the date line: the unit's own, else that of the unit above it."""
    asked: Unit | None = unit
    while asked is not None:
        if found := PLACE.search(name_on(session, asked, on).vi):
            return found[1]
        asked = session.get(Unit, asked.parent_id) if asked.parent_id else None
    return name_on(session, unit, on).vi


def _unit(unit: Unit, name: str, language: str) -> dict[str, str]:
    office = phrases.phrase("office", language, unit=name)
    return {
        "name": name,
        "office": office,
        "counter": ", ".join(part for part in (office, unit.address) if part),
        "contact": " – ".join(part for part in (unit.phone, unit.address) if part),
    }
