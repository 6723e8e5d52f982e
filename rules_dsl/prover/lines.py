"""Lines of a rule for the solver: which of them applies, as the reference meaning picks it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from rules_dsl import nodes as n
from rules_dsl.prover.logic import Term, all_of, any_of, negated
from rules_dsl.prover.meaning import truth_of
from rules_dsl.prover.symbols import Symbol
from rules_dsl.prover.world import At, World

Line = TypeVar("Line", bound=n.Clause)


@dataclass(frozen=True, slots=True)
class Lines(Generic[Line]):
    """`applied` is for each line when it is the one that counts; no two of them hold together.

    `none`: no line applies. `absent` and `unknown`: it is not known which applies.
    """

    lines: tuple[Line, ...]
    applied: tuple[Term, ...]
    none: Term
    absent: Term
    unknown: Term


def applies(line: n.Clause, at: At, world: World) -> Symbol:
    """Whether the line is in force and its condition holds."""
    dated = world.in_force(line.law, at)
    if line.when is None:
        return dated
    truth = truth_of(line.when, at, world)
    return Symbol(
        all_of(dated.term, truth.term),
        all_of(dated.holds, truth.absent),
        any_of(dated.unknown, all_of(dated.holds, truth.unknown)),
    )


def first_line(lines: Sequence[Line], at: At, world: World) -> Lines[Line]:
    """The first line that applies.

    A line of which it is unknown whether it applies leaves all behind it unreached; but among exemptions standing
    together a certain one counts, since all of them come to the same.
    """
    search = _Search()
    applied = tuple(search.next(line, applies(line, at, world)) for line in lines)
    unknown = any_of(search.unknown, search.doubt_unknown)
    absent = all_of(any_of(search.absent, search.doubt_absent), negated(unknown))
    return Lines(tuple(lines), applied, search.open, absent, unknown)


@dataclass(slots=True)
class _Search:
    """`open`: every line so far fails. The doubts are those of exemptions that still stand together."""

    open: Term = True
    doubt_absent: Term = False
    doubt_unknown: Term = False
    absent: Term = False
    unknown: Term = False

    def next(self, line: n.Clause, truth: Symbol) -> Term:
        """When the line is the one that counts."""
        if isinstance(line, n.Exempt):
            return self._exemption(truth)
        self.absent = any_of(self.absent, self.doubt_absent, all_of(self.open, truth.absent))
        self.unknown = any_of(self.unknown, self.doubt_unknown, all_of(self.open, truth.unknown))
        self.doubt_absent = self.doubt_unknown = False
        applied = all_of(self.open, truth.holds)
        self.open = all_of(self.open, truth.fails)
        return applied

    def _exemption(self, truth: Symbol) -> Term:
        reached = any_of(self.open, self.doubt_absent, self.doubt_unknown)
        remains = negated(truth.holds)
        self.doubt_absent = any_of(all_of(reached, truth.absent), all_of(self.doubt_absent, remains))
        self.doubt_unknown = any_of(all_of(reached, truth.unknown), all_of(self.doubt_unknown, remains))
        self.open = all_of(self.open, truth.fails)
        return all_of(reached, truth.holds)
