"""What a command calls a procedure: its key, or its key and the number of a version."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from common.problems import Finding
from procedure_library.codec import decode
from procedure_library.definition import Definition
from procedure_library.models import DefinitionRow, Procedure, Version
from procedure_library.queries import version_in_force


def find(session: Session, source: str, on: date) -> Definition | tuple[Finding, ...]:
    """The definition called KEY (in force on that day) or KEY@NUMBER; a finding when there is none."""
    key, _, number = source.partition("@")
    version = _numbered(session, key, number) if number else version_in_force(session, key, on)
    if version is None:
        return (Finding("procedures.source.unknown", source, {"source": source}),)
    return decode(session.get_one(DefinitionRow, version.digest).content)


def _numbered(session: Session, key: str, number: str) -> Version | None:
    # Longer numbers are no version, and no integer of the database.
    if not number.isdecimal() or len(number) > 6:
        return None
    of_procedure = select(Version).where(Version.procedure.has(Procedure.key == key))
    return session.scalars(of_procedure.where(Version.number == int(number))).first()
