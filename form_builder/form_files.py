"""Forms and answers named on the command line: a file, the folder of a procedure, or "-" for standard input."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from common.problems import Finding
from common.text import nfc
from form_builder.checks import check_form
from form_builder.source import LONGEST_FILE, decoded, read_source
from form_builder.unshown import unshown

FORM = "form.schema.json"
STANDARD_INPUT = "-"
readable = click.Path(exists=True, path_type=Path, allow_dash=True)

Schema = Mapping[str, Any]
Found = tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class FormFile:
    """A file as it was read: its text, and either the schema in it or why there is none."""

    text: str
    schema: Schema | None
    wrong: Found


def form_in(path: Path) -> FormFile:
    """The form of a file; what is no text, or more than a form has, is a finding."""
    with click.open_file(str(path / FORM if path.is_dir() else path), "rb") as file:
        text = decoded(file.read(LONGEST_FILE + 1))
    if isinstance(text, Finding):
        return FormFile("", None, (text,))
    found = read_source(text)
    return FormFile(text, None, found) if isinstance(found, tuple) else FormFile(text, found, ())


def everything_wrong(schema: Schema) -> Found:
    """All findings, and what no page shows, each place once."""
    found = check_form(schema)
    places = {finding.where for finding in found}
    return (*found, *(each for each in unshown(schema) if each.where not in places))


def answers_in(path: Path) -> dict[str, Any]:
    """Answers to a form; anything but a JSON object is wrong usage."""
    try:
        with click.open_file(str(path), encoding="utf-8") as file:
            body = json.loads(nfc(file.read(LONGEST_FILE)), parse_float=Decimal)
    except (ValueError, RecursionError) as wrong:
        raise click.BadParameter(f"{path}: {wrong}", param_hint="--answers") from None
    if not isinstance(body, dict):
        raise click.BadParameter(f"{path}: {{…}}?", param_hint="--answers")
    return body
