"""What a command calls a procedure: its key, or its key and the number of a version."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from common.problems import Finding
from procedure_library.codec import decode
from procedure_library.definition import Definition
from procedure_library.models import DefinitionRow, Procedure, Version
from procedure_library.queries import last_version


def find(session: Session, source: str, on: date) -> Definition | tuple[Finding, ...]:
    """The definition called KEY or KEY@NUMBER; a finding when there is none.

    KEY is the version in force on that day, of a retired procedure the last.
    """
    key, _, number = source.partition("@")
    version = _numbered(session, key, number) if number else last_version(session, key, on)
    if version is None:
        return (Finding("procedures.source.unknown", source, {"source": source}),)
    return decode(session.get_one(DefinitionRow, version.digest).content)


def _numbered(session: Session, key: str, number: str) -> Version | None:
    # Longer numbers are no version, and no integer of the database.
    if not number.isdecimal() or len(number) > 6:
        return None
    of_procedure = select(Version).where(Version.procedure.has(Procedure.key == key))
    return session.scalars(of_procedure.where(Version.number == int(number))).first()
