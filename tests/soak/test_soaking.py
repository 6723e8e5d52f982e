"""A short soak: what was acknowledged is there once, whoever was killed, and the house lives without its database.

The long one is asked for by hand: `make soak`.
"""

from collections.abc import Iterator
from time import sleep

import pytest

from soak.away import database_away, served_by
from soak.browser import Browser
from soak.furnishing import CITIZEN, PASSWORD
from soak.house import House, house
from soak.procedure import KEY
from soak.soaking import Plan, drained, soak, told, until_ready


@pytest.fixture(scope="module")
def here() -> Iterator[House]:
    with house() as made:
        yield made


def test_what_was_acknowledged_is_there_once_and_every_mail_came_once_whatever_is_killed() -> None:
    outcome = soak(Plan(acts=300, kills=9, clients=3, away_seconds=3, seed=7))
    assert outcome.is_right, told(outcome)
    assert outcome.acts >= 300
    assert sum(outcome.kills.values()) == 9
    assert outcome.compared.mails > 50
    assert outcome.answers[503] > 0


def test_what_was_typed_before_a_house_without_database_is_sent_again_when_it_is_back(here: House) -> None:
    until_ready(here)
    citizen = Browser(here.address)
    signing_in = citizen.get("/sign-in").forms["/sign-in"] | {"login": CITIZEN, "password": PASSWORD}
    assert citizen.post("/sign-in", signing_in).status == 303
    start = f"/procedures/{KEY}/applications"
    begun = citizen.post(start, citizen.get(start).forms[start]).location
    page = f"{begun}/pages/person"
    typed = citizen.get(page).forms[page] | {"full_name": "Nguyễn Thị Lan", "copies": "3"}
    served = served_by(here)
    with database_away(here):
        sleep(2)
        answer = citizen.post(page, typed)
        assert (answer.status, answer.headers["Retry-After"]) == (503, "10")
        assert answer.forms[page] == typed
        assert citizen.get("/readyz").status == 503
        assert citizen.get("/healthz").status == 200
    until_ready(here)
    assert citizen.post(page, answer.forms[page]).status == 303
    filing = f"{begun}/filing"
    assert citizen.post(filing, citizen.get(f"{begun}/check").forms[filing]).status == 303
    assert drained(here) == ""
    assert len(here.mails.read_text().splitlines()) == 2
    assert served_by(here) == served
