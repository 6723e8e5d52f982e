"""Which units a definition means, for one dossier, by functions and by areas: asked of the directory, then kept."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from common.clock import local_date
from common.identity.functions import unit_with
from common.identity.models import Unit
from common.problems import Refusal
from procedure_library.compiled import Compiled
from rules_dsl.nodes import Assign
from runtime.engine.context import Context
from runtime.engine.record import Record


def with_functions(session: Session, context: Context, receiving: Unit, at: datetime) -> Context:
    """The context with those units, found from the receiving one; itself where the definition means none."""
    if _assigns_areas(context.compiled):
        context = replace(context, areas=_areas(session, local_date(at)))
    named = _named(context.compiled)
    if not named:
        return context
    found = {key: unit_with(session, key, receiving, local_date(at)) for key in named}
    return replace(context, functions={key: _number(unit) for key, unit in found.items()})


def functions_then(compiled: Compiled, record: Record) -> Mapping[str, int | Refusal]:
    """The units that were found for the tasks of a record, whatever the directory says by now."""
    asked = {(step.key, ask.key): ask.function for step in compiled.definition.steps for ask in step.asks}
    return {asked[task.step, task.ask]: task.unit for task in record.tasks if task.unit and task.ask}


def areas_then(compiled: Compiled, record: Record) -> Mapping[str, int]:
    """The units that were found for the areas to which its tasks were assigned."""
    said = {reading.rule: reading.value for reading in record.readings}
    tasks = (task for task in record.tasks if task.unit and not task.ask)
    return {
        said[rule]["area"]: task.unit for task in tasks if (rule := compiled.step(task.step).assign) in said
    }


def _assigns_areas(compiled: Compiled) -> bool:
    """Whether a task of it may go to another area than the receiving one."""
    rules = {step.assign for step in compiled.definition.steps if step.assign}
    assigns = (rule for rule in compiled.rules.rules if isinstance(rule, Assign) and rule.name in rules)
    return any(line.area is not None for rule in assigns for line in rule.assignees)


def _areas(session: Session, on: date) -> Mapping[str, int]:
    """The open units by the code of their area; of several the one that was there first."""
    units = session.scalars(select(Unit).where(Unit.area_code != "").order_by(Unit.id.desc()))
    return {unit.area_code: unit.id for unit in units if unit.is_open(on)}


def _named(compiled: Compiled) -> frozenset[str]:
    return frozenset(ask.function for step in compiled.definition.steps for ask in step.asks if ask.function)


def _number(unit: Unit | Refusal) -> int | Refusal:
    return unit if isinstance(unit, Refusal) else unit.id
