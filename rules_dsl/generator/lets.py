"""Generates a name for an expression as a value of its own, for who shows it: rules read it in its place."""

from collections.abc import Callable
from dataclasses import dataclass

from rules_dsl import nodes as n
from rules_dsl.generator.expressions import value_of
from rules_dsl.generator.logbook import shape_of
from rules_dsl.generator.program import Program
from rules_dsl.generator.writer import Writer
from rules_dsl.recording import Shape
from rules_dsl.unknown import Unknown
from rules_dsl.values import Value


@dataclass(frozen=True, slots=True)
class Shown:
    """The function of a let, and how what it gives becomes a value as the rules know it."""

    function: str
    shape: Shape

    def value(self, given: Callable[..., object], *world: object) -> Value | Unknown:
        found = given(*world, {})
        return found if isinstance(found, Unknown) else self.shape(found)


def shown(program: Program, let: n.Let) -> Shown:
    """The let worked out by the law of the day of reception, as most rules are."""
    w = Writer.of(program, "reception", traced=False)
    w.leave_if_lapsed(let)
    term = w.settle(value_of(let.value, w))
    w.line(f"return {term.code}")
    return Shown(w.finish("shown", let.name), shape_of(term))
