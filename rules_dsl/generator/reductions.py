"""Generates how reductions lower an amount, alone and when several meet."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal

from rules_dsl import nodes as n
from rules_dsl.generator.lines import applying
from rules_dsl.generator.operations import compared, extreme, operated
from rules_dsl.generator.source import INDENT
from rules_dsl.generator.term import Term, aligned, constant
from rules_dsl.generator.ways import Ways
from rules_dsl.generator.working import Working
from rules_dsl.generator.writer import Writer
from rules_dsl.kind import INTEGER
from rules_dsl.moment import RulesNotChecked

NONE, WHOLE = constant(Decimal(0), INTEGER), constant(Decimal(1), INTEGER)


@dataclass(frozen=True, slots=True)
class Found:
    """A reduction that was looked at: `applies` is true where it applies, and `by` then has a value."""

    clause: n.Reduce
    number: int
    applies: str
    by: Term


def reduced_by(clause: n.Reduce, by: Term, amount: Term, ways: Ways, work: Working) -> None:
    """The amount less this reduction; never below zero."""
    by = work.told(by)
    cut = work.told(_cut(by, amount, work))
    rest = operated(amount, "-", cut, work.w)
    work.put(ways, rest, "trace.reduced", clause, {"by": by, "reduction": cut})


def _cut(by: Term, amount: Term, work: Working) -> Term:
    """A percentage of the amount, or an amount; at most the whole amount."""
    if not by.is_number:
        raise RulesNotChecked(f"reduced by {by.kind.name}")
    cut = by if by.kind.name == "money" else work.w.settle(operated(by, "*", amount, work.w))
    is_share = cut is not by and by.constant is not None and 0 <= by.constant <= 1
    if is_share and amount.low >= 0:
        return cut
    nothing = replace(NONE, kind=amount.kind)
    return extreme("largest", [extreme("smallest", [cut, amount], work.w), nothing], work.w)


def reduced_together(clauses: list[n.Reduce], amount: Term, work: Working) -> Term:
    """The amount after all reductions that apply, combined as the rule states."""
    found = [_looked_at(clause, number, work) for number, clause in enumerate(clauses)]
    return (_highest if work.rule.combine == "highest" else _waiver_first)(found, amount, work)


def _looked_at(clause: n.Reduce, number: int, work: Working) -> Found:
    w = work.w
    applies = w.fresh("reduces")
    w.line(f"{applies} = False")
    with applying(clause, w):
        by = w.hold(work.value(clause.by), "by")
        w.line(f"{applies} = True")
        w.log(str(number))
    return Found(clause, number, applies, by)


@contextmanager
def _reducing(found: Found, head: str, work: Working) -> Iterator[None]:
    """Where this reduction is the one that counts; what was read for it is its reason again."""
    with work.w.block(head):
        work.w.log(str(~found.number))
        yield


def _waiver_first(found: list[Found], amount: Term, work: Working) -> Term:
    """A reduction of the whole stands alone; without one, one after the other."""
    w = work.w
    ways = work.changed(amount, always=True)
    head = "if"
    for each in found:
        waives = _waives(each, w)
        if waives:
            with _reducing(each, f"{head} {waives}:", work):
                reduced_by(each.clause, each.by, amount, ways, work)
            head = "elif"
    with w.block("else:" if head == "elif" else "if True:"):
        for each in found:
            after = work.changed(amount)
            with _reducing(each, f"if {each.applies}:", work):
                reduced_by(each.clause, each.by, amount, after, work)
            amount = after.end()
        ways.put(amount)
    return ways.end()


def _waives(found: Found, w: Writer) -> str:
    if found.by.kind.name == "money" or (found.by.constant is not None and found.by.constant != 1):
        return ""
    if found.by.constant is not None:
        return found.applies
    return f"{found.applies} and {compared(found.by, '=', replace(WHOLE, kind=found.by.kind), w).code}"


def _highest(found: list[Found], amount: Term, work: Working) -> Term:
    """The first of those that lower the amount most."""
    w = work.w
    cuts = _cuts(found, amount, work)
    highest, chosen = w.fresh("highest"), w.fresh("chosen")
    w.line(f"{highest} = None")
    for each, cut in zip(found, cuts, strict=True):
        w.line(f"if {each.applies} and ({highest} is None or {cut.code} > {highest}):")
        w.line(f"{INDENT}{highest}, {chosen} = {cut.code}, {each.number}")
    ways = work.changed(amount)
    with w.block(f"if {highest} is not None:"):
        cut = replace(
            cuts[0], code=highest, low=min(c.low for c in cuts), high=max(c.high for c in cuts), binding=3
        )
        way = ways.put(w.settle(operated(amount, "-", cut, w)))
        for each in found if w.traced else ():
            with _reducing(each, f"if {chosen} == {each.number}:", work):
                told = {"by": each.by, "reduction": cut}
                way.drafts.append(work.note(ways, "trace.reduced", each.clause, told))
    return ways.end()


def _cuts(found: list[Found], amount: Term, work: Working) -> tuple[Term, ...]:
    """What each takes away, all counting alike; looked at only where it applies."""
    w, cuts = work.w, []
    for each in found:
        with w.block(f"if {each.applies}:"):
            variable = w.fresh("cut")
            cut = _cut(each.by, amount, work)
            w.line(f"{variable} = {cut.code}")
            cuts.append(replace(cut, code=variable, binding=3, constant=None))
    return aligned(*cuts)
