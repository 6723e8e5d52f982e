"""`motcua procedures`: check, export, import, publish and compare, on folders or on what is in the database.

SOURCE is the folder of a package, the key of a procedure (its version in force today), or KEY@NUMBER.
Exit codes: 0 clean, 1 findings, 2 wrong use.
"""

import getpass
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn

import click
from sqlalchemy.orm import Session

from common.clock import local_date, system_clock
from common.identity.actor import machine
from common.operations import open_database
from common.operations.parts import Parts
from common.operations.plain import plainly
from common.problems import Finding, MotcuaError
from config import read_settings
from procedure_library.checks import check as check_definition
from procedure_library.codec import digest
from procedure_library.compare import compare as compare_definitions
from procedure_library.definition import Definition
from procedure_library.package import HEAD, read_package, write_package
from procedure_library.publishing import Basis, store
from procedure_library.publishing import publish as publish_definition
from procedure_library.reports import findings_json, findings_lines
from procedure_library.sources import find

FINDINGS = 1

Found = Definition | tuple[Finding, ...]
for_machines = click.option("--json", "in_json", is_flag=True, help="Print JSON for machines.")
in_language = click.option(
    "--language", type=click.Choice(["vi", "en"]), default="vi", help="Language of the sentences."
)


@click.group("procedures")
def procedures() -> None:
    """Check, export, import, publish and compare procedures."""


@procedures.command("check")
@click.argument("source")
@for_machines
@in_language
@plainly
def check(source: str, in_json: bool, language: str) -> None:
    """Say everything that is wrong with the procedure SOURCE."""
    found = _read(source)
    findings = _checked(found) if isinstance(found, Definition) else found
    _report(findings, in_json, language)


@procedures.command("export")
@click.argument("source")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@for_machines
@in_language
@plainly
def export(source: str, folder: Path, in_json: bool, language: str) -> None:
    """Write the procedure SOURCE as a package into FOLDER."""
    if folder.is_dir() and any(folder.iterdir()) and not (folder / HEAD).exists():
        raise click.UsageError(f"{folder} is neither empty nor a package: nothing is written over it")
    definition = _definition(_read(source), in_json, language)
    try:
        write_package(definition, folder)
    except OSError as wrong:
        raise MotcuaError(f"{folder}: {wrong.strerror}") from wrong
    _say({"key": definition.key, "digest": digest(definition), "folder": str(folder)}, in_json)


@procedures.command("import")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@for_machines
@in_language
@plainly
def bring_in(folder: Path, in_json: bool, language: str) -> None:
    """Check the package in FOLDER and keep its definition in the database, unpublished."""
    definition = _definition(read_package(folder), in_json, language)
    findings = check_definition(definition)
    if _has_errors(findings):
        _report(findings, in_json, language)
    with _session() as session:
        name = store(session, definition, at=system_clock())
    _say({"key": definition.key, "digest": name}, in_json)


@procedures.command("publish")
@click.argument("source")
@click.option("--basis", required=True, help="Number of the decision that approves it.")
@click.option("--signed-on", type=click.DateTime(["%Y-%m-%d"]), help="Day the decision was signed.")
@click.option("--from", "effective_from", type=click.DateTime(["%Y-%m-%d"]), help="First day in force.")
@click.option("--note", default="", help="Note to officials.")
@click.option("--by", default=getpass.getuser, help="Who publishes, for the log.")
@for_machines
@in_language
@plainly
def publish(
    source: str,
    basis: str,
    signed_on: datetime | None,
    effective_from: datetime | None,
    note: str,
    by: str,
    in_json: bool,
    language: str,
) -> None:
    """Publish the procedure SOURCE as its next version."""
    definition = _definition(_read(source), in_json, language)
    if _has_errors(findings := _checked(definition)):
        _report(findings, in_json, language)
    at = system_clock()
    with _session() as session:
        version = publish_definition(
            session,
            definition,
            by=machine(by[:200]),
            at=at,
            basis=Basis(basis, _day(signed_on)),
            effective_from=_day(effective_from) or local_date(at),
            note=note,
        )
    if isinstance(version, tuple):
        _report(version, in_json, language)
    _say({"key": definition.key, "version": version.number, "digest": version.digest}, in_json)


@procedures.command("compare")
@click.argument("before")
@click.argument("after")
@for_machines
@in_language
@plainly
def compare(before: str, after: str, in_json: bool, language: str) -> None:
    """Say what AFTER changes against BEFORE; exit code 1 when anything."""
    one, other = (_definition(_read(source), in_json, language) for source in (before, after))
    changes = compare_definitions(one, other)
    if in_json:
        click.echo(json.dumps([asdict(change) for change in changes], ensure_ascii=False, indent=2))
    for change in () if in_json else changes:
        place = f"{change.thing} {change.key}" + (f".{change.attribute}" if change.attribute else "")
        click.echo(f"{change.kind}: {place}")
        click.echo(f"  - {change.before}\n  + {change.after}")
    sys.exit(FINDINGS if changes else 0)


def _read(source: str) -> Found:
    """The definition, from a folder without any database, else from the library."""
    if Path(source).is_dir():
        return read_package(Path(source))
    with _session() as session:
        return find(session, source, local_date(system_clock()))


def _checked(definition: Definition) -> tuple[Finding, ...]:
    """What is wrong with it; its examples are played and its letters tried once nothing else is."""
    findings = check_definition(definition)
    parts = click.get_current_context().find_object(Parts)
    if parts is None or _has_errors(findings):
        return findings
    return (*findings, *parts.findings(definition))


def _definition(found: Found, in_json: bool, language: str) -> Definition:
    return found if isinstance(found, Definition) else _report(found, in_json, language)


def _report(findings: Sequence[Finding], in_json: bool, language: str) -> NoReturn:
    """Prints the findings and ends the command: 1 when there is an error among them."""
    lines = [findings_json(findings, language)] if in_json else findings_lines(findings, language)
    for line in lines:
        click.echo(line)
    sys.exit(FINDINGS if _has_errors(findings) else 0)


def _has_errors(findings: Sequence[Finding]) -> bool:
    return any(finding.severity == "error" for finding in findings)


def _say(facts: dict[str, str | int], in_json: bool) -> None:
    spelled = "  ".join(f"{name}: {value}" for name, value in facts.items())
    click.echo(json.dumps(facts, ensure_ascii=False) if in_json else spelled)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


@contextmanager
def _session() -> Iterator[Session]:
    with open_database(read_settings()).transaction() as session:
        yield session
