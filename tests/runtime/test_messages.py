"""`motcua dossiers message`: what another system sends is heard once, by whoever sends it how often."""

from datetime import timedelta

import pytest
from click.testing import CliRunner, Result

from common.db import Database
from config import Settings
from runtime import cli
from runtime.engine.plain import from_plain
from runtime.engine.state import State
from runtime.models.dossiers import Dossier
from tests.runtime.small import MONDAY
from tests.runtime.town import publish_small, town_in
from tests.runtime.waiting import hearing


def _sent(*arguments: str) -> Result:
    return CliRunner().invoke(cli.dossiers, ["message", *arguments])


def test_a_message_is_heard_once(
    database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.transaction() as session:
        body = hearing()
        before = MONDAY - timedelta(days=2)
        publish_small(session, before, MONDAY.date(), steps=body.steps, transitions=body.transitions)
        dossier = town_in(session).received()
        code, number = str(dossier.code), dossier.id
    monkeypatch.setattr(cli, "read_settings", lambda: settings)
    monkeypatch.setattr(cli, "open_database", lambda _settings: database)
    other = _sent(code, "land_register", "--id", "7")
    assert (other.exit_code, "không chờ tin «land_register»" in other.output) == (1, True)
    first, again = _sent(code, "tax_paid", "--id", "7"), _sent(code, "tax_paid", "--id", "7")
    assert (first.exit_code, first.output) == (0, "")
    assert (again.exit_code, again.output.startswith("Tin số 7 đã được nhận")) == (0, True)
    assert _sent(code, "tax_paid", "--id", "8").exit_code == 1
    assert _sent("no such dossier", "tax_paid", "--id", "8").exit_code == 2
    with database.session() as session:
        state = from_plain(State, session.get_one(Dossier, number).state)
    assert (state.heard, [task.step for task in state.tasks]) == (("7",), ["sign"])
