"""Which published procedures call which: noted at publication, because asking every definition would be slow."""

from collections.abc import Iterator, Mapping
from datetime import date

from sqlalchemy import ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from common.db import Base
from common.text import Text, sort_key
from procedure_library.definition import Definition
from procedure_library.models import Procedure, Version
from procedure_library.neighbours import Neighbours, calls_of
from procedure_library.queries import definition_of, version_in_force
from procedure_library.reference import decided_names
from procedure_library.staffing import staffed


class VersionCall(Base):
    """A procedure that steps of a version call, published or not."""

    __tablename__ = "version_calls"

    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id"), primary_key=True)
    procedure_key: Mapped[str] = mapped_column(String(80), primary_key=True)

    __table_args__ = (
        # Answers "which versions call this procedure".
        Index("ix_version_calls_procedure", "procedure_key"),
    )


class CallableVersion(Base):
    """A version that other procedures may call."""

    __tablename__ = "callable_versions"

    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id"), primary_key=True)


def callables(session: Session, on: date) -> Mapping[str, Text]:
    """The procedures that may be called that day, by key in the order of the dictionary."""
    ever = select(Procedure.key).join(Version, Version.procedure_id == Procedure.id)
    keys = session.scalars(ever.join(CallableVersion, CallableVersion.version_id == Version.id).distinct())
    found = ((key, in_force(session, key, on)) for key in keys)
    offered = [(key, each.name) for key, each in found if each is not None and each.interface is not None]
    return dict(sorted(offered, key=lambda each: sort_key(each[1].vi)))


def note_calls(session: Session, version: Version, definition: Definition) -> None:
    """Notes what a new version calls, and that it may be called."""
    if definition.interface is not None:
        session.add(CallableVersion(version_id=version.id))
    called = sorted({call.procedure for _step, call in calls_of(definition)})
    session.add_all(VersionCall(version_id=version.id, procedure_key=key) for key in called)


def neighbours_of(session: Session, definition: Definition, on: date) -> Neighbours:
    """The procedures in force that day that the definition calls, those that call it, the units that use it, and what
    has been decided for it."""
    units, anywhere = staffed(session, definition, on)
    callees = dict(_callees(session, definition, on))
    callers = tuple(callers_of(session, definition.key, on))
    return Neighbours(callees, callers, units, anywhere, decided_names(session, definition.key, on))


def in_force(session: Session, key: str, on: date) -> Definition | None:
    """What the procedure is that day; None: it is not offered."""
    version = version_in_force(session, key, on)
    return definition_of(session, version.id).definition if version else None


def _callees(session: Session, definition: Definition, on: date) -> Iterator[tuple[str, Definition]]:
    seen, ahead = {definition.key}, [definition]
    while ahead:
        for _step, call in calls_of(ahead.pop()):
            if call.procedure in seen:
                continue
            seen.add(call.procedure)
            if (called := in_force(session, call.procedure, on)) is not None:
                ahead.append(called)
                yield call.procedure, called


def callers_of(session: Session, key: str, on: date) -> Iterator[Definition]:
    """The procedures that call it in the version in force that day."""
    question = (
        select(Procedure.key)
        .join(Version, Version.procedure_id == Procedure.id)
        .join(VersionCall, VersionCall.version_id == Version.id)
        .where(VersionCall.procedure_key == key, Procedure.key != key)
        .distinct()
        .order_by(Procedure.key)
    )
    for caller in session.scalars(question):
        found = in_force(session, caller, on)
        if found is not None and any(call.procedure == key for _step, call in calls_of(found)):
            yield found
