"""Decides, for every rule of a file and over all answers its form admits, whether it does what it should.

Refuted: there is a case, it is valid under the form, and the reference meaning comes out wrong on it. Proved: the
solver has shown that there is none. Not decided: anything else, with the reason; it is never taken for fine.
"""

from collections.abc import Collection, Iterator, Mapping
from time import monotonic
from typing import Any, get_args

from rules_dsl import nodes as n
from rules_dsl.evaluation import Reference
from rules_dsl.fact_types import Scope
from rules_dsl.prover.answering import Answering
from rules_dsl.prover.judging import Judge, judge_of
from rules_dsl.prover.proof import Proof, Question
from rules_dsl.prover.proving import Proving
from rules_dsl.prover.questions import questions_about
from rules_dsl.prover.searching import Stopwatch
from rules_dsl.prover.world import NotEncoded
from rules_dsl.prover.worlds import Subject

ALL: tuple[Question, ...] = get_args(Question)
TWO_SECONDS, ONE_MINUTE = 2.0, 60.0
PROVABLE = n.AmountRule | n.Term | n.Condition | n.Component | n.Choice | n.Assign | n.Table | n.Always


def prove(
    rules: n.RuleFile,
    scope: Scope,
    schema: Mapping[str, Any],
    reference: Reference,
    seconds: float = TWO_SECONDS,
    *,
    total: float = ONE_MINUTE,
    questions: Collection[Question] = ALL,
    only: Collection[str] | None = None,
    judge: Judge | None = None,
) -> tuple[Proof, ...]:
    """The answers to all questions, in the order of the file. The file must have passed its checks, but for gaps
    and reductions that are not combined.

    `schema` is the form at the moment of `scope`. Days are those of the calendar in `reference`; a parameter that
    it does not set may have any value in its bounds. `seconds` is the time for one rule, `total` for all.
    `questions` and `only` (names of rules) narrow what is asked. `judge` says whether the form accepts answers;
    None: its JSON Schema alone does.
    """
    proving = Proving(Subject(rules, scope, schema, reference))
    answering = Answering(proving, judge or judge_of(schema))
    until = monotonic() + total
    found: list[Proof] = []
    for rule in rules.rules:
        if isinstance(rule, PROVABLE) and (only is None or rule.name in only):
            found += _about(rule, answering, Stopwatch(seconds, until), questions)
    return tuple(found)


def _about(
    rule: PROVABLE, answering: Answering, watch: Stopwatch, questions: Collection[Question]
) -> Iterator[Proof]:
    asked = questions_about(rule, answering.proving)
    while True:
        try:
            question = next(asked)
        except StopIteration:
            return
        except NotEncoded as cannot:
            yield _not_told(rule, cannot.reason, watch)
            return
        if question.question in questions:
            yield answering.answer(question, rule, watch)


def _not_told(rule: PROVABLE, reason: str, watch: Stopwatch) -> Proof:
    """The whole rule is more than the solver can be told."""
    question: Question = "always" if isinstance(rule, n.Always) else "complete"
    told = {"name": rule.name}
    return Proof(
        rule.name,
        question,
        "not_decided",
        "rules.proof.not_decided",
        told,
        rule.place,
        None,
        reason,
        watch.spent,
    )
