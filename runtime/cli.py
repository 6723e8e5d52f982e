"""`motcua dossiers replay|verify|moved|message`: history against what is stored, dates that moved, and messages of
other systems.

Exit 0 when history and state agree, 1 when they do not, 2 for wrong use.
"""

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict

import click
from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from common.clock import system_clock
from common.messages import message, word
from common.operations.cli import plainly
from common.operations.database import open_database
from common.problems import Refusal
from config import read_settings
from rules_dsl.explain import shift_sentences
from runtime import replay as history
from runtime.hearing import HEARD, receive_message
from runtime.models.dossiers import Dossier
from runtime.moved import dossiers_with_moved_dates, moved_dates
from runtime.replay import Difference

Question = Callable[[Session, Dossier], tuple[Difference, ...]]
BATCH = 500


@click.group("dossiers")
def dossiers() -> None:
    """Check the history of dossiers against what is stored."""


@dossiers.command("replay")
@click.argument("code", required=False)
@click.option("--all", "every", is_flag=True, help="All dossiers.")
@click.option("--json", "as_json", is_flag=True, help="One JSON list, for machines.")
@plainly
def replay(code: str | None, every: bool, as_json: bool) -> None:
    """Fold the events of CODE, or of all dossiers: they must give the stored state."""
    _ask(history.replay, code, every, as_json)


@dossiers.command("verify")
@click.argument("code", required=False)
@click.option("--all", "every", is_flag=True, help="All dossiers.")
@click.option("--json", "as_json", is_flag=True, help="One JSON list, for machines.")
@plainly
def verify(code: str | None, every: bool, as_json: bool) -> None:
    """Decide the events of CODE, or of all dossiers, again with today's code, and tell what would differ."""
    _ask(history.verify, code, every, as_json)


@dossiers.command("moved")
@click.argument("code", required=False)
@click.option("--all", "every", is_flag=True, help="All dossiers.")
@click.option("--language", type=click.Choice(["vi", "en"]), default="vi", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON list, for machines.")
@plainly
def moved(code: str | None, every: bool, language: str, as_json: bool) -> None:
    """Tell each date of CODE, or of all dossiers, that moved because days count otherwise, and by which days."""
    _one_or_all(code, every)
    with open_database(read_settings()).session() as session:
        asked = tuple(_asked(session, code) if code else session.scalars(dossiers_with_moved_dates()))
        found = [each for dossier in asked for each in moved_dates(session, dossier)]
    _known(code, len(asked))
    if as_json:
        click.echo(json.dumps([each.to_json() for each in found], ensure_ascii=False))
        return
    for each in found:
        heading, *why = shift_sentences(each.shift, language)
        promise = word("@dossiers.appointment_kept" if each.kept else "@dossiers.appointment_moved", language)
        click.echo(f"{each.dossier}: {heading} {promise}")
        for line in why:
            click.echo(f"  {line}")


@dossiers.command("message")
@click.argument("code")
@click.argument("key")
@click.option("--id", "message_id", required=True, help="The message's own number: the same is heard once.")
@plainly
def message_arrived(code: str, key: str, message_id: str) -> None:
    """Tell the dossier CODE that the message KEY of another system has come. Sent again, it changes nothing."""
    with open_database(read_settings()).transaction() as session:
        found = session.scalars(_named(code)).one_or_none()
        _known(code, int(found is not None))
        assert found is not None
        heard = receive_message(session, found, key, message_id, at=system_clock())
    if isinstance(heard, Refusal):
        said = message(heard.code, heard.parameters)
        click.echo(f"{said.text}. {said.remedy}")
        sys.exit(0 if heard.code == HEARD else 1)


def _named(code: str) -> Select[tuple[Dossier]]:
    return select(Dossier).where(or_(Dossier.code == code, Dossier.filing_number == code))


def _one_or_all(code: str | None, every: bool) -> None:
    if (code is None) != every:
        raise click.UsageError("give one dossier code or filing number, or --all")


def _known(code: str | None, asked: int) -> None:
    if code is not None and not asked:
        raise click.UsageError(f"there is no dossier {code}")


def _ask(question: Question, code: str | None, every: bool, as_json: bool) -> None:
    _one_or_all(code, every)
    database = open_database(read_settings())
    with database.session() as session:
        asked, differences = 0, []
        for dossier in _asked(session, code):
            asked += 1
            differences += question(session, dossier)
    _known(code, asked)
    _tell(asked, differences, as_json)
    sys.exit(1 if any(each.code == history.DIFFERS for each in differences) else 0)


def _asked(session: Session, code: str | None) -> Iterator[Dossier]:
    question = _named(code) if code is not None else select(Dossier)
    yield from session.scalars(question.order_by(Dossier.id).execution_options(yield_per=BATCH))


def _tell(asked: int, differences: list[Difference], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps([asdict(each) for each in differences], ensure_ascii=False))
        return
    for each in differences:
        said = message(each.code, {"what": each.what, "event": each.event or "–"})
        click.echo(f"{each.dossier}: {said.text}")
        click.echo(f"  - {json.dumps(each.stored, ensure_ascii=False)}")
        click.echo(f"  + {json.dumps(each.expected, ensure_ascii=False)}")
    click.echo(
        f"{asked} hồ sơ, {len(differences)} khác biệt · {asked} dossiers, {len(differences)} differences"
    )
