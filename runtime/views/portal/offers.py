"""What a procedure offers, case type by case type: the rules behind it, gathered for a page that people read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from common.text import Text
from procedure_library.compiled import Compiled
from procedure_library.definition import CaseType, Step
from rules_dsl.nodes import Component, Condition, Term
from runtime.views.portal.amounts import ToldAmount, told_amounts
from runtime.views.term import waits_for


@dataclass(frozen=True, slots=True)
class Offer:
    """One case type. `term` None: settled at once; `counted_from` None: its clock starts at reception.

    Each entry of `components` lists papers of which one is enough.
    """

    kind: CaseType
    term: Term | None
    amounts: tuple[ToldAmount, ...]
    components: tuple[tuple[Component, ...], ...]
    conditions: tuple[Condition, ...]
    counted_from: Text | None


def offers(session: Session, compiled: Compiled, on: date) -> tuple[Offer, ...]:
    """The case types in the order of the definition, with the amounts in force that day."""
    rules = {rule.name: rule for rule in compiled.rules.rules}
    return tuple(
        _offer(kind, rules, told_amounts(session, compiled, kind, on), compiled)
        for kind in compiled.definition.case_types
    )


def official_steps(compiled: Compiled) -> tuple[Step, ...]:
    """What the office does with a dossier on the way to what was asked for, in the order of the drawing."""
    granting = _leading_to_a_grant(compiled)
    return tuple(s for s in compiled.definition.steps if s.kind in ("task", "call") and s.key in granting)


def _leading_to_a_grant(compiled: Compiled) -> set[str]:
    """The steps from which an end that grants is reached without going back.

    A refusal is not on the way, nor is what is done only after papers had to be asked for.
    """
    onward = _onward(compiled)
    reached: set[str] = set()
    waiting = [step.key for step in compiled.definition.steps if step.ending == "granted"]
    while waiting:
        key = waiting.pop()
        if key not in reached:
            reached.add(key)
            waiting += [source for source, target in onward if target == key]
    return reached


def _onward(compiled: Compiled) -> set[tuple[str, str]]:
    """The moves of the graph, as (source, target), neither back to where one has been nor into a supplement."""
    steps = compiled.graph.steps
    onward: set[tuple[str, str]] = set()
    left: set[str] = set()

    def go(key: str, been: frozenset[str]) -> None:
        for transition in compiled.graph.exits(key):
            if transition.target not in been and steps[transition.target].kind != "supplement":
                onward.add((key, transition.target))
                if transition.target not in left:
                    go(transition.target, been | {transition.target})
        left.add(key)

    for start in compiled.graph.of_kind("start"):
        go(start.key, frozenset({start.key}))
    return onward


def _offer(
    kind: CaseType, rules: dict[str, Any], amounts: tuple[ToldAmount, ...], compiled: Compiled
) -> Offer:
    def named(names: Sequence[str]) -> tuple[Any, ...]:
        return tuple(rules[name] for name in names)

    term = rules[kind.term] if kind.term else None
    components = tuple(_alternatives(named(kind.components)))
    counted_from = waits_for(compiled, kind.key) if term and term.since else None
    return Offer(kind, term, amounts, components, named(kind.conditions), counted_from)


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
