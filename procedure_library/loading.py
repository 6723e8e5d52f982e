"""Brings what ships with the product into a database: calendar, provinces and communes, procedures. Loading again does
no harm."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from common.identity.actor import machine
from common.problems import MotcuaError
from form_builder.places import COMMUNES
from procedure_library.definition import Definition
from procedure_library.models import Procedure, Version
from procedure_library.neighbours import calls_of
from procedure_library.package import read_package
from procedure_library.place_lists import FORMER_COMMUNES, Origin, is_recorded, record_former, record_list
from procedure_library.publishing import Basis, publish
from procedure_library.ready_made import local_amounts, national_calendar, packages
from procedure_library.reference import (
    CalendarRow,
    ParameterRow,
    record_calendar,
    record_parameter,
)
from procedure_library.shipped_places import (
    BASIS,
    FORMER,
    TODAY,
    TWO_LEVELS_SINCE,
    former_communes,
    national_entries,
    source_of,
)

# Before any dossier this software can have: the ready-made procedures are law since long.
IN_FORCE_SINCE = date(2025, 1, 1)
LOADER = machine("Motcua")


def load_library(session: Session, *, at: datetime) -> None:
    """The national calendar and lists, and a version of each ready-made procedure that nobody has changed since."""
    load_calendar(session, at=at)
    load_places(session, at=at)
    for definition in called_first([_read(folder) for folder in packages()]):
        _load(session, definition, at)


def called_first(definitions: Sequence[Definition]) -> Iterator[Definition]:
    """Those that others call before their callers: a call is checked against what is published."""
    waiting = {definition.key: definition for definition in definitions}
    while waiting:
        ready = [each for each in waiting.values() if not waiting.keys() & _called(each)]
        for definition in ready or list(waiting.values()):
            yield waiting.pop(definition.key)


def _called(definition: Definition) -> set[str]:
    return {call.procedure for _step, call in calls_of(definition)}


def _read(folder: Path) -> Definition:
    definition = read_package(folder)
    if not isinstance(definition, Definition):
        raise MotcuaError(f"{folder.name}: {definition[0].code} in {definition[0].where}")
    return definition


def load_calendar(session: Session, *, at: datetime) -> None:
    """The calendar that ships, unless this version of it is there."""
    shipped = national_calendar()
    calendar = shipped.calendar
    same = (CalendarRow.key == calendar.key, CalendarRow.version == calendar.version)
    if session.scalars(select(CalendarRow).where(*same)).first() is None:
        record_calendar(
            session, calendar, effective_from=shipped.effective_from, basis=shipped.basis, by=LOADER, at=at
        )


def load_places(session: Session, *, at: datetime) -> None:
    """The provinces and communes that ship, and what became of former ones, unless these editions are there."""
    today, former = (Origin(TWO_LEVELS_SINCE, BASIS, source_of(package)) for package in (TODAY, FORMER))
    if not is_recorded(session, COMMUNES, today.source):
        record_list(session, national_entries(), today, by=LOADER, at=at)
    if not is_recorded(session, FORMER_COMMUNES, former.source):
        record_former(session, former_communes(), former, by=LOADER, at=at)


def load_demo_amounts(session: Session, *, area: str, at: datetime) -> None:
    """The amounts of the demo province, decided by that area, unless it has decided already."""
    for amount in local_amounts():
        decided = select(ParameterRow).where(
            ParameterRow.procedure_key == amount.procedure,
            ParameterRow.name == amount.name,
            ParameterRow.area == area,
            ParameterRow.keys == list(amount.value.keys),
        )
        if session.scalars(decided).first() is None:
            record_parameter(
                session,
                amount.procedure,
                amount.name,
                amount.value,
                area=area,
                basis=amount.value.cites[0],
                by=LOADER,
                at=at,
            )


def _load(session: Session, definition: Definition, at: datetime) -> None:
    """Publishes unless the procedure has versions: an agency's own changes are never published over."""
    published = select(Version).join(Version.procedure).where(Procedure.key == definition.key)
    if session.scalars(published.limit(1)).first() is not None:
        return
    basis = Basis(definition.announced_by or definition.legal_basis[0].number)
    version = publish(session, definition, by=LOADER, at=at, basis=basis, effective_from=IN_FORCE_SINCE)
    if isinstance(version, tuple):
        raise MotcuaError(f"{definition.key}: {version[0].code} in {version[0].where}")
