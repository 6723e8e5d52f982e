"""`motcua reference`: record what provinces decided, which days are worked, what currencies cost, and which provinces
and communes there are, from files.

What is recorded is never changed: a correction is a further record. Exit codes: 0 recorded, or recorded before;
1 findings, and nothing recorded; 2 wrong use.
"""

import getpass
import json
import sys
import tomllib
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import click
from sqlalchemy.orm import Session

from common.clock import system_clock
from common.identity.actor import machine
from common.operations import open_database
from common.operations.plain import plainly
from common.problems import Finding
from common.text import nfc
from config import read_settings
from procedure_library.amount_files import record_amounts
from procedure_library.calendar_files import record_calendar_file
from procedure_library.place_recording import record_place_file
from procedure_library.rate_entering import enter_all, series_called
from procedure_library.rate_files import read_rates
from procedure_library.reports import findings_json, findings_lines

Body = TypeVar("Body")
Recorded = TypeVar("Recorded")
Command = TypeVar("Command", bound=Callable[..., Any])


def _reads_a_file(command: Command) -> Command:
    for option in (
        click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path)),
        click.option("--by", default=getpass.getuser, help="Who records it, for the log."),
        click.option("--json", "in_json", is_flag=True, help="Print JSON for machines."),
        click.option("--language", type=click.Choice(["vi", "en"]), default="vi", help="Of the sentences."),
    ):
        command = option(command)
    return command


@click.group("reference")
def reference() -> None:
    """Record calendars, the amounts that provinces decide, and published rates of exchange."""


@reference.command("amounts")
@_reads_a_file
@click.option("--area", default="", help="Code of the area that decided, unless the file names it.")
@plainly
def amounts(file: Path, area: str, by: str, in_json: bool, language: str) -> None:
    """Record the amounts in FILE."""
    count = _recorded(
        _table(file),
        in_json,
        language,
        lambda session, body: record_amounts(session, body, area, by=machine(by[:200]), at=system_clock()),
    )
    _say({"recorded": count}, in_json)


@reference.command("calendar")
@_reads_a_file
@plainly
def calendar(file: Path, by: str, in_json: bool, language: str) -> None:
    """Record the working calendar in FILE; it holds all days of the one before, and more."""
    row = _recorded(
        _table(file),
        in_json,
        language,
        lambda session, body: record_calendar_file(session, body, by=machine(by[:200]), at=system_clock()),
    )
    _say({"recorded": 0} if row is None else {"recorded": 1, "key": row.key, "version": row.version}, in_json)


@reference.command("places")
@_reads_a_file
@plainly
def places(file: Path, by: str, in_json: bool, language: str) -> None:
    """Record the provinces and communes in FILE: those that hold from its day on, all of them."""
    row = _recorded(
        _table(file),
        in_json,
        language,
        lambda session, body: record_place_file(session, body, by=machine(by[:200]), at=system_clock()),
    )
    _say({"recorded": 0} if row is None else {"recorded": row.count, "version": row.version}, in_json)


@reference.command("rates")
@click.argument("name")
@_reads_a_file
@click.option("--currencies", default="", help="Which rate, where several have the name: USD/VND.")
@plainly
def rates(name: str, file: Path, currencies: str, by: str, in_json: bool, language: str) -> None:
    """Record the rates of exchange in FILE, CSV or JSON, as those that rules call NAME."""

    def record(session: Session, text: str) -> int | tuple[Finding, ...]:
        series = series_called(session, name, currencies)
        if isinstance(series, Finding):
            return (series,)
        sheet = read_rates(text)
        if isinstance(sheet, tuple):
            return sheet
        return enter_all(session, series, sheet, by=machine(by[:200]), at=system_clock())

    _say({"recorded": _recorded(_text(file), in_json, language, record)}, in_json)


def _recorded(
    body: Body | Finding,
    in_json: bool,
    language: str,
    record: Callable[[Session, Body], Recorded | tuple[Finding, ...]],
) -> Recorded:
    """What was recorded, all of it in one transaction; with findings the command ends here."""
    if not isinstance(body, Finding):
        with open_database(read_settings()).transaction() as session:
            found = record(session, body)
        if not isinstance(found, tuple):
            return found
        findings = found
    else:
        findings = (body,)
    for line in [findings_json(findings, language)] if in_json else findings_lines(findings, language):
        click.echo(line)
    sys.exit(1)


def _table(file: Path) -> Mapping[str, Any] | Finding:
    """The table of a TOML file; numbers exact, texts composed."""
    try:
        return tomllib.loads(nfc(file.read_text(encoding="utf-8")), parse_float=Decimal)
    except (ValueError, OSError) as wrong:
        return Finding("reference.unreadable", file.name, {"reason": str(wrong)})


def _text(file: Path) -> str | Finding:
    try:
        return nfc(file.read_text(encoding="utf-8"))
    except (ValueError, OSError) as wrong:
        return Finding("reference.rates_unreadable", file.name, {"reason": str(wrong)})


def _say(facts: Mapping[str, str | int], in_json: bool) -> None:
    spelled = "  ".join(f"{name}: {value}" for name, value in facts.items())
    click.echo(json.dumps(facts, ensure_ascii=False) if in_json else spelled)
