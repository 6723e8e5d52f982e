"""What the solver does not know: fresh unknowns of one context, and what is assumed of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import z3

from rules_dsl.prover.logic import Term


@dataclass(slots=True)
class Unknowns:
    """Names are numbered, so that two unknowns are never the same by accident.

    `assumed` holds in every world: what the form admits, and what ties helpers to what they help. So do `products`,
    each an unknown that is the product of two others: kept apart, because solvers are slow at them, and most
    questions are answered without knowing more of a product than its bounds. `later` finds out what costs time and is
    assumed only when a question is not answered without it.
    """

    ctx: Any = field(default_factory=z3.Context)
    assumed: list[Term] = field(default_factory=list)
    products: list[Term] = field(default_factory=list)
    later: list[Callable[[], None]] = field(default_factory=list)
    _numbers: Any = field(default_factory=count)

    def boolean(self, name: str) -> Term:
        return z3.Bool(self._fresh(name), self.ctx)

    def integer(self, name: str) -> Term:
        return z3.Int(self._fresh(name), self.ctx)

    def real(self, name: str) -> Term:
        return z3.Real(self._fresh(name), self.ctx)

    def assume(self, *truths: Term) -> None:
        self.assumed += [truth for truth in truths if truth is not True]

    def settle(self) -> None:
        """Finds out what was left for later, in the order in which it was left."""
        while self.later:
            self.later.pop(0)()

    def _fresh(self, name: str) -> str:
        return f"{name}#{next(self._numbers)}"
