"""`motcua forms`: check, draw and compare forms. Exit code 0: clean, 1: findings or differences, 2: wrong usage.

SOURCE is a JSON Schema, the folder of a procedure, or - for standard input.
"""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, NoReturn

import click

from common.messages import message_of
from common.problems import Finding
from form_builder.checks import check_form
from form_builder.form import Form
from form_builder.form_files import FormFile, answers_in, everything_wrong, form_in, readable
from form_builder.pages import page_problems, show
from form_builder.places import Places
from form_builder.plain_text import as_text
from form_builder.schema import read_form
from form_builder.standalone import drawing
from form_builder.told_differences import Told, told
from form_builder.visibility import prune
from rules_dsl.reporting import finding_json

FINDINGS = 1
Schema = Mapping[str, Any]
# The list that addresses are asked from, given by whoever puts the commands together; None: there is none.
ListOfPlaces = Callable[[], Places] | None
for_machines = click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for machines.")
in_language = click.option(
    "--language", type=click.Choice(["vi", "en"]), default="vi", help="Of the page and of the sentences."
)
form_source = click.argument("source", type=readable)


@click.group()
def forms() -> None:
    """Forms: say what is wrong with one, draw it as citizens see it, say what one changes against another."""


@forms.command()
@form_source
@for_machines
@in_language
def check(source: Path, as_json: bool, language: str) -> None:
    """Say everything that is wrong with the form, and what in it no page shows."""
    file = form_in(source)
    _report(file, everything_wrong(file.schema) if file.schema is not None else file.wrong, as_json, language)


@forms.command()
@form_source
@in_language
@click.option("--page", "key", help="The page to draw; the first by default.")
@click.option("--answers", type=readable, help="Filled in with these answers, and what is wrong with them.")
@click.option("--summary", is_flag=True, help="The answers in plain text instead of a page.")
@click.option(
    "--output", type=click.Path(path_type=Path), help="A file, or a folder for all pages; else printed."
)
@click.pass_obj
def render(
    places: ListOfPlaces,
    source: Path,
    language: str,
    key: str | None,
    answers: Path | None,
    summary: bool,
    output: Path | None,
) -> None:
    """Draw the form as citizens see it: one HTML file with everything in it, or a folder of all pages."""
    form = _with_places(_sound(source, language), places)
    said = prune(form, answers_in(answers)) if answers else {}
    if summary:
        _write(output, as_text(form, said, language))
    elif output is not None and (output.is_dir() or not output.suffix) and key is None:
        _write_all(form, said, language, output)
    else:
        _write(output, _document(form, _page_key(form, key), said, language))


@forms.command()
@click.argument("before", type=readable)
@click.argument("after", type=readable)
@for_machines
@in_language
def compare(before: Path, after: Path, as_json: bool, language: str) -> None:
    """Say what AFTER changes against BEFORE, question by question; exit code 1 when anything."""
    one, other = (_readable(path, language) for path in (before, after))
    changes = tuple(told(one, other, language))
    if as_json:
        click.echo(json.dumps([asdict(change) for change in changes], ensure_ascii=False, indent=2))
    for change in () if as_json else changes:
        click.echo("\n".join(_lines(change)))
    sys.exit(FINDINGS if changes else 0)


def _lines(change: Told) -> Iterator[str]:
    yield f"{change.text}  ({change.where or '/'})"
    for mark, value in (("-", change.before), ("+", change.after)):
        if value:
            yield f"  {mark} {value}"


def _report(file: FormFile, findings: Sequence[Finding], as_json: bool, language: str) -> NoReturn:
    """Prints the findings and ends the command: 1 when there is an error among them."""
    if as_json:
        body = [finding_json(finding, language) for finding in findings]
        click.echo(json.dumps(body, ensure_ascii=False, indent=2))
    lines = file.text.splitlines()
    for finding in () if as_json else findings:
        said = message_of(finding, language)
        place = ":".join(str(part) for part in (finding.where, finding.line, finding.column) if part) or "/"
        click.echo(f"{place}: {finding.severity}[{finding.code}]: {said.text}; {said.remedy}")
        if finding.line and finding.line <= len(lines):
            click.echo(f"    {lines[finding.line - 1]}\n    {' ' * ((finding.column or 1) - 1)}^")
    sys.exit(FINDINGS if any(finding.severity == "error" for finding in findings) else 0)


def _readable(path: Path, language: str) -> Schema:
    file = form_in(path)
    return file.schema if file.schema is not None else _report(file, file.wrong, False, language)


def _sound(path: Path, language: str) -> Form:
    """The form, when it can be shown; else its errors."""
    schema = _readable(path, language)
    wrong = tuple(finding for finding in check_form(schema) if finding.severity == "error")
    return read_form(schema) if not wrong else _report(FormFile("", schema, wrong), wrong, False, language)


def _with_places(form: Form, places: ListOfPlaces) -> Form:
    return read_form(form.schema, places()) if places is not None and form.asks_places else form


def _page_key(form: Form, key: str | None) -> str:
    keys = [page.key for page in form.pages]
    if key is not None and key not in keys:
        raise click.BadParameter(", ".join(keys), param_hint="--page")
    return key or keys[0]


def _write_all(form: Form, said: dict[str, Any], language: str, folder: Path) -> None:
    """A file for each page, linked in their order."""
    folder.mkdir(parents=True, exist_ok=True)
    names = {page.key: f"{number}-{page.key}.html" for number, page in enumerate(form.pages, start=1)}
    way = [(page.title.in_(language), names[page.key]) for page in form.pages]
    following = [*list(names.values())[1:], ""]
    for page, after in zip(form.pages, following, strict=True):
        _write(folder / names[page.key], _document(form, page.key, said, language, way, after))


def _document(
    form: Form,
    key: str,
    said: dict[str, Any],
    language: str,
    way: list[tuple[str, str]] | None = None,
    after: str = "",
) -> str:
    # An empty form is not yet wrong.
    wrong = page_problems(form, key, said) if said else ()
    page = show(form, key, said, language, problems=wrong)
    try:
        return drawing(language).document(page, way or (), after)
    except FileNotFoundError as missing:
        raise click.ClickException(f"{missing.filename}: make setup") from missing


def _write(output: Path | None, text: str) -> None:
    if output is None:
        click.echo(text)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as wrong:
        raise click.UsageError(f"{output}: {wrong.strerror}") from None
