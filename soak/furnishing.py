"""`python -m soak.furnishing`: an installation with one unit, one official who holds every role, and one applicant."""

from datetime import date

from common.clock import system_clock
from common.db import Database
from common.identity.actor import machine
from common.identity.models import Account, Assignment, Unit
from common.identity.passwords import hash_password
from common.operations.database import application_url, owner_url
from common.operations.migrations import migrate, role_of
from common.postgres.embedded import Embedded
from common.postgres.visit import visit
from config import Settings, read_settings
from procedure_library.loading import load_calendar
from procedure_library.models import Version
from procedure_library.publishing import Basis, publish
from runtime.office import Office, equip
from soak.procedure import DEFINITION

PASSWORD = "bốn con thuyền xanh trên sông"
OFFICIAL, CITIZEN, MAILBOX = "canbo", "congdan", "lan@example.vn"
ROLES = ("reception", "case_officer", "approver", "cashier")
OPENED = date(2025, 7, 1)


def _prepare(settings: Settings) -> None:
    with visit(Embedded.of(settings.data_folder), settings.data_folder / "logs"):
        migrate(owner_url(settings), role_of(application_url(settings)))
        database = Database(application_url(settings))
        equip(database.engine, Office.of(settings))
        _furnish(database)
        database.engine.dispose()


def _furnish(database: Database) -> None:
    at, secret = system_clock(), hash_password(PASSWORD)
    with database.transaction() as session:
        load_calendar(session, at=at)
        unit = Unit(
            key="soaked",
            code="000.00.01.H01",
            name_vi="Ủy ban nhân dân phường Tân An",
            level="commune",
            area_code="00001",
            province_code="01",
            valid_from=OPENED,
        )
        session.add(unit)
        session.flush()
        posts = [Assignment(unit_id=unit.id, role=role, since=OPENED) for role in ROLES]
        official = _account("official", OFFICIAL, secret)
        official.assignments = posts
        citizen = _account("citizen", CITIZEN, secret)
        citizen.email = MAILBOX
        session.add_all((official, citizen))
        done = publish(
            session, DEFINITION, by=machine("soak"), at=at, basis=Basis("Decision 1"), effective_from=OPENED
        )
        assert isinstance(done, Version), done


def _account(kind: str, login: str, secret: str) -> Account:
    return Account(
        kind=kind, login=login, password_hash=secret, full_name="Nguyễn Thị Lan", created_at=system_clock()
    )


if __name__ == "__main__":
    _prepare(read_settings())
