"""Checks and proofs together: what the checks tell at a glance, the prover decides exactly where it can.

A rule without a last line is a finding of the checks; when the prover shows that its lines leave no case out, it
is none. When the prover finds the case, its finding is the better one. What it does not decide stays as it was.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from common.problems import Finding
from rules_dsl.checks import CHECKS, Check, check
from rules_dsl.checks.coverage import uncovered_cases
from rules_dsl.checks.reductions import uncombined_reductions
from rules_dsl.checks.tables import uncovered_tables
from rules_dsl.prover.findings import findings_of
from rules_dsl.prover.judging import Judge
from rules_dsl.prover.proof import Proof, Question
from rules_dsl.prover.prove import ALL, ONE_MINUTE, TWO_SECONDS, prove
from rules_dsl.prover.worlds import Subject

AT_A_GLANCE: tuple[Check, ...] = (uncovered_cases, uncovered_tables, uncombined_reductions)
THOROUGH = tuple(each for each in CHECKS if each not in AT_A_GLANCE)


@dataclass(frozen=True, slots=True)
class Verdicts:
    """`findings` are those of both, in the order of the text; no proofs where the checks find the rules unsound."""

    findings: tuple[Finding, ...]
    proofs: tuple[Proof, ...] = ()


def check_and_prove(subject: Subject, name: str, seconds: float = TWO_SECONDS) -> Verdicts:
    """What is wrong with the rules, proofs included. `name` is what findings call the file."""
    thorough = check(subject.rules, subject.scope, subject.reference, name, THOROUGH)
    if any(finding.severity == "error" for finding in thorough):
        return Verdicts(check(subject.rules, subject.scope, subject.reference, name))
    found = glance_and_prove(subject, name, seconds)
    return Verdicts(_in_order((*thorough, *found.findings)), found.proofs)


def glance_and_prove(
    subject: Subject,
    name: str,
    seconds: float = TWO_SECONDS,
    *,
    total: float = ONE_MINUTE,
    questions: Collection[Question] = ALL,
    judge: Judge | None = None,
) -> Verdicts:
    """The same for rules that have passed all thorough checks. The rest as in `prove`."""
    rules, scope, reference = subject.rules, subject.scope, subject.reference
    proofs = prove(
        rules, scope, subject.schema, reference, seconds, total=total, questions=questions, judge=judge
    )
    glance = check(rules, scope, reference, name, AT_A_GLANCE)
    asked = (finding for finding in glance if QUESTIONS.get(finding.code) in questions)
    return Verdicts(_in_order((*still_told(tuple(asked), proofs), *findings_of(proofs, name))), proofs)


def still_told(glance: Sequence[Finding], proofs: Sequence[Proof]) -> Iterator[Finding]:
    """The findings at a glance of which no proof has decided the truth."""
    decided = {(proof.place.line, proof.question) for proof in proofs if proof.verdict != "not_decided"}
    for finding in glance:
        if (finding.line, QUESTIONS[finding.code]) not in decided:
            yield finding


# What a finding at a glance is about.
QUESTIONS: dict[str, Question] = {
    "rules.no_otherwise": "complete",
    "rules.bracket_gap": "complete",
    "rules.case_without_row": "complete",
    "rules.table_too_wide": "complete",
    "rules.never_applies": "alive",
    "rules.bracket_never_applies": "alive",
    "rules.row_never_applies": "alive",
    "rules.rows_overlap": "unique",
    "rules.reductions_not_combined": "combined",
}


def _in_order(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: (finding.line or 0, finding.column or 0, finding.code)))
