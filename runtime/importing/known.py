"""What the rows may name: units, procedures, case types and steps of this house. Asked once for each file."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from common.identity.models import Unit
from common.text import folded
from procedure_library.compiled import Compiled
from procedure_library.models import Procedure, Version
from procedure_library.queries import definition_of, last_version
from runtime.engine.importing import standing_places


@dataclass(slots=True)
class Known:
    """`today` is the day of the import: what was received before any version here lives under that of today."""

    session: Session
    today: date
    _units: dict[str, Unit] = field(default_factory=dict)
    _versions: dict[tuple[str, date], Version | None] = field(default_factory=dict)

    def unit(self, name: str) -> Unit | None:
        """By code, key or Vietnamese name; closed ones are known as well."""
        if not self._units:
            for unit in self.session.scalars(select(Unit)):
                self._units |= {unit.code.upper(): unit, unit.key: unit, folded(unit.name_vi): unit}
        return self._units.get(name.upper()) or self._units.get(name) or self._units.get(folded(name))

    def version(self, name: str, received_on: date) -> Version | None:
        """The version in force on the day of reception, else that of today; of a retired procedure the last one.

        `name` is the national code or the key.
        """
        asked = (name, received_on)
        if asked not in self._versions:
            key = self._key(name)
            found = key and (
                last_version(self.session, key, received_on) or last_version(self.session, key, self.today)
            )
            self._versions[asked] = found or None
        return self._versions[asked]

    def _key(self, name: str) -> str | None:
        by_code = select(Procedure.key).join(Version, Version.procedure_id == Procedure.id)
        return self.session.scalars(
            by_code.where((Version.code == name) | (Procedure.key == name)).limit(1)
        ).first()

    def compiled(self, version: Version) -> Compiled:
        return definition_of(self.session, version.id)


def case_type_named(compiled: Compiled, name: str) -> str | None:
    """Its key; of a procedure with only one, that one when none is named."""
    kinds = compiled.definition.case_types
    if not name:
        return kinds[0].key if len(kinds) == 1 else None
    return next(
        (kind.key for kind in kinds if _is_called(name, (kind.key, kind.name.vi, kind.name.en))), None
    )


def step_named(compiled: Compiled, name: str) -> str | None:
    """The key of a step at which a dossier may stand."""
    for key in standing_places(compiled.graph):
        step = compiled.step(key)
        if _is_called(name, (step.key, step.name.vi, step.name.en)):
            return key
    return None


def steps_told(compiled: Compiled) -> str:
    """The names that a row may say, in the order of the drawing."""
    places = standing_places(compiled.graph)
    return ", ".join(step.name.vi for step in compiled.definition.steps if step.key in places)


def _is_called(name: str, names: Iterable[str | None]) -> bool:
    return folded(name) in {folded(each) for each in names if each}
