"""Puts a question to the solver, within a time, and finds the plainest case among those that answer it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Literal

import z3

from rules_dsl.prover.logic import Term, lifted
from rules_dsl.prover.unknowns import Unknowns

Answer = Literal["yes", "no", "unknown"]
OUT_OF_TIME, NOT_LINEAR = "rules.proof.out_of_time", "rules.proof.not_linear"
# A case is made plainer in so many steps at most, each so long.
STEPS, STEP_MILLISECONDS = 60, 300
OTHER_CASES = 4


@dataclass(slots=True)
class Stopwatch:
    """How long the questions of one rule may take together, and all questions: both in seconds."""

    seconds: float
    until: float = field(default=float("inf"))
    begun: float = field(default_factory=monotonic)

    @property
    def left(self) -> float:
        now = monotonic()
        return max(0.0, min(self.begun + self.seconds, self.until) - now)

    @property
    def spent(self) -> float:
        return monotonic() - self.begun


@dataclass(slots=True)
class Search:
    """Worlds in which `truths` hold. `reason` says why, when it is not known whether there is one."""

    unknowns: Unknowns
    truths: Sequence[Term]
    watch: Stopwatch
    reason: str = OUT_OF_TIME
    solver: Any = None

    def answer(self) -> Answer:
        """Whether there is such a world."""
        if any(truth is False for truth in self.truths):
            return "no"
        self.solver = z3.Solver(ctx=self.unknowns.ctx)
        every = (*self.unknowns.assumed, *self.truths)
        self.solver.add(*(lifted(truth, self.unknowns.ctx) for truth in every))
        return self._checked()

    def cases(self, wishes: Sequence[Term]) -> Iterator[Any]:
        """Models, the plainest first, then others that differ in what was wished; after an answer of yes."""
        for _ in range(OTHER_CASES):
            granted = self._granted(wishes)
            if self._checked(*granted) != "yes":
                return
            yield self.solver.model()
            if not wishes:
                return
            wishes = wishes[: len(wishes) // 2]

    def _granted(self, wishes: Sequence[Term]) -> list[Any]:
        """As many of the wishes as go together, the first ones before the last; as literals of the solver."""
        literals = [self._literal(wish) for wish in wishes if not isinstance(wish, bool)]
        rank = {str(literal): number for number, literal in enumerate(literals)}
        for _ in range(STEPS):
            if self._checked(*literals, milliseconds=STEP_MILLISECONDS) == "yes":
                break
            core = [str(literal) for literal in self.solver.unsat_core()] or [str(one) for one in literals[-8:]]
            least = max(core, key=lambda name: rank.get(name, -1), default=None)
            literals = [literal for literal in literals if str(literal) != least]
        return literals

    def _literal(self, wish: Term) -> Any:
        literal = self.unknowns.boolean("wish")
        self.solver.add(z3.Implies(literal, wish))
        return literal

    def _checked(self, *assumptions: Any, milliseconds: int | None = None) -> Answer:
        left = int(self.watch.left * 1000) if milliseconds is None else milliseconds
        if left <= 0:
            return "unknown"
        self.solver.set("timeout", left)
        found = self.solver.check(*assumptions)
        if found == z3.unknown:
            told = self.solver.reason_unknown()
            self.reason = OUT_OF_TIME if "timeout" in told or "canceled" in told else NOT_LINEAR
        return "yes" if found == z3.sat else "no" if found == z3.unsat else "unknown"
