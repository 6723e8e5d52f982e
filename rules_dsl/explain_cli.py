"""`motcua rules explain`: the sentences of a fee notice and of a reception slip, a term told day by day."""

import json
from pathlib import Path

import click

from rules_dsl.checks import check as check_rules
from rules_dsl.command_files import (
    as_json,
    calendar_option,
    exit_code,
    object_in,
    parameters_option,
    parsed_file,
    rates_option,
    readable,
    reference_in,
    scope_in,
)
from rules_dsl.compiler import compile_rules
from rules_dsl.explaining import Explainer, Explanation
from rules_dsl.facts import read_facts
from rules_dsl.ledger import read_ledger
from rules_dsl.reporting import show_findings, show_problems


@click.command()
@click.argument("file", type=readable)
@click.option("--form", type=readable, required=True, help="The form's JSON Schema.")
@click.option("--facts", type=readable, required=True, help='{"answers": {…}, "dossier": {…}, "ledger": […]}')
@calendar_option
@parameters_option
@rates_option
@click.option("--rule", "only", multiple=True, help="Only this rule; may be repeated.")
@click.option("--language", type=click.Choice(["vi", "en"]), help="The file's own by default.")
@as_json
def explain(
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
    """Say what the rules of FILE give for FACTS and by which law, and tell each day of a term.

    The ledger in FACTS says what happened to the clock after reception. 0: explained; 1: something is wrong
    with the rules or the facts; 2: wrong usage.
    """
    text, parsed = parsed_file(file)
    scope, reference = scope_in(form), reference_in(calendar, parameters, rates)
    findings = parsed.findings or check_rules(parsed.rules, scope, reference, file.name)
    if exit_code(findings):
        show_findings(findings, text, parsed.rules.language, as_json=as_json)
        raise SystemExit(1)
    body, spoken = object_in(facts), language or parsed.rules.language
    known = read_facts(scope, body)
    if isinstance(known, tuple):
        show_problems(known, spoken, as_json=as_json)
        raise SystemExit(1)
    try:
        entries = read_ledger(body.get("ledger", ()))
    except ValueError as error:
        raise click.BadParameter(f"{facts}: ledger: {error}") from None
    book = compile_rules(parsed.rules, scope)
    if unknown := [name for name in only if name not in book.rules]:
        raise click.BadParameter(", ".join(unknown), param_hint="--rule")
    explainer = Explainer(parsed.rules, scope, reference, spoken, entries)
    asked = [book.evaluate(name, known, reference) for name in only or book.rules]
    _show([explainer.explained(one, known) for one in asked], as_json=as_json)


def _show(found: list[Explanation], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps([one.to_json() for one in found], ensure_ascii=False, indent=2))
        return
    for one in found:
        heading, *reasons = one.sentences
        click.echo(f"{one.evaluation.rule}: {heading}")
        for line in (*reasons, *one.days):
            click.echo(f"  {line}")
