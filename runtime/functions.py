"""Which units have, for one dossier, the functions that its definition names: asked of the directory, then kept."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from common.identity.functions import unit_with
from common.identity.models import Unit
from common.problems import Refusal
from procedure_library.compiled import Compiled
from runtime.engine.record import Record


def units_with_functions(
    session: Session, compiled: Compiled, receiving: Unit, on: date
) -> Mapping[str, int | Refusal]:
    """Those units, found from the receiving one; empty where the definition names no function."""
    found = {key: unit_with(session, key, receiving, on) for key in sorted(_named(compiled))}
    return {key: _number(unit) for key, unit in found.items()}


def functions_then(compiled: Compiled, record: Record) -> Mapping[str, int | Refusal]:
    """The units that were found for the tasks of a record, whatever the directory says by now."""
    asked = {(step.key, ask.key): ask.function for step in compiled.definition.steps for ask in step.asks}
    return {asked[task.step, task.ask]: task.unit for task in record.tasks if task.ask and task.unit}


def _named(compiled: Compiled) -> frozenset[str]:
    return frozenset(ask.function for step in compiled.definition.steps for ask in step.asks if ask.function)


def _number(unit: Unit | Refusal) -> int | Refusal:
    return unit if isinstance(unit, Refusal) else unit.id
