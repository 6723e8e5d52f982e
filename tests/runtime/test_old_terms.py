"""The promised day of an older system's dossier: told with its origin, and moved by what the office does here."""

from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient

from common.clock import local_date
from common.jobs import Work
from common.problems import Refusal
from config import Settings
from rules_dsl.spreadsheets.files import FORMATS
from runtime import halting
from runtime.demo.accounts import PASSWORD
from runtime.models.dossiers import Dossier
from runtime.office import Office
from runtime.replay import replay, verify
from tests.conftest import SettableClock
from tests.runtime import old_dossiers
from tests.runtime.small import RULES
from tests.runtime.test_importing import NOW, _rows, taken
from tests.runtime.town import Town, publish_small
from tests.web.people import send, sign_in

REASON = "Công điện 12/CĐ-UBND"
PROMISED = date(2026, 4, 10)


@pytest.fixture
def old(town: Town, office: Office, settings: Settings) -> Dossier:
    """An open one, promised for Friday 10/04/2026, taken over on Wednesday 01/04/2026."""
    rules = RULES.format(supplement="extendable by 2 working days once")
    publish_small(town.session, NOW - timedelta(days=60), date(2026, 2, 1), rules=rules)
    row = old_dossiers.row(1, **{"Ngày hẹn trả": "10/04/2026"})
    taken(town, Work(town.session, NOW, office.files, settings), FORMATS[".csv"].write(_rows(row)), "a.csv")
    (dossier,) = town.all(Dossier)
    return dossier  # type: ignore[no-any-return]


def due(dossier: Dossier) -> date | None:
    return local_date(dossier.due_at) if dossier.due_at else None


def agrees(town: Town, dossier: Dossier) -> None:
    assert replay(town.session, dossier) == verify(town.session, dossier) == ()


def test_time_that_the_office_stops_is_added_to_the_promised_day(town: Town, old: Dossier) -> None:
    leader = town.official("leader")
    stopped = halting.suspend(town.session, old, why="incident", reason=REASON, by=leader, at=NOW)
    assert isinstance(stopped, Dossier), stopped
    assert due(old) is None
    # Two working days on which the clock stood still.
    on = halting.resume(town.session, old, by=leader, at=NOW + timedelta(days=2))
    assert isinstance(on, Dossier)
    assert due(old) == date(2026, 4, 14)
    assert old.appointment_at is not None
    assert local_date(old.appointment_at) == date(2026, 4, 14)
    agrees(town, old)


def test_it_is_extended_by_what_the_rule_allows(town: Town, old: Dossier) -> None:
    leader = town.official("leader")
    too_long = halting.extend(town.session, old, amount=3, after=0, reason=REASON, by=leader, at=NOW)
    assert too_long == Refusal("dossiers.extension_too_long", {"most": 2})
    done = halting.extend(town.session, old, amount=2, after=0, reason=REASON, by=leader, at=NOW)
    assert isinstance(done, Dossier)
    assert due(old) == date(2026, 4, 14)
    again = halting.extend(town.session, old, amount=1, after=1, reason=REASON, by=leader, at=NOW)
    assert again == Refusal("dossiers.extended_already", {"times": 1})
    agrees(town, old)


def test_the_pages_tell_where_the_day_comes_from(
    town: Town, old: Dossier, client: FlaskClient, clock: SettableClock
) -> None:
    clock.now = NOW
    sign_in(client, "lanhdao", PASSWORD)
    page = f"/desk/dossiers/{old.code}"
    assert f"theo giấy hẹn của hệ thống cũ, số {old.code}" in client.get(page).text
    assert "Gia hạn thêm" in client.get(f"{page}/extension").text
    assert (
        send(client, f"{page}/extension", f"{page}/extension", amount="9", reason=REASON).status_code == 422
    )
    assert (
        send(client, f"{page}/extension", f"{page}/extension", amount="2", reason=REASON).status_code == 303
    )
    told = client.get(page).text
    assert "trước đó theo giấy hẹn của hệ thống cũ" in told
    assert "Tính từng ngày" in told
