"""`motcua rules`: check, evaluate and format rule files. Exit code 0: clean, 1: findings, 2: wrong usage."""

import json
from pathlib import Path
from typing import Any

import click

from rules_dsl.checks import check as check_rules
from rules_dsl.command_files import (
    as_json,
    calendar_option,
    exit_code,
    form_option,
    object_in,
    parameters_option,
    parsed_file,
    rates_option,
    readable,
    reference_in,
    scope_in,
)
from rules_dsl.compiler import compile_rules
from rules_dsl.explain_cli import explain
from rules_dsl.facts import read_facts
from rules_dsl.formatter import format_rules
from rules_dsl.prover.checking import Verdicts, check_and_prove
from rules_dsl.prover.prove import TWO_SECONDS
from rules_dsl.prover.reporting import show_verdicts
from rules_dsl.prover.worlds import Subject as ProofSubject
from rules_dsl.reporting import show_evaluations, show_findings, show_problems
from rules_dsl.spreadsheets.cli import table


@click.group()
def rules() -> None:
    """Rule files: check them against a form, work them out for given facts, lay them out."""


@rules.command()
@click.argument("file", type=readable)
@form_option
@calendar_option
@parameters_option
@rates_option
@as_json
def check(
    file: Path,
    form: Path | None,
    calendar: Path | None,
    parameters: Path | None,
    rates: Path | None,
    as_json: bool,
) -> None:
    """List what is wrong in FILE. Without a form: spelling, names and law only."""
    text, parsed = parsed_file(file)
    findings = parsed.findings
    if not findings:
        reference = reference_in(calendar, parameters, rates)
        findings = check_rules(parsed.rules, scope_in(form) if form else None, reference, file.name)
    show_findings(findings, text, parsed.rules.language, as_json=as_json)
    raise SystemExit(exit_code(findings))


@rules.command()
@click.argument("file", type=readable)
@click.option("--form", type=readable, required=True, help="The form's JSON Schema.")
@click.option("--facts", type=readable, required=True, help='{"answers": {…}, "dossier": {…}}')
@calendar_option
@parameters_option
@rates_option
@click.option("--rule", "only", multiple=True, help="Only this rule; may be repeated.")
@click.option(
    "--language", type=click.Choice(["vi", "en"]), help="Of the sentences; the file's own by default."
)
@as_json
def evaluate(
    file: Path,
    form: Path,
    facts: Path,
    calendar: Path | None,
    parameters: Path | None,
    rates: Path | None,
    only: tuple[str, ...],
    language: str | None,
    as_json: bool,
) -> None:
    """Work out the rules of FILE for FACTS, with reasons. What is not known is said to be unknown."""
    text, parsed = parsed_file(file)
    scope, reference = scope_in(form), reference_in(calendar, parameters, rates)
    findings = parsed.findings or check_rules(parsed.rules, scope, reference, file.name)
    if exit_code(findings):
        show_findings(findings, text, parsed.rules.language, as_json=as_json)
        raise SystemExit(1)
    known = read_facts(scope, object_in(facts))
    spoken = language or parsed.rules.language
    if isinstance(known, tuple):
        show_problems(known, spoken, as_json=as_json)
        raise SystemExit(1)
    book = compile_rules(parsed.rules, scope)
    unknown = [name for name in only if name not in book.rules]
    if unknown:
        raise click.BadParameter(", ".join(unknown), param_hint="--rule")
    found = [book.evaluate(name, known, reference) for name in only or book.rules]
    show_evaluations(found, parsed.rules, spoken, scope, as_json=as_json)


@rules.command("prove")
@click.argument("file", type=readable)
@click.option("--form", type=readable, required=True, help="The form's JSON Schema.")
@calendar_option
@parameters_option
@rates_option
@click.option("--seconds", default=TWO_SECONDS, show_default=True, help="Time for one rule.")
@as_json
def prove_(
    file: Path,
    form: Path,
    calendar: Path | None,
    parameters: Path | None,
    rates: Path | None,
    seconds: float,
    as_json: bool,
) -> None:
    """Prove FILE over all answers the form admits: no gap, no dead line, every claim holds; else show a case.

    Days are those of the calendar. 0: all proved; 1: something is wrong, or not decided.
    """
    text, parsed = parsed_file(file)
    verdicts = Verdicts(parsed.findings)
    if not parsed.findings:
        schema, reference = object_in(form), reference_in(calendar, parameters, rates)
        subject = ProofSubject(parsed.rules, scope_in(form), schema, reference)
        verdicts = check_and_prove(subject, file.name, seconds)
    show_verdicts(verdicts, text, parsed.rules.language, as_json=as_json)
    raise SystemExit(int(bool(verdicts.findings)))


@rules.command("compile")
@click.argument("file", type=readable)
@click.option("--form", type=readable, required=True, help="The form's JSON Schema.")
def compile_(file: Path, form: Path) -> None:
    """Print the Python that FILE becomes for FORM: to see how a value comes about."""
    text, parsed = parsed_file(file)
    if parsed.findings:
        show_findings(parsed.findings, text, parsed.rules.language, as_json=False)
        raise SystemExit(1)
    click.echo(compile_rules(parsed.rules, scope_in(form)).module.text, nl=False)


@rules.command("format")
@click.argument("file", type=readable)
@click.option("--language", type=click.Choice(["vi", "en"]), help="Translate the keywords.")
@as_json
def format_(file: Path, language: Any, as_json: bool) -> None:
    """Print FILE in its canonical layout, in either language."""
    text, parsed = parsed_file(file)
    if parsed.findings:
        show_findings(parsed.findings, text, parsed.rules.language, as_json=as_json)
        raise SystemExit(1)
    laid_out = format_rules(parsed.rules, language)
    click.echo(json.dumps({"text": laid_out}, ensure_ascii=False) if as_json else laid_out, nl=as_json)


rules.add_command(explain)
rules.add_command(table)
