"""The demo province: made by the real verbs, in every state, with people who can sign in."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from common.clock import ZONE
from common.db import Database
from common.files import FileStore
from common.identity.accounts import actor_of, sign_in
from common.identity.actor import ROLES
from common.identity.models import Account, Assignment, Unit
from common.operations.parts import DemoAccount
from common.problems import Refusal
from procedure_library.definition import Ending
from procedure_library.ready_made import national_calendar
from runtime import queries
from runtime.demo.accounts import ACCOUNTS, CITIZENS, OFFICIALS
from runtime.demo.load import load
from runtime.demo.plans import PLANS
from runtime.demo.ways import outcome_towards
from runtime.engine.status import CLOSED, OPEN
from runtime.models.dossiers import Dossier
from runtime.office import Office, equip
from runtime.replay import replay, verify
from tests.runtime.small import context, small
from tests.runtime.town import IDENTITY_KEY
from tests.support.databases import Run

SATURDAY = datetime(2026, 11, 21, 10, 0, tzinfo=ZONE)
ONE_OF_EACH = tuple(dict.fromkeys(PLANS))


@pytest.fixture(scope="module")
def loaded(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One dossier of each plan, on an empty database."""
    database = Database(run.copy("empty", "demo").application)
    files = FileStore(Path(tmp_path_factory.mktemp("demo")))
    equip(database.engine, Office(files, IDENTITY_KEY, "http://127.0.0.1:8000"))
    with database.transaction() as session:
        load(session, at=SATURDAY, plans=ONE_OF_EACH)
    yield database
    database.engine.dispose()


@pytest.fixture
def province(loaded: Database) -> Iterator[Session]:
    with loaded.session() as session:
        yield session


def test_two_hundred_dossiers_are_planned() -> None:
    assert len(PLANS) == 200


def test_dossiers_stand_in_every_state(province: Session) -> None:
    statuses = Counter(province.scalars(select(Dossier.status)))
    # No ready-made procedure has a step that waits for a payment.
    assert set(statuses) == set(OPEN) - {"awaiting_payment"} | CLOSED
    assert statuses.total() == len(ONE_OF_EACH)


def test_every_one_of_them_replays_and_verifies(province: Session) -> None:
    for dossier in province.scalars(select(Dossier)):
        assert replay(province, dossier) == ()
        assert verify(province, dossier) == ()


def test_nothing_happened_outside_office_days_or_in_the_future(province: Session) -> None:
    calendar = national_calendar().calendar
    for dossier in province.scalars(select(Dossier)):
        assert dossier.submitted_at <= SATURDAY
        assert calendar.is_working(dossier.submitted_at.astimezone(ZONE).date())
        assert dossier.finished_at is None or dossier.finished_at <= SATURDAY


def test_a_province_four_departments_three_communes_and_somebody_in_every_role(province: Session) -> None:
    levels = Counter(province.scalars(select(Unit.level)))
    assert levels == {"province": 1, "department": 4, "commune": 3}
    assert set(province.scalars(select(Assignment.role))) == set(ROLES)


@pytest.mark.parametrize("account", ACCOUNTS, ids=lambda account: account.login)
def test_every_printed_account_can_sign_in_here_and_only_here(
    province: Session, account: DemoAccount
) -> None:
    assert account.may.vi
    assert account.may.en
    login, password = account.login, account.password
    here = sign_in(province, login, password, local=True, key=IDENTITY_KEY, at=SATURDAY)
    assert isinstance(here, Account), here
    assert here.demo
    elsewhere = sign_in(province, login, password, local=False, key=IDENTITY_KEY, at=SATURDAY)
    assert elsewhere == Refusal("identity.demo_on_loopback_only")


def test_citizens_have_full_profiles_and_dossiers(province: Session) -> None:
    assert len(CITIZENS) == 2
    for account in province.scalars(select(Account).where(Account.kind == "citizen")):
        assert all((account.identity_number, account.born_on, account.address, account.phone, account.email))
    owners = set(province.scalars(select(Dossier.owner_id).where(Dossier.owner_id.is_not(None))))
    assert owners


def test_officials_find_work_in_their_inbox(province: Session) -> None:
    waiting = 0
    for account in province.scalars(select(Account).where(Account.kind == "official")):
        actor = actor_of(province, account, SATURDAY.date())
        waiting += len(queries.inbox(province, actor, at=SATURDAY).rows)
    assert waiting
    assert len(OFFICIALS) == 25


def test_loading_again_changes_nothing(loaded: Database) -> None:
    with loaded.transaction() as session:
        before = session.scalar(select(func.count()).select_from(Dossier))
        load(session, at=SATURDAY)
        assert session.scalar(select(func.count()).select_from(Dossier)) == before


@pytest.mark.parametrize(
    ("step", "goal", "outcome"),
    [
        ("examine", "granted", "fit"),
        ("examine", "refused", "fit"),
        ("examine", "supplement", "incomplete"),
        ("sign", "granted", "granted"),
        ("sign", "refused", "refused"),
        ("sign", "supplement", None),
    ],
)
def test_the_way_to_a_wanted_end_is_read_from_the_graph(step: str, goal: Ending, outcome: str | None) -> None:
    assert outcome_towards(context(small()).compiled.graph, step, goal) == outcome
