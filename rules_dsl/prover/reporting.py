"""Shows what was proved to a person at a terminal, or to a machine as JSON."""

import json
from collections import Counter
from typing import get_args

import click

from rules_dsl.prover.checking import Verdicts
from rules_dsl.prover.proof import Verdict
from rules_dsl.reporting import finding_json, show_findings


def show_verdicts(verdicts: Verdicts, text: str, language: str, *, as_json: bool) -> None:
    """The findings, each case as facts that can be kept and tried again, and how many questions there were."""
    if as_json:
        body = {
            "findings": [finding_json(finding, language) for finding in verdicts.findings],
            "proofs": [proof.to_json() for proof in verdicts.proofs],
        }
        click.echo(json.dumps(body, ensure_ascii=False, indent=2))
        return
    show_findings(verdicts.findings, text, language, as_json=False)
    for proof in verdicts.proofs:
        if proof.counter_example is not None:
            case = json.dumps(proof.counter_example.to_json(), ensure_ascii=False)
            click.echo(f"{proof.rule or proof.question}:{proof.place.line}: {case}")
    counts = Counter(proof.verdict for proof in verdicts.proofs)
    click.echo(", ".join(f"{verdict}: {counts[verdict]}" for verdict in get_args(Verdict)))
