"""An upgrade rehearsed: a house in which people lived is migrated to the revision of this code.

Its rows were written by the code of that day (`houses/README.md`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, select, text

from common.db import Database
from common.operations.migrations import head, migrate, role_of
from runtime.engine.order import last_instant
from runtime.engine.plain import from_plain
from runtime.engine.state import State
from runtime.models.dossiers import Dossier
from runtime.models.money import Charge
from runtime.models.tasks import Task
from runtime.office import Office, equip
from runtime.replay import replay, verify
from tests.runtime import houses
from tests.runtime.test_rates import IN_DOLLARS, at, paid, put, signed
from tests.runtime.town import Town, publish_small, town_in
from tests.support.databases import Run
from tests.support.server import Addresses

GRANTED = """select table_name, privilege_type from information_schema.role_table_grants
    where grantee = :role and table_schema = 'public'"""
COLUMNS = """select table_name, column_name from information_schema.columns where table_schema = 'public'"""
ADDED_TO_ONLY = {
    *(
        "audit",
        "definitions",
        "versions",
        "publications",
        "calendars",
        "parameters",
        "rates",
        "code_lists",
        "former_communes",
        "version_rates",
        "version_calls",
        "callable_versions",
        "question_block_versions",
        "reminder_settings",
        "unit_names",
        "procedure_acts",
        "review_results",
        "seen_tours",
    ),
    *("interruptions", "draft_saves", "submissions", "review_acts", "dossier_events", "payments"),
}


@dataclass(frozen=True)
class Upgraded:
    """The house after its migration, and what it held before; `added`: the columns that are new."""

    addresses: Addresses
    before: dict[str, list[str]]
    added: dict[str, set[str]]


@pytest.fixture(scope="module", params=houses.revisions())
def upgraded(run: Run, request: pytest.FixtureRequest) -> Upgraded:
    there = run.at_revision(request.param, "upgraded")
    with _owner(there) as connection:
        houses.move_in(connection, request.param)
        before, columns = houses.rows(connection), _columns(connection)
    migrate(there.owner, role_of(there.application))
    with _owner(there) as connection:
        new = _columns(connection) - columns
    added = {table: {column for of, column in new if of == table} for table in before}
    return Upgraded(there, before, added)


@pytest.fixture
def old_town(upgraded: Upgraded, office: Office) -> Iterator[Town]:
    """The house with its people, seen by the application, in a transaction that is taken back."""
    database = Database(upgraded.addresses.application)
    equip(database.engine, office)
    with database.session() as session:
        yield town_in(session)
        session.rollback()
    database.engine.dispose()


def test_every_row_is_still_there_as_it_was(upgraded: Upgraded) -> None:
    with _owner(upgraded.addresses) as connection:
        now = houses.rows(connection, without=upgraded.added)
        assert connection.scalar(text("select version_num from alembic_version")) == head()
    assert {table: now.get(table) for table in upgraded.before} == upgraded.before
    assert len(upgraded.before["dossiers"]) >= 17


def test_no_history_is_told_otherwise(old_town: Town) -> None:
    found = old_town.all(Dossier)
    told = [(*replay(old_town.session, each), *verify(old_town.session, each)) for each in found]
    assert told == [()] * len(found)


def test_the_application_may_do_what_it_may_in_a_new_house(upgraded: Upgraded, addresses: Addresses) -> None:
    rights, new = _rights(upgraded.addresses), _rights(addresses)
    assert rights == new
    tables = {table for table, _right in rights}
    assert {table for table in tables if (table, "INSERT") in rights and (table, "UPDATE") not in rights} == (
        ADDED_TO_ONLY
    )
    assert not {(table, "DELETE") for table in ADDED_TO_ONLY} & rights
    assert {table for table in tables if (table, "SELECT") not in rights} == set()


def test_amounts_assessed_before_know_whether_they_were_reduced(old_town: Town) -> None:
    """Only the second version of the procedure in that house reduces anything."""
    charges = old_town.all(Charge)
    reduced = {charge.dossier_id for charge in charges if charge.reduced}
    dossiers = select(Dossier.id).join(Charge).where(Charge.amount < 6000)
    assert reduced == set(old_town.session.scalars(dossiers)) != set()


def test_work_goes_on(old_town: Town) -> None:
    """Whoever was being examined is granted and pays; a new law reads rates of exchange."""
    waiting = old_town.all(Task, status="open", step="examine")
    assert waiting
    for task in waiting:
        dossier = old_town.session.get_one(Dossier, task.dossier_id)
        known = last_instant(from_plain(State, dossier.state))
        for outcome in ("fit", "granted", "collected"):
            assert isinstance(old_town.complete(dossier, outcome, max(at(28), known or at(28))), Task)
        assert replay(old_town.session, dossier) == verify(old_town.session, dossier) == ()
    publish_small(old_town.session, at(1), date(2026, 4, 1), rules=IN_DOLLARS)
    put(old_town, date(2026, 4, 28), "26105")
    dossier = signed(old_town, at(28))
    assert isinstance(old_town.complete(dossier, "collected", at(28)), Task)
    assert paid(old_town, dossier) == 145 * 26_105
    assert replay(old_town.session, dossier) == verify(old_town.session, dossier) == ()


def _owner(there: Addresses) -> Any:
    return create_engine(there.owner, pool_size=1).begin()


def _columns(connection: Connection) -> set[tuple[str, str]]:
    return {(table, column) for table, column in connection.execute(text(COLUMNS))}


def _rights(there: Addresses) -> set[tuple[str, str]]:
    with _owner(there) as connection:
        found = connection.execute(text(GRANTED), {"role": role_of(there.application)})
        return {(table, right) for table, right in found if not table.startswith("procrastinate")}
