"""An earlier dossier of the same person is offered to a new application, and its answers say where they came from."""

from html import unescape

from flask.testing import FlaskClient

from common.audit import AuditRow
from runtime import applications
from runtime.demo.accounts import PASSWORD
from runtime.earlier import carry, earlier
from runtime.models.applications import Application
from tests.runtime.small import MONDAY
from tests.runtime.town import SMALL, Town
from tests.web.people import send, sign_in


def begun(town: Town, **changes: object) -> Application:
    """A fresh application on which nothing was entered yet."""
    begun = applications.begin(
        town.session,
        **{
            "procedure_key": SMALL,
            "case_type": "ordinary",
            "unit_id": town.units["tan_an"].id,
            "channel": "online",
            "by": town.citizen(),
            "at": MONDAY,
            **changes,
        },
    )
    assert isinstance(begun, Application)
    return begun


def test_the_first_time_there_is_nothing_to_offer(town: Town) -> None:
    assert earlier(town.session, begun(town), at=MONDAY) is None


def test_what_was_said_before_is_filled_in_when_asked_for(town: Town) -> None:
    dossier, fresh = town.filed(), begun(town)
    offered = earlier(town.session, fresh, at=MONDAY)
    assert offered is not None
    assert (offered.number, offered.adds) == (dossier.filing_number, True)
    assert "copies" not in fresh.answers["person"]
    assert carry(town.session, fresh, by=town.citizen(), at=MONDAY) is None
    assert fresh.answers["person"]["copies"] == 3
    again = earlier(town.session, fresh, at=MONDAY)
    assert again is not None
    assert not again.adds
    assert "person.copies" in again.paths
    assert town.all(AuditRow, act="application.carried")[0].details == {"dossier": dossier.id}


def test_nobody_else_is_offered_it(town: Town) -> None:
    town.filed()
    assert earlier(town.session, begun(town, by=town.citizen("congdan2")), at=MONDAY) is None
    at_the_counter = begun(town, by=town.official("reception"), channel="counter")
    assert earlier(town.session, at_the_counter, at=MONDAY) is None


def test_what_was_sent_is_not_filled_in_any_more(town: Town) -> None:
    town.filed()
    sent = town.all(Application)[0]
    before = dict(sent.answers)
    assert carry(town.session, sent, by=town.citizen(), at=MONDAY) is not None
    assert sent.answers == before


def test_the_page_offers_it_and_marks_what_came(town: Town, client: FlaskClient) -> None:
    dossier, fresh = town.filed(), begun(town)
    sign_in(client, "congdan", PASSWORD)
    page = f"/applications/{fresh.id}/pages/person"
    assert f"Bạn đã khai hồ sơ {dossier.filing_number}" in unescape(client.get(page).text)
    assert send(client, f"{page}/earlier", page).status_code == 303
    shown = unescape(client.get(page).text)
    assert f"Lấy từ hồ sơ {dossier.filing_number}, xin kiểm tra lại." in shown
    assert "Bạn đã khai hồ sơ" not in shown
    assert client.get(page + "?language=en", follow_redirects=True).text.count("Taken from dossier") == 1
