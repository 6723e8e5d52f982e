"""`motcua import-dossiers FILE`: looks a file of old dossiers through, and takes over what is sound with --do.

Exit 0: nothing is wrong; 1: something is (with --do the rest was taken over); 2: wrong use.
"""

import json
import sys
from pathlib import Path
from typing import Any

import click
from sqlalchemy import select

from common.clock import system_clock
from common.db import Database
from common.identity.models import Account
from common.operations.database import open_database
from common.operations.plain import plainly
from config import read_settings
from runtime.importing.checking import Report, check, in_words
from runtime.importing.runs import some
from runtime.office import Office, equip

SENTENCE = {
    "vi": "{rows} dòng: {sound} nhập được, {unchanged} đã có, {faulty} sai.",
    "en": "{rows} rows: {sound} can be taken over, {unchanged} are here, {faulty} are wrong.",
}
TAKEN = {"vi": "Đã nhập {taken} hồ sơ.", "en": "Took over {taken} dossiers."}


@click.command("import-dossiers")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--do", "really", is_flag=True, help="Take over what is sound; without it nothing is written.")
@click.option("--by", "login", help="Login of the official who answers for it; needed with --do.")
@click.option("--language", type=click.Choice(["vi", "en"]), default="vi", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for machines.")
@plainly
def import_dossiers(file: Path, really: bool, login: str | None, language: str, as_json: bool) -> None:
    """Check the .xlsx or .csv FILE with dossiers of an older system, then take them over."""
    if really and not login:
        raise click.UsageError("say with --by who answers for it")
    settings = read_settings()
    database, content = open_database(settings), file.read_bytes()
    equip(database.engine, Office.of(settings))
    account_id = _account(database, login) if login else None
    with database.session() as session:
        report = check(session, content, file.name, at=system_clock())
    taken = _take(database, content, file.name, account_id) if really and account_id else None
    _tell(report, taken, language, as_json)
    sys.exit(1 if report.findings else 0)


def _account(database: Database, login: str) -> int:
    with database.session() as session:
        official = select(Account.id).where(Account.login == login, Account.kind == "official")
        found = session.scalar(official)
    if found is None:
        raise click.UsageError(f"there is no official {login}")
    return found


def _take(database: Database, content: bytes, name: str, account_id: int) -> int:
    """Some at a time, each piece in a transaction of its own: stopped half-way, the next run goes on."""
    total = 0
    while True:
        with database.transaction() as session:
            at = system_clock()
            taken = some(session, check(session, content, name, at=at), account_id=account_id, at=at)
        total += taken
        if not taken:
            return total


def _tell(report: Report, taken: int | None, language: str, as_json: bool) -> None:
    if as_json:
        said: dict[str, Any] = {**report.to_json(), "taken": taken}
        click.echo(json.dumps(said, ensure_ascii=False))
        return
    for finding in report.findings:
        click.echo(in_words(finding, language))
    counts = {key: value for key, value in report.to_json().items() if key != "findings"}
    click.echo(SENTENCE[language].format(**counts))
    if taken is not None:
        click.echo(TAKEN[language].format(taken=taken))
