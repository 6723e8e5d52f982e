"""What the engine is told about the world: the pinned law, the reference data, the answers, the units."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from msgspec.structs import replace

from common.problems import Refusal
from procedure_library.compiled import Compiled
from rules_dsl.evaluation import Reference
from runtime.engine.record import Law
from runtime.engine.settings import ids_of
from runtime.engine.state import Area, OpenTask


@dataclass(frozen=True, slots=True)
class Parties:
    """Whose dossier it is (None: filed at the counter without an account), and which unit works where."""

    owner: int | None
    units: Mapping[Area, int]

    def unit_of(self, task: OpenTask) -> int:
        """Which unit works on the task."""
        return task.unit or self.units[task.area]


@dataclass(frozen=True, slots=True)
class Past:
    """What rules may ask of the past that neither the state nor the answers hold. None: not asked, or not known.

    `reduced_this_year` counts the applicant's earlier dossiers of this kind in which an amount was reduced;
    `paid_on` is the day of the last payment.
    """

    reduced_this_year: int | None = None
    paid_on: date | None = None


NO_PAST = Past()


@dataclass(frozen=True, slots=True)
class Context:
    """`version` is the number of the row that published `compiled`; from reception on the pinned one.

    `answers` are those that the event refers to, else the stored ones. `area` is the area code of the
    receiving unit. `case_type` and `channel` come from the application. `functions` are the units that have, for this
    dossier, the functions that the definition names, or why there is none; `areas` the
    units by the code of their area, where rules assign tasks to areas. `entered` says since when the dossier rests
    at its steps, where the act counts their limits again.
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
    past: Past = NO_PAST
    functions: Mapping[str, int | Refusal] = field(default_factory=dict)
    areas: Mapping[str, int] = field(default_factory=dict)
    entered: Mapping[str, datetime] = field(default_factory=dict)

    @property
    def law(self) -> Law:
        settings, reduced = ids_of(self.reference.parameters), self.past.reduced_this_year
        law = Law(self.version, self.digest, settings=settings, reduced_this_year=reduced)
        if self.compiled.places is not None:
            law = replace(law, places=self.compiled.places.version)
        calendar = self.reference.calendar
        if calendar is None:
            return law
        stops = calendar.interruptions
        return replace(
            law,
            calendar=calendar.key,
            calendar_version=calendar.version,
            interruptions=stops.version,
            successors=stops.successors,
        )
