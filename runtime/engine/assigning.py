"""Who gets a task whose role and area a rule says, asked when the step is entered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from common.problems import Refusal
from rules_dsl.evaluation import Assignment, Evaluation
from rules_dsl.facts import Facts
from runtime.engine import amounts
from runtime.engine.context import Context


@dataclass(frozen=True, slots=True)
class Assigned:
    """By step whom the rules name, and the rules that were read."""

    by_step: Mapping[str, Assignment]
    read: tuple[Evaluation, ...]


def assigned(context: Context, facts: Facts, entered: Iterable[str]) -> Assigned | Refusal:
    """The assignments of the steps entered; a Refusal where one is not known: nobody would see the task."""
    found: dict[str, Assignment] = {}
    read: list[Evaluation] = []
    for step in (context.compiled.step(key) for key in entered):
        rules = amounts.evaluate(context, facts, (step.assign,) if step.assign else ())
        if refusal := amounts.known(context, rules):
            return refusal
        read += rules
        for rule in rules:
            assert isinstance(rule.value, Assignment)
            found[step.key] = rule.value
    return Assigned(found, tuple(read))


def unit_in(context: Context, area: str | None) -> int | Refusal:
    """Which unit works there; 0 is the receiving unit."""
    if area is None or area == context.area:
        return 0
    unit = context.areas.get(area)
    return Refusal("dossiers.no_unit_in_area", {"area": area}) if unit is None else unit
