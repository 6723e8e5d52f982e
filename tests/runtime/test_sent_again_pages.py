"""Every form that asks for an act carries a key; sent again it is answered with the same page and the same notice."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient

from runtime import dossiers
from runtime.demo.accounts import PASSWORD
from runtime.models.applications import Application
from runtime.models.dossiers import Dossier, DossierEvent
from tests.runtime.small import MONDAY
from tests.runtime.town import Town
from tests.web.people import send, sign_in

REASON = "1. Thiếu chữ ký của người yêu cầu."


def _handed(town: Town) -> Dossier:
    dossier = town.finished()
    dossiers.hand_over(town.session, dossier, by=town.official("reception"), at=MONDAY)
    return dossier


def _asked(town: Town) -> Dossier:
    dossier = town.received()
    town.complete(dossier, "incomplete", reason=REASON)
    return dossier


def _collecting(town: Town) -> Dossier:
    dossier = town.received()
    for outcome in ("fit", "granted"):
        town.complete(dossier, outcome)
    return dossier


# Who, on which dossier, from which page, by which form. {d} and {n} are code and filing number of the dossier, {t} is
# its first open task.
FORMS: dict[str, tuple[str, Callable[[Town], Dossier], str, str, dict[str, str]]] = {
    "accept": ("tiepnhan", lambda t: t.filed(), "/desk/dossiers/{d}", "/desk/dossiers/{d}/acceptance", {}),
    "ask for completion": (
        "tiepnhan",
        lambda t: t.filed(),
        "/desk/dossiers/{d}/completion-request",
        "",
        {"reason": REASON},
    ),
    "refuse": ("tiepnhan", lambda t: t.filed(), "/desk/dossiers/{d}/refusal", "", {"reason": REASON}),
    "claim": ("thuly", lambda t: t.received(), "/desk/dossiers/{d}", "/desk/tasks/{t}/claim", {}),
    "complete": (
        "thuly",
        lambda t: t.received(),
        "/desk/tasks/{t}",
        "/desk/tasks/{t}/completion",
        {"outcome": "fit"},
    ),
    "collect": (
        "thungan",
        _collecting,
        "/desk/tasks/{t}",
        "/desk/tasks/{t}/completion",
        {"outcome": "collected", "shown": "6000VND"},
    ),
    "give to": ("lanhdao", lambda t: t.received(), "/desk/tasks/{t}/assignment", "", {"to": "{taker}"}),
    "report": ("thuly", lambda t: t.received(), "/desk/tasks/{t}/escalation", "", {"reason": REASON}),
    "suspend": (
        "lanhdao",
        lambda t: t.received(),
        "/desk/dossiers/{d}/suspension",
        "",
        {"reason": REASON, "why": "incident"},
    ),
    "stop": ("lanhdao", lambda t: t.received(), "/desk/dossiers/{d}/stop", "", {"reason": REASON}),
    "appoint anew": (
        "lanhdao",
        lambda t: t.received(),
        "/desk/dossiers/{d}/appointment",
        "",
        {"reason": REASON, "new_day": "9/3/2026"},
    ),
    "take a supplement": ("tiepnhan", _asked, "/desk/dossiers/{n}/supplement", "", {}),
    "answer a supplement": ("congdan", _asked, "/my/dossiers/{d}/supplement", "", {}),
    "hand over": (
        "tiepnhan",
        lambda t: t.finished(),
        "/desk/dossiers/{d}",
        "/desk/dossiers/{d}/return",
        {"method": "counter"},
    ),
    "withdraw at the counter": ("tiepnhan", lambda t: t.filed(), "/desk/dossiers/{d}/withdrawal", "", {}),
    "withdraw": ("congdan", lambda t: t.filed(), "/my/dossiers/{d}/withdrawal", "", {}),
    "refuse a refund": (
        "thungan",
        _handed,
        "/desk/dossiers/{d}/refund",
        "/desk/dossiers/{d}/refund-refusal",
        {"refusal": REASON},
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_form_sent_twice_is_answered_twice_and_done_once(
    town: Town, client: FlaskClient, form: str
) -> None:
    login, stands, page, action, typed = FORMS[form]
    dossier = stands(town)
    taker = str(town.official("case_officer").account_id)
    number = dossier.filing_number if page.startswith("/my") else dossier.code or dossier.filing_number
    known = {"d": number, "n": dossier.filing_number, "taker": taker, "t": _first_task(town, dossier)}
    page, action = page.format_map(known), (action or page).format_map(known)
    sign_in(client, login, PASSWORD)
    said = {name: value.format_map(known) for name, value in typed.items()}
    fields = {**_fields(client, page, action), **said}
    events = dossier.events + 1
    first = client.post(action, data=fields)
    told = _notices(client, first.location)
    again = client.post(action, data=fields)
    assert (first.status_code, again.status_code) == (303, 303), unescape(first.text)
    assert again.location == first.location
    assert _notices(client, again.location) == told != []
    town.session.refresh(dossier)
    assert (dossier.events, len(town.all(DossierEvent, dossier_id=dossier.id))) == (events, events)


def test_a_form_without_a_key_is_taken_as_it_always_was(town: Town, client: FlaskClient) -> None:
    dossier = town.filed()
    sign_in(client, "tiepnhan", PASSWORD)
    page = f"/desk/dossiers/{dossier.filing_number}"
    assert send(client, f"{page}/acceptance", page).status_code == 303
    town.session.refresh(dossier)
    assert dossier.status == "in_process"
    send(client, f"{page}/acceptance", page)
    assert "Trần Thu Hà thực hiện lúc 09:00 02/03/2026" in _notices(client, page)[-1]


def test_sending_an_application_twice_leads_to_its_confirmation(town: Town, client: FlaskClient) -> None:
    application: Application = town.begun()
    sign_in(client, "congdan", PASSWORD)
    page, action = f"/applications/{application.id}/check", f"/applications/{application.id}/filing"
    fields = _fields(client, page, action)
    answers = [client.post(action, data=fields) for _ in range(2)]
    assert [(each.status_code, each.location) for each in answers] == [(303, action)] * 2
    (dossier,) = town.all(Dossier)
    reception = town.official("reception")
    dossiers.return_for_completion(town.session, dossier, reason=REASON, by=reception, at=MONDAY)
    # What was sent then is no answer to what reception asks for now.
    assert client.post(action, data=fields).location == action
    town.session.refresh(dossier)
    assert dossier.status == "awaiting_completion"


def test_a_double_click_begins_one_application(town: Town, client: FlaskClient) -> None:
    sign_in(client, "congdan", PASSWORD)
    page = "/procedures/good_standing/applications"
    chosen = {"case_type": "ordinary", "unit": str(town.units["tan_an"].id), "channel": "online"}
    fields = {**_fields(client, page, page), **chosen}
    first, again = (client.post(page, data=fields) for _ in range(2))
    assert (first.status_code, again.location) == (303, first.location)
    # The same page with another choice is another application.
    other = client.post(page, data={**fields, "unit": str(town.units["hoa_binh"].id)})
    assert other.location != first.location
    assert len(town.all(Application)) == 2


def test_what_was_received_at_the_counter_is_received_once(town: Town, client: FlaskClient) -> None:
    application = town.begun(town.official("reception"))
    sign_in(client, "tiepnhan", PASSWORD)
    page = f"/desk/counter/{application.id}"
    fields = {**_fields(client, page, page), "then": "accept"}
    first = client.post(page, data=fields)
    told = _notices(client, first.location)
    again = client.post(page, data=fields)
    assert (first.status_code, again.location) == (303, first.location)
    assert _notices(client, again.location) == told
    (dossier,) = town.all(Dossier)
    assert len(town.all(DossierEvent, dossier_id=dossier.id)) == 2


def _first_task(town: Town, dossier: Dossier) -> Any:
    live = dossier.state.get("tasks", ())
    return town.task(dossier).id if live else 0


def _fields(client: FlaskClient, page: str, action: str) -> dict[str, str]:
    """What a browser would send of the form on the page that is sent there: its hidden fields and what is filled in."""
    text = client.get(page).text
    forms = re.findall(r"<form[^>]*?action=\"([^\"]+)\"[^>]*>(.*?)</form>", text, re.DOTALL)
    (body,) = [body for address, body in forms if unescape(address) == action]
    inputs = (dict(re.findall(r'([\w-]+)="([^"]*)"', each)) for each in re.findall(r"<input ([^>]*)>", body))
    filled = (each for each in inputs if "value" in each and each.get("type") not in ("radio", "checkbox"))
    fields = {each["name"]: unescape(each["value"]) for each in filled}
    assert re.fullmatch(r"[0-9]+-[\w-]{22}", fields["once"]), f"{action} has no key"
    return fields


def _notices(client: FlaskClient, address: str) -> list[str]:
    """What the page says once."""
    text = client.get(address).text
    found = re.findall(r'<div class="notice [^>]*>(.*?)</div>', text, re.DOTALL)
    return [re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", each))).strip() for each in found]
