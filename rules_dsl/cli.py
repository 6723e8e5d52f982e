"""`motcua rules`: check, evaluate and format rule files. Exit code 0: clean, 1: findings, 2: wrong usage."""

import json
import tomllib
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, TypeVar

import click

from common.problems import Finding
from common.text import nfc
from rules_dsl.checks import check as check_rules
from rules_dsl.compiler import compile_rules
from rules_dsl.evaluation import Reference
from rules_dsl.fact_types import Scope
from rules_dsl.facts import read_facts
from rules_dsl.facts import scope as scope_of
from rules_dsl.formatter import format_rules
from rules_dsl.parser import Parsed, parse
from rules_dsl.reference import read_calendar, read_parameters, read_rates
from rules_dsl.reporting import show_evaluations, show_findings, show_problems

Read = TypeVar("Read")
readable = click.Path(exists=True, dir_okay=False, path_type=Path)
as_json = click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for machines.")
form_option = click.option("--form", type=readable, help="The form's JSON Schema.")
calendar_option = click.option("--calendar", type=readable, help="A working calendar, JSON or TOML.")
rates_option = click.option("--rates", type=readable, help="Published rates of exchange, JSON or TOML.")
parameters_option = click.option("--parameters", type=readable, help="Amounts set locally, JSON or TOML.")


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
    text, parsed = _parsed(file)
    findings = parsed.findings
    if not findings:
        reference = _reference(calendar, parameters, rates)
        findings = check_rules(parsed.rules, _scope(form) if form else None, reference, file.name)
    show_findings(findings, text, parsed.rules.language, as_json=as_json)
    raise SystemExit(_exit_code(findings))


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
    text, parsed = _parsed(file)
    scope, reference = _scope(form), _reference(calendar, parameters, rates)
    findings = parsed.findings or check_rules(parsed.rules, scope, reference, file.name)
    if _exit_code(findings):
        show_findings(findings, text, parsed.rules.language, as_json=as_json)
        raise SystemExit(1)
    known = read_facts(scope, _read_object(facts))
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


@rules.command("compile")
@click.argument("file", type=readable)
@click.option("--form", type=readable, required=True, help="The form's JSON Schema.")
def compile_(file: Path, form: Path) -> None:
    """Print the Python that FILE becomes for FORM: to see how a value comes about."""
    text, parsed = _parsed(file)
    if parsed.findings:
        show_findings(parsed.findings, text, parsed.rules.language, as_json=False)
        raise SystemExit(1)
    click.echo(compile_rules(parsed.rules, _scope(form)).module.text, nl=False)


@rules.command("format")
@click.argument("file", type=readable)
@click.option("--language", type=click.Choice(["vi", "en"]), help="Translate the keywords.")
@as_json
def format_(file: Path, language: Any, as_json: bool) -> None:
    """Print FILE in its canonical layout, in either language."""
    text, parsed = _parsed(file)
    if parsed.findings:
        show_findings(parsed.findings, text, parsed.rules.language, as_json=as_json)
        raise SystemExit(1)
    laid_out = format_rules(parsed.rules, language)
    click.echo(json.dumps({"text": laid_out}, ensure_ascii=False) if as_json else laid_out, nl=as_json)


def _parsed(file: Path) -> tuple[str, Parsed]:
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise click.BadParameter(f"{file}: UTF-8: {error.reason}") from None
    return text, parse(text, file.name)


def _scope(form: Path) -> Scope:
    return _read(form, scope_of)


def _reference(calendar: Path | None, parameters: Path | None, rates: Path | None) -> Reference:
    return Reference(
        _read(calendar, read_calendar) if calendar else None,
        _read(parameters, read_parameters) if parameters else {},
        _read(rates, read_rates) if rates else {},
    )


def _read(path: Path, reader: Callable[[Any], Read]) -> Read:
    try:
        return reader(_read_object(path))
    except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation) as error:
        raise click.BadParameter(f"{path}: {type(error).__name__}: {error}") from None


def _read_object(path: Path) -> Any:
    """The object in the file, JSON or TOML; numbers exact, texts composed."""
    try:
        text = nfc(path.read_text(encoding="utf-8"))
        toml = path.suffix == ".toml"
        body = tomllib.loads(text, parse_float=Decimal) if toml else json.loads(text, parse_float=Decimal)
    except ValueError as error:
        raise click.BadParameter(f"{path}: {error}") from None
    if not isinstance(body, dict):
        raise click.BadParameter(f"{path}: {{…}}?")
    return body


def _exit_code(findings: tuple[Finding, ...]) -> int:
    """Warnings are shown, and leave the file clean."""
    return int(any(finding.severity == "error" for finding in findings))
