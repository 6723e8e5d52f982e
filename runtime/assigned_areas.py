"""The units by the area they work in, for rules that assign tasks to areas: read from the directory, then kept."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from common.identity.models import Unit
from procedure_library.compiled import Compiled
from rules_dsl.nodes import Assign
from runtime.engine.record import Record


def units_by_area(session: Session, compiled: Compiled, on: date) -> Mapping[str, int]:
    """The open units by the code of their area, of several the one that was there first; empty where no task of
    the definition may go to another area."""
    if not _assigns_areas(compiled):
        return {}
    units = session.scalars(select(Unit).where(Unit.area_code != "").order_by(Unit.id.desc()))
    return {unit.area_code: unit.id for unit in units if unit.is_open(on)}


def areas_then(compiled: Compiled, record: Record) -> Mapping[str, int]:
    """The units that were found for the areas to which the tasks of a record were assigned."""
    said = {reading.rule: reading.value for reading in record.readings}
    tasks = (task for task in record.tasks if task.unit and not task.ask)
    return {
        said[rule]["area"]: task.unit for task in tasks if (rule := compiled.step(task.step).assign) in said
    }


def _assigns_areas(compiled: Compiled) -> bool:
    rules = {step.assign for step in compiled.definition.steps if step.assign}
    assigns = (rule for rule in compiled.rules.rules if isinstance(rule, Assign) and rule.name in rules)
    return any(line.area is not None for rule in assigns for line in rule.assignees)
