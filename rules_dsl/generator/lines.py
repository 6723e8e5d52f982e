"""Generates which lines of a rule apply."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from rules_dsl import nodes as n
from rules_dsl.generator.expressions import truth_of
from rules_dsl.generator.term import Term
from rules_dsl.generator.ways import Ways
from rules_dsl.generator.writer import Writer
from rules_dsl.kind import BOOLEAN


def is_conditional(clause: n.Clause) -> bool:
    return clause.when is not None or clause.law.is_dated


@contextmanager
def applying(clause: n.Clause, w: Writer, *tests: str) -> Iterator[None]:
    """What is written inside runs where the line applies; where that is not known, the function ends.

    `tests` must hold before the line is looked at.
    """
    with ExitStack() as blocks:
        for test in tests:
            blocks.enter_context(w.block(f"if {test}:"))
        w.forget()
        if clause.law.is_dated:
            in_force = w.settle(w.in_force(clause.law))
            blocks.enter_context(w.block(f"if {in_force.code}:"))
        if clause.when is not None:
            holds = w.settle(truth_of(clause.when, w))
            blocks.enter_context(w.block(f"if {holds.code}:"))
        yield


def applies(clause: n.Clause, w: Writer) -> Term:
    """Whether the line is in force and its condition holds, as a value: for where an unknown line may not matter."""
    w.forget()
    if not clause.law.is_dated:
        return Term("True", BOOLEAN) if clause.when is None else truth_of(clause.when, w)
    ways = Ways(w, w.fresh("applies"))
    ways.put(w.in_force(clause.law))
    if clause.when is not None:
        with w.block(f"if {ways.variable} is True:"):
            ways.put(truth_of(clause.when, w))
    return ways.end()
