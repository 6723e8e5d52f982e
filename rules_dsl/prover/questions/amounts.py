"""Of a charge or fee: its brackets leave no gap and do not contradict each other, its changes take effect
somewhere, and reductions that meet say how they combine."""

from collections.abc import Iterator
from functools import partial
from itertools import combinations

from rules_dsl import nodes as n
from rules_dsl.prover.amounts import giving, lines_of
from rules_dsl.prover.asked import Asked
from rules_dsl.prover.lines import applies
from rules_dsl.prover.logic import Term, all_of, any_of, equal, negated
from rules_dsl.prover.proving import Proving
from rules_dsl.prover.questions.places import own_place
from rules_dsl.prover.tariffs import LOWER, BracketLines, bracket_amount, bracket_lines
from rules_dsl.prover.trials import Trial
from rules_dsl.prover.world import At


def about_amount(rule: n.AmountRule, proving: Proving) -> Iterator[Asked]:
    at, there = own_place(rule, proving.world)
    lines = lines_of(rule, at, proving.world)
    for line, applied in zip(lines.lines, lines.applied, strict=True):
        if isinstance(line, n.Brackets):
            yield from _brackets(rule, line, all_of(there, applied), at, proving)
    due = [
        when for line, when in zip(lines.lines, lines.applied, strict=True) if not isinstance(line, n.Exempt)
    ]
    yield from _changes(rule, all_of(there, any_of(*due) if lines.lines else True), at, proving)


def _brackets(
    rule: n.AmountRule, clause: n.Brackets, there: Term, at: At, proving: Proving
) -> Iterator[Asked]:
    found = bracket_lines(clause, at, proving.world)
    reached = all_of(there, found.quantity.known)
    told = {"name": rule.name}
    yield Asked(
        rule.name,
        "complete",
        clause,
        "rules.proof.no_bracket",
        all_of(reached, found.none),
        partial(_has_no_bracket, rule),
        parameters=told,
    )
    for row, applied in zip(clause.rows, found.applied, strict=True):
        shown = partial(_in_bracket, rule, clause, row)
        truth = all_of(reached, applied)
        code = "rules.proof.bracket_never_applies"
        yield Asked(rule.name, "alive", row, code, truth, shown, wanted="sometimes", parameters=told)
    for one, other in combinations(range(len(clause.rows)), 2):
        if any(bound.kind in LOWER for bound in clause.rows[other].bounds):
            yield _overlap(rule, clause, (one, other), (found, reached), at, proving)


def _overlap(
    rule: n.AmountRule,
    clause: n.Brackets,
    pair: tuple[int, int],
    found: tuple[BracketLines, Term],
    at: At,
    proving: Proving,
) -> Asked:
    """Both brackets name the quantity, and they give different amounts."""
    lines, reached = found
    one, other = (bracket_amount(clause, number, lines, at, proving.world) for number in pair)
    differ = all_of(one.known, other.known, negated(equal(one.term, other.term)))
    first, second = (clause.rows[number] for number in pair)
    return Asked(
        rule.name,
        "unique",
        second,
        "rules.proof.two_brackets",
        all_of(reached, *(lines.own[number] for number in pair), differ),
        partial(_both_brackets, rule, clause, first, second),
        parameters={"name": rule.name, "first": first.place.line},
    )


def _changes(rule: n.AmountRule, due: Term, at: At, proving: Proving) -> Iterator[Asked]:
    changes = [clause for clause in rule.clauses if not isinstance(clause, n.GIVING)]
    when = {id(clause): applies(clause, at, proving.world).holds for clause in changes}
    for clause in changes:
        yield Asked(
            rule.name,
            "alive",
            clause,
            "rules.proof.line_never_applies",
            all_of(due, when[id(clause)]),
            partial(_changes_it, rule, (clause,)),
            wanted="sometimes",
            parameters={"name": rule.name},
        )
    reductions = [clause for clause in changes if isinstance(clause, n.Reduce)]
    for one, other in combinations(reductions, 2) if rule.combine is None else ():
        yield Asked(
            rule.name,
            "combined",
            other,
            "rules.proof.reductions_meet",
            all_of(due, when[id(one)], when[id(other)]),
            partial(_changes_it, rule, (one, other)),
            parameters={"name": rule.name, "first": one.place.line},
        )


def _has_no_bracket(rule: n.AmountRule, trial: Trial, _: Trial) -> bool:
    return trial.comes_to(rule.name, "rules.no_clause")


def _in_bracket(rule: n.AmountRule, clause: n.Brackets, row: n.Bracket, trial: Trial, _: Trial) -> bool:
    return trial.in_bracket(rule, giving(rule), clause, row)


def _both_brackets(
    rule: n.AmountRule, clause: n.Brackets, one: n.Bracket, other: n.Bracket, trial: Trial, _: Trial
) -> bool:
    return trial.brackets_differ(rule, giving(rule), clause, (one, other))


def _changes_it(rule: n.AmountRule, lines: tuple[n.Clause, ...], trial: Trial, _: Trial) -> bool:
    return trial.changes(rule, giving(rule), *lines)
