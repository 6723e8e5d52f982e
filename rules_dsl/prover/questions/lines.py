"""Lines of which the first that applies counts: some line always applies, and each applies somewhere."""

from collections.abc import Iterator, Sequence
from functools import partial

from rules_dsl import nodes as n
from rules_dsl.prover.amounts import giving
from rules_dsl.prover.asked import Asked
from rules_dsl.prover.lines import first_line
from rules_dsl.prover.logic import all_of
from rules_dsl.prover.proving import Proving
from rules_dsl.prover.questions.places import own_place
from rules_dsl.prover.trials import Trial

WithLines = n.AmountRule | n.Term | n.Choice | n.Assign


def about_lines(rule: WithLines, proving: Proving) -> Iterator[Asked]:
    lines = lines_of(rule)
    if not lines:
        return
    at, there = own_place(rule, proving.world)
    found = first_line(lines, at, proving.world)
    yield Asked(
        rule.name,
        "complete",
        rule,
        "rules.proof.no_line",
        all_of(there, found.none),
        partial(_has_no_line, rule),
        parameters={"name": rule.name},
    )
    for line, applied in zip(found.lines, found.applied, strict=True):
        yield Asked(
            rule.name,
            "alive",
            line,
            "rules.proof.line_never_applies",
            all_of(there, applied),
            partial(_counts, rule, lines, line),
            wanted="sometimes",
            parameters={"name": rule.name},
        )


def lines_of(rule: WithLines) -> Sequence[n.Clause]:
    match rule:
        case n.AmountRule():
            return giving(rule)
        case n.Term():
            return rule.clauses
        case n.Choice():
            return rule.options
    return rule.assignees


def _has_no_line(rule: WithLines, trial: Trial, _: Trial) -> bool:
    return trial.comes_to(rule.name, "rules.no_clause")


def _counts(rule: WithLines, lines: Sequence[n.Clause], line: n.Clause, trial: Trial, _: Trial) -> bool:
    return trial.counts(rule, lines, line)
