"""Payment, handover and synchronisation of a dossier, and the states that people are told."""

from dataclasses import replace as replaced
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from common.identity.actor import machine
from common.money import Money
from common.problems import Refusal
from procedure_library.compiled import compiled
from runtime import dossiers, portal_news, refunds
from runtime.demo.accounts import PASSWORD
from runtime.engine.advance import Advance
from runtime.engine.events import Accept, Pay, Submit
from runtime.engine.tracks import shown
from runtime.models.dossiers import Dossier
from runtime.models.tasks import Task
from runtime.replay import replay, verify
from tests.runtime.small import (
    APPLICANT,
    MONDAY,
    RULES,
    STEPS,
    SUPPLEMENT,
    TRANSITIONS,
    Desk,
    context,
    finish,
    official,
    ordinary,
    received,
    ref,
    small,
)
from tests.runtime.town import Town, publish_small
from tests.web.people import send, sign_in

PORTAL = machine("national_portal")


def tracks(town: Town, dossier: Dossier) -> tuple[str, str, str]:
    """As the database has them, whoever wrote the row."""
    town.session.flush()
    question = select(Dossier.payment, Dossier.handover, Dossier.sync).where(Dossier.id == dossier.id)
    return tuple(town.session.execute(question).one())  # type: ignore[return-value]


def test_from_filing_to_result_the_tracks_follow(town: Town) -> None:
    dossier = town.filed()
    reception, cashier = town.official("reception"), town.official("cashier")
    assert tracks(town, dossier) == ("owed", "not_ready", "pending")
    assert isinstance(portal_news.told(town.session, dossier, "submitted", by=PORTAL, at=MONDAY), Dossier)
    assert tracks(town, dossier) == ("owed", "not_ready", "sent")
    assert isinstance(dossiers.pay(town.session, dossier, by=cashier, at=MONDAY), Dossier)
    assert isinstance(dossiers.accept(town.session, dossier, by=reception, at=MONDAY), Dossier)
    assert tracks(town, dossier) == ("paid", "not_ready", "pending")
    for outcome in ("fit", "granted", "collected"):
        assert isinstance(town.complete(dossier, outcome), Task)
    assert tracks(town, dossier) == ("paid", "ready", "pending")
    posted = dossiers.hand_to_post(town.session, dossier, parcel="EB123VN", by=reception, at=MONDAY)
    assert isinstance(posted, Dossier)
    assert tracks(town, dossier) == ("paid", "handed_to_post", "pending")
    handed = dossiers.hand_over(town.session, dossier, method="post", by=reception, at=MONDAY)
    assert isinstance(handed, Dossier)
    assert tracks(town, dossier) == ("paid", "returned", "pending")
    assert (replay(town.session, dossier), verify(town.session, dossier)) == ((), ())


def test_money_that_goes_back_is_told(town: Town) -> None:
    dossier = town.filed()
    leader = town.official("leader")
    assert isinstance(dossiers.pay(town.session, dossier, by=town.official("cashier"), at=MONDAY), Dossier)
    for sum_, then in ((2000, "partly_refunded"), (4000, "refunded")):
        key = f"a-key-of-page-{sum_:06}"
        back = refunds.refund(
            town.session, dossier, amount=Money(sum_), reason="Thu sai", key=key, by=leader, at=MONDAY
        )
        assert isinstance(back, Dossier)
        assert tracks(town, dossier)[0] == then


def test_what_is_withdrawn_unpaid_owes_nothing(town: Town) -> None:
    dossier = town.filed()
    assert isinstance(dossiers.withdraw(town.session, dossier, by=town.citizen(), at=MONDAY), Dossier)
    assert tracks(town, dossier) == ("none", "not_ready", "pending")


def test_nothing_is_told_twice_and_nothing_that_is_true_no_longer(town: Town) -> None:
    dossier = town.filed()

    def told(status: Any) -> Any:
        return portal_news.told(town.session, dossier, status, by=PORTAL, at=MONDAY)

    assert told("in_process") == Refusal("dossiers.portal_overtaken")
    assert isinstance(told("submitted"), Dossier)
    assert told("submitted") == Refusal("dossiers.portal_told_already")
    by_hand = portal_news.told(town.session, dossier, "submitted", by=town.official("reception"), at=MONDAY)
    assert by_hand == Refusal("dossiers.not_yours")


def test_a_parcel_is_handed_over_once(town: Town, client: FlaskClient) -> None:
    dossier = town.finished()
    sign_in(client, "tiepnhan", PASSWORD)
    page = f"/desk/dossiers/{dossier.code}"
    assert "Đã giao bưu điện</button>" in client.get(page).text
    assert send(client, f"{page}/post", page, parcel="EB123VN").status_code == 303
    assert "Đã giao bưu điện</button>" not in client.get(page).text
    by = town.official("reception")
    again = dossiers.hand_to_post(town.session, dossier, by=by, at=MONDAY + timedelta(days=1))
    assert isinstance(again, Refusal)
    assert again.code == "dossiers.already_done"
    sign_in(client, "congdan", PASSWORD)
    told = client.get(f"/my/dossiers/{dossier.filing_number}").text
    assert "Kết quả đã giao bưu điện" in told
    assert "EB123VN" in told


def not_collected(**changes: Any) -> Any:
    """The small procedure, but no step takes the charge: it is to be paid before reception."""
    steps = tuple(each for each in STEPS if each.key != "collect")
    ways = tuple(each for each in TRANSITIONS if "collect" not in (each.source, each.target))
    granted = next(each for each in TRANSITIONS if each.target == "collect")
    kinds = (ordinary(amounts=("copies",)),)
    return small(steps=steps, transitions=(*ways, _to_the_end(granted)), case_types=kinds, **changes)


def _to_the_end(way: Any) -> Any:
    return replaced(way, target="granted")


@pytest.mark.parametrize("paid", [False, True])
def test_what_no_step_collects_is_waited_for_before_reception(paid: bool) -> None:
    definition = not_collected()
    desk = Desk(context(definition))
    desk.ask(Submit(by=APPLICANT, at=MONDAY, answers=ref()))
    if paid:
        desk.ask(Pay(by=official("cashier"), at=MONDAY))
    assert shown(compiled(definition), desk.state) == ("submitted" if paid else "awaiting_fee")


FREE = RULES.format(supplement=SUPPLEMENT["pause"]).replace("2_000 VND", "0 VND")


@pytest.mark.parametrize(
    ("definition", "paid", "received"),
    [
        (not_collected(), False, False),
        (not_collected(), True, True),
        # Nothing is owed: whoever is exempt is received at once.
        (not_collected(rules=FREE), False, True),
        # A later step takes it.
        (small(), False, True),
    ],
)
def test_reception_waits_for_what_is_to_be_paid_before_it(
    definition: Any, paid: bool, received: bool
) -> None:
    desk = Desk(context(definition))
    desk.ask(Submit(by=APPLICANT, at=MONDAY, answers=ref()))
    if paid:
        desk.ask(Pay(by=official("cashier"), at=MONDAY))
    accepted = desk.ask(Accept(by=official("reception"), at=MONDAY))
    assert isinstance(accepted, Advance) if received else accepted == Refusal("dossiers.fee_first")


def test_a_refusal_is_told_as_one() -> None:
    desk = received()
    for outcome in ("fit", "refused"):
        finish(desk, outcome)
    assert desk.state.status == "decided"
    assert shown(desk.context.compiled, desk.state) == "refused"


def paid_first(town: Town) -> None:
    """The small procedure as published here takes its charge before reception."""
    definition = not_collected()
    publish_small(
        town.session,
        MONDAY - timedelta(days=30),
        MONDAY.date(),
        steps=definition.steps,
        transitions=definition.transitions,
        case_types=definition.case_types,
    )


def test_the_citizen_reads_what_to_pay_first(town: Town, client: FlaskClient) -> None:
    paid_first(town)
    dossier = town.filed()
    sign_in(client, "congdan", PASSWORD)
    for page in ("/my/dossiers", f"/my/dossiers/{dossier.filing_number}"):
        assert "Chờ nộp phí, lệ phí trước khi tiếp nhận" in client.get(page).text
    told = client.get(f"/my/dossiers/{dossier.filing_number}").text
    assert "nộp xong hồ sơ mới được tiếp nhận" in told
    assert "khi hồ sơ đến bước thu phí" not in told


def test_the_counter_files_and_waits_for_the_money(town: Town) -> None:
    paid_first(town)
    reception = town.official("reception")
    dossier = dossiers.enter_at_counter(town.session, town.begun(reception), by=reception, at=MONDAY)
    assert isinstance(dossier, Dossier), dossier
    assert (dossier.status, dossier.code) == ("submitted", None)
    assert isinstance(dossiers.pay(town.session, dossier, by=town.official("cashier"), at=MONDAY), Dossier)
    assert isinstance(dossiers.accept(town.session, dossier, by=reception, at=MONDAY), Dossier)


def test_the_desk_says_what_reception_waits_for(town: Town, client: FlaskClient) -> None:
    paid_first(town)
    dossier = town.filed()
    page = f"/desk/dossiers/{dossier.filing_number}"
    sign_in(client, "tiepnhan", PASSWORD)
    assert "Chưa tiếp nhận được" in client.get(page).text
    assert "Tiếp nhận hồ sơ</button>" not in client.get(page).text
    refused = send(client, f"{page}/acceptance", page)
    assert "phải nộp trước khi tiếp nhận" in client.get(page).text
    assert refused.status_code == 303
    assert isinstance(dossiers.pay(town.session, dossier, by=town.official("cashier"), at=MONDAY), Dossier)
    assert "Tiếp nhận hồ sơ</button>" in client.get(page).text
