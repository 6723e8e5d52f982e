"""`motcua rules table`: a table of a rule file as a sheet for Excel and its like, and back."""

import json
from collections.abc import Sequence
from pathlib import Path

import click

from common.messages import message_of
from common.problems import Finding
from rules_dsl import nodes as n
from rules_dsl.command_files import as_json, exit_code, form_option, parsed_file, readable, scope_in
from rules_dsl.parser import Parsed
from rules_dsl.reporting import finding_json, show_findings
from rules_dsl.spreadsheets.changes import Change, changes
from rules_dsl.spreadsheets.exchange import brought_back, tables_of, taken_out
from rules_dsl.spreadsheets.files import FORMATS
from rules_dsl.spreadsheets.replacing import with_table

written = click.Path(dir_okay=False, path_type=Path)


@click.group()
def table() -> None:
    """A table of a rule file as .xlsx or .csv, and back."""


@table.command("export")
@click.argument("file", type=readable)
@click.argument("name")
@click.option("-o", "--output", type=written, required=True, help="The sheet to write: .xlsx or .csv.")
@form_option
@as_json
def export(file: Path, name: str, output: Path, form: Path | None, as_json: bool) -> None:
    """Write the table NAME of FILE as a sheet, with the titles of the form where one is given."""
    _text, parsed = _readable_rules(file, as_json=as_json)
    if output.suffix.lower() not in FORMATS:
        raise click.BadParameter(f"{output}: {', '.join(FORMATS)}?", param_hint="--output")
    scope = scope_in(form) if form else None
    output.write_bytes(taken_out(_named(name, parsed), output.suffix.lower(), parsed.rules, scope))


@table.command("import")
@click.argument("file", type=readable)
@click.argument("name")
@click.argument("sheet", type=readable)
@click.option("-o", "--output", type=written, help="Where to write the rules; FILE itself is allowed.")
@form_option
@as_json
def import_(
    file: Path, name: str, sheet: Path, output: Path | None, form: Path | None, as_json: bool
) -> None:
    """Print FILE with the rows of SHEET in its table NAME; what is wrong is told by cell, all at once."""
    text, parsed = _readable_rules(file, as_json=as_json)
    old, scope = _named(name, parsed), scope_in(form) if form else None
    brought = brought_back(sheet.read_bytes(), sheet.name, old, parsed.rules, scope)
    language = parsed.rules.language
    if brought.table is None or exit_code(brought.findings):
        _show(brought.findings, sheet, language, as_json=as_json)
        raise SystemExit(1)
    new = with_table(text, brought.table, language)
    if output:
        output.write_text(new, encoding="utf-8")
    if as_json:
        _print_json(new, brought.findings, changes(old, brought.table, language), language)
    elif not output:
        click.echo(new, nl=False)


def _readable_rules(file: Path, *, as_json: bool) -> tuple[str, Parsed]:
    """The rules; a table is only taken out of what can be read as a whole."""
    text, parsed = parsed_file(file)
    if exit_code(parsed.findings):
        show_findings(parsed.findings, text, parsed.rules.language, as_json=as_json)
        raise SystemExit(1)
    return text, parsed


def _named(name: str, parsed: Parsed) -> n.Table:
    tables = tables_of(parsed.rules)
    if name not in tables:
        raise click.BadParameter(f"{name}: {', '.join(tables) or '—'}?", param_hint="NAME")
    return tables[name]


def _show(findings: Sequence[Finding], sheet: Path, language: str, *, as_json: bool) -> None:
    """`sheet.xlsx:B7: error[code]: what is wrong; what to write instead`."""
    if as_json:
        click.echo(json.dumps([finding_json(finding, language) for finding in findings], ensure_ascii=False))
        return
    for finding in findings:
        said = message_of(finding, language)
        place = f"{sheet.name}:{finding.where}"
        click.echo(f"{place}: {finding.severity}[{finding.code}]: {said.text}; {said.remedy}")


def _print_json(text: str, findings: Sequence[Finding], found: Sequence[Change], language: str) -> None:
    told = [
        {"kind": each.kind, "before": each.before, "after": each.after, "row": each.row} for each in found
    ]
    body = {
        "text": text,
        "changes": told,
        "findings": [finding_json(finding, language) for finding in findings],
    }
    click.echo(json.dumps(body, ensure_ascii=False, indent=2))
