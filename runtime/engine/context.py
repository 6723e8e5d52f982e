"""What the engine is told about the world: the pinned law, the reference data, the answers, the units."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from procedure_library.compiled import Compiled
from rules_dsl.evaluation import Reference
from runtime.engine.record import Law
from runtime.engine.settings import ids_of
from runtime.engine.state import Area


@dataclass(frozen=True, slots=True)
class Parties:
    """Whose dossier it is (None: filed at the counter without an account), and which unit works where."""

    owner: int | None
    units: Mapping[Area, int]


@dataclass(frozen=True, slots=True)
class Context:
    """`version` is the number of the row that published `compiled`; from reception on the pinned one.

    `answers` are those that the event refers to, else the stored ones. `area` is the area code of the
    receiving unit. `case_type` and `channel` come from the application.
    """

    compiled: Compiled
    version: int
    digest: str
    reference: Reference
    answers: Mapping[str, Any]
    parties: Parties
    area: str
    case_type: str
    channel: str

    @property
    def law(self) -> Law:
        calendar, settings = self.reference.calendar, ids_of(self.reference.parameters)
        if calendar is None:
            return Law(self.version, self.digest, settings=settings)
        return Law(
            self.version,
            self.digest,
            calendar.key,
            calendar.version,
            calendar.interruptions.version,
            settings,
            calendar.interruptions.successors,
        )
