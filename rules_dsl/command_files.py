"""Files that are named on the command line: read, or refused as wrong usage."""

import json
import tomllib
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, TypeVar

import click

from common.problems import Finding
from common.text import nfc
from rules_dsl.evaluation import Reference
from rules_dsl.fact_types import Scope
from rules_dsl.facts import scope as scope_of
from rules_dsl.parser import Parsed, parse
from rules_dsl.reference import read_calendar, read_parameters, read_rates

Read = TypeVar("Read")
readable = click.Path(exists=True, dir_okay=False, path_type=Path)
as_json = click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for machines.")
form_option = click.option("--form", type=readable, help="The form's JSON Schema.")
calendar_option = click.option("--calendar", type=readable, help="A working calendar, JSON or TOML.")
rates_option = click.option("--rates", type=readable, help="Published rates of exchange, JSON or TOML.")
parameters_option = click.option("--parameters", type=readable, help="Amounts set locally, JSON or TOML.")


def parsed_file(file: Path) -> tuple[str, Parsed]:
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise click.BadParameter(f"{file}: UTF-8: {error.reason}") from None
    return text, parse(text, file.name)


def scope_in(form: Path) -> Scope:
    return _read(form, scope_of)


def reference_in(calendar: Path | None, parameters: Path | None, rates: Path | None) -> Reference:
    return Reference(
        _read(calendar, read_calendar) if calendar else None,
        _read(parameters, read_parameters) if parameters else {},
        _read(rates, read_rates) if rates else {},
    )


def _read(path: Path, reader: Callable[[Any], Read]) -> Read:
    try:
        return reader(object_in(path))
    except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation) as error:
        raise click.BadParameter(f"{path}: {type(error).__name__}: {error}") from None


def object_in(path: Path) -> Any:
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


def exit_code(findings: tuple[Finding, ...]) -> int:
    """Warnings are shown, and leave the file clean."""
    return int(any(finding.severity == "error" for finding in findings))
