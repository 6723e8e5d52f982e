"""Proofs as findings: what is refuted is wrong, what is not decided may be."""

from collections.abc import Iterable, Iterator

from common.problems import Finding
from rules_dsl.prover.proof import Proof


def findings_of(proofs: Iterable[Proof], where: str) -> Iterator[Finding]:
    """An error for each refuted proof, a warning for each that is not decided. `where` is the file."""
    for proof in proofs:
        line, column = proof.place.line or None, proof.place.column or None
        if proof.verdict == "refuted":
            yield Finding(proof.code, where, proof.parameters, "error", line, column)
        elif proof.verdict == "not_decided":
            told = {
                "name": proof.rule or str(proof.parameters.get("name", "")),
                "question": f"@rules.question.{proof.question}",
                "reason": f"@{proof.reason}",
            }
            yield Finding("rules.proof.not_decided", where, told, "warning", line, column)
