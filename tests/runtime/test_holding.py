"""What an act reads and writes at one go: reference data remembered by its stamp, letters printed from their event."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from common.db import Database
from common.identity.actor import machine
from common.money import Money
from procedure_library.reference import record_parameter
from rules_dsl.evaluation import ParameterValue
from runtime import dossiers, queries
from runtime.holding import hold
from runtime.letters.printing import print_all, print_stored
from runtime.models.dossiers import DossierEvent, EvaluationRow
from runtime.models.papers import Letter, Notice
from runtime.models.tasks import Task
from runtime.office import Office
from runtime.rows import Rows
from tests.runtime.small import MONDAY
from tests.runtime.town import SMALL, Town, publish_small, town_in

STAMPED = ("calendars", "parameters", "interruptions", "units", "versions")


def stamp(town: Town) -> Any:
    return town.session.execute(text("select stamp from reference_stamp")).scalar_one()


@pytest.mark.parametrize("table", STAMPED)
def test_whatever_acts_read_beside_their_dossier_changes_the_stamp(town: Town, table: str) -> None:
    before = stamp(town)
    # A statement that changes no row is a change all the same: nobody counts rows.
    owner_sees = (
        f"select count(*) from pg_trigger where tgrelid = '{table}'::regclass and tgname like '%stamp%'"
    )
    assert town.session.execute(text(owner_sees)).scalar_one() == 1
    if table == "units":
        town.units["tan_an"].phone = "0200 000 000"
        town.session.flush()
        assert stamp(town) != before


def test_an_act_reads_what_was_decided_since_the_last_one(town: Town) -> None:
    first = town.received()
    assert first.due_at is not None
    publish_small(town.session, MONDAY, date(2026, 1, 1), supplement="restart")
    second = town.received()
    assert second.version_id != first.version_id


def test_what_a_transaction_saw_that_was_taken_back_is_not_remembered(database: Database) -> None:
    seen = []
    for amount in (1_000, 2_000):
        with database.session() as session:
            town = town_in(session)
            value = ParameterValue(Money(amount), from_on=date(2026, 1, 1))
            area, by = town.units["tan_an"].area_code, machine("test")
            record_parameter(session, SMALL, "p", value, area=area, basis="NQ 1", by=by, at=MONDAY)
            dossier = town.filed()
            seen.append((hold(session, dossier.id).stamp, hold(session, dossier.id).state.settings))
            session.rollback()
    assert len({each[0] for each in seen}) == 2
    assert len({each[1] for each in seen}) == 2


def test_a_held_dossier_says_what_its_row_says(town: Town) -> None:
    dossier = town.received()
    held = hold(town.session, dossier.id)
    for name in ("id", "filing_number", "procedure_key", "unit_id", "version_id", "status", "received_at"):
        assert getattr(held, name) == getattr(dossier, name)
    assert (held.body, held.events) == (dossier.state, dossier.events)
    assert held.answers["person"]["copies"] == 3


def test_the_rows_of_an_act_are_numbered_in_their_order(town: Town) -> None:
    dossier = town.filed(by=town.citizen("congdan2"))
    letters = town.all(Letter, dossier_id=dossier.id)
    assert [(each.kind, each.language) for each in letters] == [
        ("filing_confirmation", "vi"),
        ("filing_confirmation", "en"),
    ]
    assert [row.number for row in town.all(EvaluationRow, dossier_id=dossier.id)] == [1]
    assert [event.act for event in town.all(DossierEvent, dossier_id=dossier.id)] == ["submit"]


def test_nothing_asked_for_is_no_statement(town: Town) -> None:
    Rows().write(town.session)
    assert town.all(Notice) == []


def test_objects_that_the_session_has_say_what_was_written(town: Town) -> None:
    dossier = town.received()
    task = town.task(dossier)
    town.complete(dossier, "fit")
    assert (task.status, dossier.events) == ("done", 3)
    assert {each.step for each in town.all(Task, dossier_id=dossier.id, status="open")} == {"sign"}


def test_a_letter_prints_its_own_event_whatever_has_happened_since(town: Town, office: Office) -> None:
    dossier = town.received()
    (slip,) = town.all(Letter, dossier_id=dossier.id, kind="reception_slip")
    at_once = print_stored(town.session, slip.id, office.files).digest
    slip.digest = None
    new_day, leader = (MONDAY + timedelta(days=7)).date(), town.official("leader")
    dossiers.reappoint(town.session, dossier, new_day=new_day, reason="Phải xác minh", by=leader, at=MONDAY)
    town.complete(dossier, "fit")
    assert print_stored(town.session, slip.id, office.files).digest == at_once


def test_a_letter_is_printed_once_by_job_or_reader(town: Town, office: Office) -> None:
    dossier = town.filed(by=town.citizen("congdan2"))
    first, second = queries.letters_of(town.session, dossier)
    read = print_stored(town.session, first.id, office.files).digest
    print_all(town.session, office.files, dossier_id=dossier.id, event=1)
    assert first.digest == read
    assert second.digest not in (None, read)
