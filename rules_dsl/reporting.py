"""Shows findings, problems and evaluations to a person at a terminal, or to a machine as JSON."""

import json
from collections.abc import Sequence
from typing import Any

import click

from common.messages import message
from common.problems import Finding, Problem
from common.text import nfc
from rules_dsl.evaluation import Evaluation
from rules_dsl.explain import sentences
from rules_dsl.fact_types import Scope
from rules_dsl.nodes import RuleFile


def show_findings(findings: Sequence[Finding], text: str, language: str, *, as_json: bool) -> None:
    """One paragraph a finding: `file:line:column: error[code]: what; what instead`, the line, and a caret."""
    if as_json:
        _print_json([finding_json(finding, language) for finding in findings])
        return
    lines = nfc(text).splitlines()
    for finding in findings:
        said = message(finding.code, finding.parameters, language)
        where = f"{finding.where}:{finding.line or 1}:{finding.column or 1}"
        click.echo(f"{where}: {finding.severity}[{finding.code}]: {said.text}; {said.remedy}")
        if finding.line and finding.line <= len(lines):
            click.echo(f"    {lines[finding.line - 1]}")
            click.echo(f"    {' ' * ((finding.column or 1) - 1)}^")


def finding_json(finding: Finding, language: str) -> dict[str, Any]:
    """The shape of docs/formats/findings.schema.json."""
    said = message(finding.code, finding.parameters, language)
    path = {"path": list(finding.path)} if finding.path else {}
    return {
        "code": finding.code,
        "severity": finding.severity,
        "where": finding.where,
        "line": finding.line,
        "column": finding.column,
        "parameters": dict(finding.parameters),
        "message": said.text,
        "remedy": said.remedy,
        **path,
    }


def show_problems(problems: Sequence[Problem], language: str, *, as_json: bool) -> None:
    """Facts that cannot be read, in the same shapes as findings."""
    if as_json:
        found = [Finding(problem.code, problem.where, problem.parameters) for problem in problems]
        _print_json([finding_json(finding, language) for finding in found])
        return
    for problem in problems:
        said = message(problem.code, problem.parameters, language)
        click.echo(f"{problem.where}: error[{problem.code}]: {said.text}; {said.remedy}")


def show_evaluations(
    found: Sequence[Evaluation], rules: RuleFile, language: str, scope: Scope, *, as_json: bool
) -> None:
    """Each value with the sentences that explain it."""
    said = [sentences(one, rules, language, scope) for one in found]
    if as_json:
        pairs = zip(found, said, strict=True)
        _print_json([{**one.to_json(), "sentences": list(lines)} for one, lines in pairs])
        return
    for one, (heading, *reasons) in zip(found, said, strict=True):
        click.echo(f"{one.rule}: {heading}")
        for reason in reasons:
            click.echo(f"  {reason}")


def _print_json(body: Any) -> None:
    click.echo(json.dumps(body, ensure_ascii=False, indent=2))
