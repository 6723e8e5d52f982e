"""Money given back or kept: the table that an official can read and correct, and the numbered vouchers."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from common.identity.actor import Actor
from common.money import Money
from common.problems import Refusal
from procedure_library.codec import decode, encode
from runtime import dossiers, refunds
from runtime.demo.accounts import PASSWORD
from runtime.engine.advance import Advance
from runtime.engine.effects import Notify, RecordRefund
from runtime.engine.events import (
    Accept,
    AnyEvent,
    Pay,
    Refund,
    Refuse,
    RefuseRefund,
    Submit,
    Withdraw,
)
from runtime.models.dossiers import Dossier
from runtime.models.money import Refund as RefundRow
from runtime.models.papers import Notice
from runtime.replay import replay, verify
from runtime.views.desk.refunding import typed_money
from tests.runtime.small import APPLICANT, MONDAY, Desk, context, finish, official, ref, small
from tests.runtime.tables import rows_of
from tests.runtime.town import Town
from tests.web.people import send, sign_in

REASON, KEY = "Thu trùng biên lai 3/2026/BL", "a-key-of-the-page-1"
CASHIER, LEADER = official("cashier"), official("leader")
WORKED = frozenset({"withdrawn after work", "refused"})


@pytest.mark.parametrize("row", rows_of("refunds.csv"), ids=lambda row: "-".join(row.values()))
def test_money_goes_back_as_the_table_says(row: dict[str, str]) -> None:
    desk = _in(row["dossier"], row["policy"])
    before = desk.state.status
    answer = desk.ask(_asked(row, APPLICANT if row["by"] == "applicant" else official(row["by"])))
    if isinstance(answer, Refusal):
        assert answer.code == row["then"]
        return
    assert desk.state.status == before
    back = answer.record.refunded
    told = "kept" if back is None else f"{back.sums[0].minor} {back.ground}"
    assert told == row["then"]
    news = "refund_refused" if back is None else "refunded"
    assert Notify(news) in answer.effects
    assert (RecordRefund(back) in answer.effects) if back else True


def test_a_policy_that_goes_without_saying_changes_no_digest() -> None:
    plain, never = small(), small(refund="never")
    assert b"refund" not in encode(plain)
    assert decode(encode(never)).refund == "never"


def _in(standing: str, policy: str) -> Desk:
    desk = Desk(context(small(refund=policy)))
    _ask(desk, Submit(by=APPLICANT, at=MONDAY, answers=ref()))
    if standing != "unpaid":
        _ask(desk, Pay(by=CASHIER, at=MONDAY))
    if standing in ("unpaid", "not accepted", "given back", "partly given back", "kept"):
        if standing == "partly given back":
            _ask(desk, Refund(by=LEADER, at=MONDAY, amount=Money(1000), reason=REASON))
        _ask(desk, Refuse(by=official("reception"), at=MONDAY, reason=REASON))
        if standing == "given back":
            _ask(desk, Refund(by=CASHIER, at=MONDAY))
        if standing == "kept":
            _ask(desk, RefuseRefund(by=CASHIER, at=MONDAY, reason=REASON))
        return desk
    if standing != "withdrawn before reception":
        _accepted(desk)
    for outcome in {"withdrawn after work": ("fit",), "refused": ("fit", "refused")}.get(standing, ()):
        assert isinstance(finish(desk, outcome), Advance)
    if standing.startswith("withdrawn"):
        _ask(desk, Withdraw(by=APPLICANT, at=MONDAY))
    return desk


def _accepted(desk: Desk) -> None:
    _ask(desk, Accept(by=official("reception"), at=MONDAY))


def _ask(desk: Desk, event: AnyEvent) -> None:
    answer = desk.ask(event)
    assert isinstance(answer, Advance), answer


def _asked(row: dict[str, str], by: Actor) -> AnyEvent:
    what, _, without = row["asked"].partition(" without ")
    who: dict[str, Any] = {"by": by, "at": MONDAY, "reason": "" if without else REASON}
    if what == "refuse":
        return RefuseRefund(**who)
    worked = row["dossier"] in WORKED
    return Refund(**who, amount=None if what == "all" else Money(int(what)), worked=worked)


def paid_and_refused(town: Town) -> Dossier:
    dossier = town.filed()
    assert isinstance(dossiers.pay(town.session, dossier, by=town.official("cashier"), at=MONDAY), Dossier)
    reception = town.official("reception")
    assert isinstance(
        dossiers.refuse(town.session, dossier, reason="Sai nơi", by=reception, at=MONDAY), Dossier
    )
    return dossier


def test_the_voucher_is_numbered_and_a_double_click_gives_back_once(town: Town) -> None:
    dossier, by = paid_and_refused(town), town.official("cashier")
    for _click in range(2):
        back = refunds.refund(town.session, dossier, key=KEY, by=by, at=MONDAY)
        assert back is dossier
    (voucher,) = town.all(RefundRow)
    assert (voucher.number, voucher.money, voucher.ground) == ("1/2026/PHT", Money(6000), "not_accepted")
    assert town.all(Notice, dossier_id=dossier.id)[-1].news == "refunded"
    assert (replay(town.session, dossier), verify(town.session, dossier)) == ((), ())
    again = refunds.refund(town.session, dossier, key="a-key-of-another-page", by=by, at=MONDAY)
    assert again == Refusal("dossiers.already_done", {"who": by.name, "at": "09:00 02/03/2026"})


def test_part_that_was_taken_wrongly_goes_back_once_for_each_page(town: Town) -> None:
    dossier, by = paid_and_refused(town), town.official("leader")
    for key in (KEY, KEY, "a-key-of-another-page"):
        amount = Money(2000)
        back = refunds.refund(
            town.session, dossier, amount=amount, reason=REASON, key=key, method="transfer", by=by, at=MONDAY
        )
        assert back is dossier
    assert [row.number for row in town.all(RefundRow)] == ["1/2026/PHT", "2/2026/PHT"]
    assert refunds.standing(town.session, dossier).kept == (Money(2000),)
    assert (replay(town.session, dossier), verify(town.session, dossier)) == ((), ())


@pytest.mark.parametrize(
    ("typed", "currency", "then"),
    [
        ("150.000", "VND", Money(150_000)),
        ("150 000", "VND", Money(150_000)),
        ("12,5", "USD", Money(1250, "USD")),
        ("12,50", "VND", None),
        ("-5", "VND", None),
        ("", "VND", None),
        ("5", "XYZ", None),
    ],
)
def test_a_sum_is_read_as_people_type_it(typed: str, currency: str, then: Money | None) -> None:
    assert typed_money(typed, currency) == then


def test_the_cashier_gives_back_on_a_page_and_the_citizen_sees_the_voucher(
    town: Town, client: FlaskClient
) -> None:
    dossier = paid_and_refused(town)
    page = f"/desk/dossiers/{dossier.filing_number}/refund"
    sign_in(client, "thungan", PASSWORD)
    assert f'href="{page}"' in client.get(f"/desk/dossiers/{dossier.filing_number}").text
    shown = client.get(page).text
    assert "6.000 đồng" in shown
    assert "Thu trùng, thu sai" not in shown
    refusal = f"/desk/dossiers/{dossier.filing_number}/refund-refusal"
    assert send(client, refusal, page, refusal=" ").status_code == 422
    for _click in range(2):
        assert send(client, page, "/desk", once=KEY).status_code == 303
    assert client.get(page).status_code == 404
    sign_in(client, "congdan", PASSWORD)
    told = client.get(f"/my/dossiers/{dossier.filing_number}").text
    assert "1/2026/PHT" in told


def test_a_leader_says_what_was_taken_wrongly(town: Town, client: FlaskClient) -> None:
    dossier = paid_and_refused(town)
    page = f"/desk/dossiers/{dossier.filing_number}/refund"
    sign_in(client, "lanhdao", PASSWORD)
    form = {"once": KEY, "wrongly": "yes", "currency": "VND", "reason": REASON}
    assert send(client, page, page, **form, amount="sáu nghìn").status_code == 422
    assert send(client, page, page, **form, amount="7.000").status_code == 422
    assert send(client, page, page, **form, amount="2.000").status_code == 303
    assert [row.amount for row in town.all(RefundRow)] == [2000]
