"""What a procedure offers, case type by case type: the rules behind it, gathered for a page that people read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from procedure_library.compiled import Compiled
from procedure_library.definition import CaseType, Step
from rules_dsl.nodes import AmountRule, Component, Condition, Term


@dataclass(frozen=True, slots=True)
class Offer:
    """One case type. `term` None: settled at once. Each entry of `components` lists papers of which one is enough."""

    kind: CaseType
    term: Term | None
    amounts: tuple[AmountRule, ...]
    components: tuple[tuple[Component, ...], ...]
    conditions: tuple[Condition, ...]


def offers(compiled: Compiled) -> tuple[Offer, ...]:
    """The case types in the order of the definition."""
    rules = {rule.name: rule for rule in compiled.rules.rules}
    return tuple(_offer(kind, rules) for kind in compiled.definition.case_types)


def official_steps(compiled: Compiled) -> tuple[Step, ...]:
    """What the office does with a dossier, in the order in which it was drawn."""
    return tuple(step for step in compiled.definition.steps if step.kind == "task")


def _offer(kind: CaseType, rules: dict[str, Any]) -> Offer:
    def named(names: Sequence[str]) -> tuple[Any, ...]:
        return tuple(rules[name] for name in names)

    term = rules[kind.term] if kind.term else None
    components = tuple(_alternatives(named(kind.components)))
    return Offer(kind, term, named(kind.amounts), components, named(kind.conditions))


def _alternatives(components: tuple[Component, ...]) -> Iterator[tuple[Component, ...]]:
    """Papers one by one; those of one group together, where the first of them stands."""
    told: set[str] = set()
    for component in components:
        group = component.one_of
        if group is None:
            yield (component,)
        elif group not in told:
            told.add(group)
            yield tuple(each for each in components if each.one_of == group)
