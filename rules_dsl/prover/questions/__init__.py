"""What is asked of each rule: every way in which a file that reads well may still leave somebody without an answer."""

from collections.abc import Iterator

from rules_dsl import nodes as n
from rules_dsl.prover.asked import Asked
from rules_dsl.prover.proving import Proving
from rules_dsl.prover.questions.amounts import about_amount
from rules_dsl.prover.questions.claims import about_claim
from rules_dsl.prover.questions.lines import about_lines
from rules_dsl.prover.questions.outcomes import about_outcome
from rules_dsl.prover.questions.tables import about_table


def questions_about(rule: n.AnyRule, proving: Proving) -> Iterator[Asked]:
    """The questions of one rule; each is put together only when it is its turn."""
    match rule:
        case n.AmountRule():
            yield from about_outcome(rule, proving)
            yield from about_lines(rule, proving)
            yield from about_amount(rule, proving)
        case n.Term() | n.Choice() | n.Assign():
            yield from about_outcome(rule, proving)
            yield from about_lines(rule, proving)
        case n.Condition() | n.Component():
            yield from about_outcome(rule, proving)
        case n.Table():
            yield from about_table(rule, proving)
        case n.Always():
            yield from about_claim(rule, proving)
