"""Folding the events gives what is stored; today's code decides the same; what was altered is found."""

import json
from datetime import timedelta
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from common.db import Database
from config import Settings
from runtime import cli, dossiers
from runtime.models.dossiers import Answers, Dossier
from runtime.replay import CANNOT_VERIFY, replay, verify
from tests.runtime.small import MONDAY
from tests.runtime.town import Town, town_in


def test_every_kind_of_act_replays_and_verifies(town: Town) -> None:
    told = _everything(town)
    for dossier in told:
        assert replay(town.session, dossier) == ()
        assert verify(town.session, dossier) == ()


@pytest.mark.parametrize(
    ("altered", "what"),
    [
        ("update dossiers set status = 'returned'", {"status"}),
        ("update dossiers set state = jsonb_set(state, '{opened}', '9')", {"state"}),
        ("update dossiers set due_at = due_at + interval '1 day'", {"due_at"}),
        ("update tasks set status = 'done' where kind = 'step'", {"open tasks"}),
        ("update tasks set claimed_by = 1 where kind = 'step'", {"open tasks"}),
    ],
)
def test_whatever_was_altered_is_found(town: Town, altered: str, what: set[str]) -> None:
    dossier = town.received()
    town.session.flush()
    town.session.execute(text(altered))
    town.session.expire_all()
    found = replay(town.session, dossier)
    assert {each.what for each in found} == what
    assert all(each.dossier == dossier.code for each in found)


def test_a_changed_rule_shows_in_verify_and_changes_nothing(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    from runtime.engine import clock

    dossier = town.received()
    due = dossier.due_at
    monkeypatch.setattr(clock, "due", lambda *_: None)
    (found,) = verify(town.session, dossier)
    assert (found.event, found.what) == (2, "accept")
    assert found.stored["due"]["on"] == "2026-03-05"
    assert "due" not in found.expected
    assert replay(town.session, dossier) == ()
    assert dossier.due_at == due


def test_erased_answers_leave_the_history_whole(town: Town) -> None:
    dossier = town.received()
    answers = town.all(Answers, dossier_id=dossier.id)[0]
    answers.body = None
    town.session.flush()
    assert replay(town.session, dossier) == ()
    assert {found.code for found in verify(town.session, dossier)} == {CANNOT_VERIFY}


def test_events_cannot_be_rewritten_by_the_application(database: Database) -> None:
    with database.transaction() as session:
        town_in(session).received()
    for statement in ("update dossier_events set act = 'x'", "delete from dossier_events"):
        with pytest.raises(Exception, match="permission denied"), database.transaction() as session:
            session.execute(text(statement))


def test_the_command_says_0_for_a_whole_history_and_1_once_a_state_was_altered(
    database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.transaction() as session:
        dossier = town_in(session).received()
        code = str(dossier.code)
    monkeypatch.setattr(cli, "read_settings", lambda: settings)
    monkeypatch.setattr(cli, "open_database", lambda _settings: database)
    for command in ("replay", "verify"):
        assert _asked(command, "--all").exit_code == 0
        assert _asked(command, code).exit_code == 0
    with database.transaction() as session:
        session.execute(text("update dossiers set status = 'stopped'"))
    assert _asked("replay", "--all").exit_code == 1
    told = json.loads(_asked("replay", code, "--json").output)
    assert [(each["dossier"], each["what"], each["stored"], each["expected"]) for each in told] == [
        (code, "status", "stopped", "in_process")
    ]
    assert _asked("verify", "--all").exit_code == 0


def test_wrong_use_is_exit_2(database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "read_settings", lambda: settings)
    monkeypatch.setattr(cli, "open_database", lambda _settings: database)
    for arguments in ((), ("X", "--all"), ("no such dossier",), ("--invented",)):
        assert _asked("replay", *arguments).exit_code == 2


def _asked(command: str, *arguments: str) -> Result:
    return CliRunner().invoke(cli.dossiers, [command, *arguments])


def _everything(town: Town) -> list[Dossier]:
    """Dossiers that went through every act there is."""
    reception, leader, citizen = town.official("reception"), town.official("leader"), town.citizen()
    later = MONDAY + timedelta(days=1)
    who: dict[str, Any] = {"by": reception, "at": later}
    returned = town.finished()
    dossiers.hand_over(town.session, returned, **who)
    refused, sent_back = town.filed(), town.filed()
    dossiers.refuse(town.session, refused, reason="Sai thẩm quyền", **who)
    dossiers.return_for_completion(town.session, sent_back, reason="Thiếu", **who)
    supplemented = town.received()
    town.complete(supplemented, "incomplete", later, reason="Thiếu")
    dossiers.answer_supplement(town.session, supplemented, by=citizen, at=later)
    dossiers.reappoint(
        town.session,
        supplemented,
        new_day=(MONDAY + timedelta(days=10)).date(),
        reason="Phải xác minh",
        by=leader,
        at=later,
    )
    withdrawn, stopped, turned_down = town.received(), town.received(), town.received()
    dossiers.withdraw(town.session, withdrawn, reason="", by=citizen, at=later)
    dossiers.stop(town.session, stopped, reason="Không bổ sung", by=leader, at=later)
    town.complete(turned_down, "fit", later)
    town.complete(turned_down, "refused", later, reason="Không đủ điều kiện")
    return [returned, refused, sent_back, supplemented, withdrawn, stopped, turned_down]
