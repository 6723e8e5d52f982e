"""A house with one unit and its officials, and filed dossiers of the measured procedure."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from bench.engine.procedure import ANSWERS, DEFINITION, KEY
from bench.storage import migrated
from common.clock import ZONE
from common.db import Database
from common.identity.actor import Actor, machine
from common.identity.models import Account, Unit
from common.operations.database import application_url, owner_url
from config import Settings
from procedure_library.loading import load_calendar
from procedure_library.models import Version
from procedure_library.publishing import Basis, publish
from runtime import applications
from runtime.models.applications import Application
from runtime.models.dossiers import Dossier
from runtime.office import Office, equip

OPENED = datetime(2026, 1, 5, 8, 0, tzinfo=ZONE)
FILED = datetime(2026, 3, 2, 8, 0, tzinfo=ZONE)
ROLES = ("reception", "case_officer", "approver")


@dataclass(frozen=True, slots=True)
class House:
    """Where the work happens and who does it: one official with every role, one applicant."""

    settings: Settings
    unit: int
    official: Actor
    applicant: Actor

    @property
    def url(self) -> str:
        """The database, as the application reaches it."""
        return application_url(self.settings)

    @property
    def owner(self) -> str:
        return owner_url(self.settings)

    def database(self) -> Database:
        """A pool of its own for a process."""
        database = Database(self.url)
        equip(database.engine, Office.of(self.settings))
        return database

    def filed(self, count: int) -> list[int]:
        """Ids of so many new dossiers that wait for reception."""
        database = self.database()
        with database.transaction() as session:
            ids = [_filed(session, self) for _ in range(count)]
        database.engine.dispose()
        return ids


@contextmanager
def house() -> Iterator[House]:
    with migrated() as settings:
        bare = House(settings, 0, machine("bench"), machine("bench"))
        database = bare.database()
        with database.transaction() as session:
            furnished = _furnished(session, settings)
        database.engine.dispose()
        yield furnished


def at(step: int) -> datetime:
    """When the step is done: an hour apart, the morning of the filing first."""
    return FILED + timedelta(minutes=10 * (step + 1))


def _furnished(session: Session, settings: Settings) -> House:
    load_calendar(session, at=OPENED)
    unit = Unit(
        key="measured",
        code="000.00.01.H01",
        name_vi="Ủy ban nhân dân phường Tân An",
        level="commune",
        area_code="00001",
        province_code="01",
        valid_from=date(2025, 7, 1),
    )
    people = [_account(kind) for kind in ("official", "citizen")]
    session.add_all([unit, *people])
    session.flush()
    basis = Basis("Decision 1")
    done = publish(
        session, DEFINITION, by=machine("bench"), at=OPENED, basis=basis, effective_from=date(2026, 1, 5)
    )
    assert isinstance(done, Version), done
    official = Actor(
        people[0].id, people[0].full_name, "official", frozenset((unit.id, role) for role in ROLES)
    )
    return House(settings, unit.id, official, Actor(people[1].id, people[1].full_name, "citizen"))


def _account(kind: str) -> Account:
    return Account(kind=kind, login=kind, password_hash="", full_name="Nguyễn Thị Lan", created_at=OPENED)


def _filed(session: Session, house: House) -> int:
    application = applications.begin(
        session,
        procedure_key=KEY,
        case_type="ordinary",
        unit_id=house.unit,
        channel="online",
        by=house.applicant,
        at=FILED,
    )
    assert isinstance(application, Application), application
    applications.save_page(session, application, "person", ANSWERS, by=house.applicant, at=FILED)
    dossier = applications.submit(session, application, by=house.applicant, at=FILED)
    assert isinstance(dossier, Dossier), dossier
    return dossier.id
