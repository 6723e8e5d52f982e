"""Puts a question to the solver, within a time, and finds the plainest case among those that answer it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Literal

import z3

from rules_dsl.prover.logic import Term, equal, lifted
from rules_dsl.prover.patience import patient
from rules_dsl.prover.unknowns import Unknowns

Answer = Literal["yes", "no", "unknown"]
OUT_OF_TIME, NOT_LINEAR = "rules.reason.out_of_time", "rules.reason.not_linear"
# What is easy is answered in so many milliseconds.
AT_ONCE = 200
# A case is made plain in so long at most, step by step.
PLAINER_SECONDS, STEP_MILLISECONDS = 1.0, 200


@dataclass(slots=True)
class Stopwatch:
    """How long the questions of one rule may take together, and all questions: both in seconds."""

    seconds: float
    until: float = field(default=float("inf"))
    begun: float = field(default_factory=monotonic)

    @property
    def left(self) -> float:
        allowed = patient(min(self.seconds, self.until - self.begun))
        return max(0.0, self.begun + allowed - monotonic())

    @property
    def spent(self) -> float:
        return monotonic() - self.begun


@dataclass(slots=True)
class Search:
    """Worlds in which `truths` hold. `reason` says why, when it is not known whether there is one.

    `factors` are unknowns that are multiplied by others somewhere: with one of them fixed the question is an easy
    one. That finds a case, and never shows that there is none. `likely`: a case is expected. `share` is how much of
    the time left may be spent on this question, since others may follow.
    """

    unknowns: Unknowns
    truths: Sequence[Term]
    factors: Sequence[Term]
    watch: Stopwatch
    likely: bool = False
    share: float = 0.5
    reason: str = OUT_OF_TIME
    solver: Any = None

    def answer(self) -> Answer:
        """Whether there is such a world.

        Where there is none though products may be anything between their bounds, there is none at all.
        """
        if any(truth is False for truth in self.truths):
            return "no"
        self.solver = z3.Solver(ctx=self.unknowns.ctx)
        every = (*self.unknowns.assumed, *self.truths)
        self.solver.add(*(lifted(truth, self.unknowns.ctx) for truth in every))
        if not (self.unknowns.later or self.unknowns.products):
            return self._checked()
        found = self._at_once()
        if self.unknowns.later and found != "no" and not self.likely:
            self.unknowns.settle()
            self.solver.add(*(lifted(truth, self.unknowns.ctx) for truth in self.unknowns.assumed))
            found = self._at_once()
        if found == "no":
            return found
        return self._with_products() if self.unknowns.products else self._checked()

    def _with_products(self) -> Answer:
        self.solver.add(*self.unknowns.products)
        easy_first = (self._easy, self._at_once) if self.likely else (self._at_once, self._easy)
        found: Answer = "unknown"
        for attempt in (*easy_first, self._checked):
            if found == "unknown":
                found = attempt()
        return found

    def _at_once(self) -> Answer:
        return self._checked(milliseconds=AT_ONCE)

    def _easy(self) -> Answer:
        found = self._checked(*self._fixed(), milliseconds=AT_ONCE)
        return found if found == "yes" else "unknown"

    def _fixed(self) -> list[Any]:
        return [self._literal(equal(factor, 1)) for factor in self.factors]

    def cases(self, wishes: Sequence[Term], *, plainest_first: bool) -> Iterator[Any]:
        """Models, after an answer of yes. Making them plain takes time of its own: they are made when asked for."""
        found = self.solver.model()
        if not plainest_first:
            yield found
        self.watch = Stopwatch(PLAINER_SECONDS)
        if self._checked(*self._granted(wishes)) == "yes":
            yield self.solver.model()
        if plainest_first:
            yield found

    def _granted(self, wishes: Sequence[Term]) -> list[Any]:
        """As many of the wishes as go together, the first ones before the last; as literals of the solver."""
        literals = [self._literal(wish) for wish in wishes if not isinstance(wish, bool)]
        rank = {str(literal): number for number, literal in enumerate(literals)}
        while literals and self.watch.left > 0:
            answer = self._checked(*literals, milliseconds=STEP_MILLISECONDS)
            if answer == "yes":
                break
            # Of wishes that do not go together the last one is given up; of too many to tell, the last few.
            core = [str(literal) for literal in self.solver.unsat_core()] if answer == "no" else []
            given_up = {max(core, key=rank.__getitem__)} if core else {str(each) for each in literals[-8:]}
            literals = [literal for literal in literals if str(literal) not in given_up]
        return literals

    def _literal(self, wish: Term) -> Any:
        literal = self.unknowns.boolean("wish")
        self.solver.add(z3.Implies(literal, wish))
        return literal

    def _checked(self, *assumptions: Any, milliseconds: int | None = None) -> Answer:
        left = int(self.watch.left * 1000 * self.share)
        left = left if milliseconds is None else min(left, int(patient(milliseconds)))
        if left <= 0:
            return "unknown"
        self.solver.set("timeout", left)
        found = self.solver.check(*assumptions)
        if found == z3.unknown:
            told = self.solver.reason_unknown()
            self.reason = OUT_OF_TIME if "timeout" in told or "canceled" in told else NOT_LINEAR
        return "yes" if found == z3.sat else "no" if found == z3.unsat else "unknown"
