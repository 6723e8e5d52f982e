"""Several amounts taken at once: each with its rule and its law, one total and one receipt for each currency."""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader

from common.money import Money, totals
from common.problems import Refusal
from common.text import Text, nfc
from procedure_library.definition import CaseType
from runtime import applications, queries
from runtime.demo.accounts import PASSWORD
from runtime.engine.advance import Advance
from runtime.engine.effects import IssueLetter, RecordPayment
from runtime.engine.events import Complete
from runtime.engine.plain import from_plain, to_plain
from runtime.engine.record import Paid
from runtime.letters.printing import print_stored
from runtime.models.applications import Application
from runtime.models.dossiers import Dossier
from runtime.models.money import Payment
from runtime.models.papers import Letter
from runtime.models.tasks import Task
from runtime.office import Office
from runtime.quotes import Quote
from runtime.recalled import records_of
from runtime.replay import replay, verify
from tests.procedure_library.samples import task
from tests.runtime.small import MONDAY, RULES, STEPS, SUPPLEMENT, finish, official, received, small
from tests.runtime.town import Town, publish_small
from tests.web.people import send, sign_in

DOLLARS = Money(1000, "USD")
AMOUNTS = ("copies", "register", "abroad")
MANY: dict[str, Any] = {
    "rules": RULES.format(supplement=SUPPLEMENT["pause"])
    + """fee register "Fee for the register"
  cites "Resolution 5/2026, art. 2"
  pay 8_000 VND
charge abroad "Charge of the mission abroad"
  cites "Circular 113/2017, annex"
  pay 10 USD
""",
    "case_types": (
        CaseType("ordinary", Text("Thông thường", "Ordinary"), term="three_days", amounts=AMOUNTS),
    ),
    "steps": tuple(
        task("collect", "collected", role="cashier", area="receiving", collects=AMOUNTS)
        if each.key == "collect"
        else each
        for each in STEPS
    ),
}


@pytest.mark.parametrize(
    ("amounts", "sums"),
    [
        ((), ()),
        ((Money(6000), Money(8000)), (Money(14_000),)),
        ((DOLLARS, Money(6000), DOLLARS), (Money(6000), Money(2000, "USD"))),
        ((DOLLARS,), (DOLLARS,)),
        ((Money(0),), (Money(0),)),
    ],
)
def test_amounts_are_added_within_their_currency(amounts: Any, sums: Any) -> None:
    assert totals(amounts) == sums


def test_the_engine_takes_every_currency_and_asks_for_a_receipt_each() -> None:
    desk = received(small(**MANY))
    for outcome in ("fit", "granted"):
        finish(desk, outcome)
    taken = finish(desk, "collected")
    assert isinstance(taken, Advance)
    assert taken.record.paid == Paid(Money(14_000), AMOUNTS, (DOLLARS,))
    assert [e.key for e in taken.effects if e.__class__ is IssueLetter] == ["VND", "USD"]
    assert [e for e in taken.effects if isinstance(e, RecordPayment)] == [RecordPayment(taken.record.paid)]
    assert all(line.paid for line in taken.state.owed)


def test_a_payment_written_before_there_were_several_currencies_is_read() -> None:
    body = {"amount": {"amount": 6000, "currency": "VND"}, "rules": ["copies"]}
    assert from_plain(Paid, body) == Paid(Money(6000), ("copies",))
    assert to_plain(Paid(Money(6000), ("copies",))) == body


def test_a_quote_in_two_currencies_has_two_totals(town: Town) -> None:
    publish_many(town)
    quoted = applications.quote(town.session, town.begun(), MONDAY)
    assert isinstance(quoted, Quote)
    assert quoted.totals == (Money(14_000), DOLLARS)


def test_each_currency_has_its_payment_and_its_receipt(town: Town, office: Office) -> None:
    publish_many(town)
    dossier = town.finished()
    paid = [(each.number, each.amount, each.currency) for each in town.all(Payment, dossier_id=dossier.id)]
    assert paid == [("1/2026/BL", 14_000, "VND"), ("2/2026/BL", 1000, "USD")]
    dong, dollars = receipts(town, office, dossier)
    for words in ("Charge for copies", "Circular 1/2026, art. 4", "6.000 đồng", "8.000 đồng", "14.000 đồng"):
        assert words in dong
    assert "Số: 1/2026/BL" in dong
    assert "USD" not in dong
    for words in ("Số: 2/2026/BL", "Circular 113/2017, annex", "10,00 USD", "Mười đô la Mỹ"):
        assert words in dollars
    assert "đồng" not in dollars
    numbers = {each.rule: each.payment.number for each in queries.charges_of(town.session, dossier)}
    assert numbers == {"copies": "1/2026/BL", "register": "1/2026/BL", "abroad": "2/2026/BL"}
    record = next(each for each in records_of(town.session, dossier) if each.paid)
    assert (record.paid.amount, record.paid.besides) == (Money(14_000), (DOLLARS,))
    assert (replay(town.session, dossier), verify(town.session, dossier)) == ((), ())


def test_the_cashier_sees_each_amount_with_its_law_and_the_total_of_each_currency(
    town: Town, client: FlaskClient
) -> None:
    publish_many(town)
    dossier = town.received()
    for outcome in ("fit", "granted"):
        assert isinstance(town.complete(dossier, outcome), Task)
    sign_in(client, "thungan", PASSWORD)
    said = words_of(client.get(f"/desk/tasks/{town.task(dossier).id}").text)
    for words in (
        "Charge for copies 6.000 đồng",
        "Circular 1/2026, art. 4",
        "Fee for the register 8.000 đồng",
        "Resolution 5/2026, art. 2",
        "Charge of the mission abroad 10,00 USD",
        "Circular 113/2017, annex",
        "Tổng số phải thu 14.000 đồng 10,00 USD",
    ):
        assert words in said


def test_the_cashier_sees_what_is_due_by_the_answers_as_they_are_now(town: Town, client: FlaskClient) -> None:
    """The officer puts the number of copies right after reception has assessed the charge."""
    publish_many(town, corrects=True)
    dossier = town.received()
    person = {**town.person(town.all(Application)[0]), "copies": 5}
    assert isinstance(town.complete(dossier, "fit", answers={"person": person}), Task)
    assert isinstance(town.complete(dossier, "granted"), Task)
    sign_in(client, "thungan", PASSWORD)
    page = f"/desk/tasks/{town.task(dossier).id}"
    shown = client.get(page).text
    for words in ("Charge for copies 10.000 đồng", "Tổng số phải thu 18.000 đồng 10,00 USD"):
        assert words in words_of(shown)
    typed = {"outcome": "collected", "method": "cash"}
    old = send(client, f"{page}/completion", page, **typed, shown="14000VND 1000USD")
    assert old.status_code == 422
    assert "Số tiền phải thu đã khác" in words_of(old.text)
    assert town.all(Payment) == []
    taken = send(client, f"{page}/completion", page, **typed, shown="18000VND 1000USD")
    assert taken.status_code == 303
    assert [each.amount for each in town.all(Payment)] == [18_000, 1000]


def test_a_sum_that_nobody_was_shown_is_not_taken() -> None:
    desk = received(small(**MANY))
    for outcome in ("fit", "granted"):
        finish(desk, outcome)
    collect = Complete(
        by=official("cashier"), at=MONDAY, task=desk.state.tasks[0].number, outcome="collected"
    )
    assert desk.ask(replace(collect, shown=(Money(6000), DOLLARS))) == Refusal("dossiers.amount_changed")
    assert isinstance(desk.ask(replace(collect, shown=(Money(14_000), DOLLARS))), Advance)


def publish_many(town: Town, *, corrects: bool = False) -> None:
    law = dict(MANY)
    if corrects:
        law["steps"] = tuple(
            replace(each, corrects=("person",)) if each.key == "examine" else each for each in MANY["steps"]
        )
    publish_small(town.session, MONDAY, date(2026, 1, 1), **law)


def receipts(town: Town, office: Office, dossier: Dossier) -> list[str]:
    letters = queries.letters_of(town.session, dossier)
    return [_text(town, office, each) for each in letters if each.kind == "payment_receipt"]


def words_of(page: str) -> str:
    main = page.partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def _text(town: Town, office: Office, letter: Letter) -> str:
    printed = print_stored(town.session, letter.id, office.files)
    with office.files.open(str(printed.digest)) as stored:
        pages = (page.extract_text() for page in PdfReader(BytesIO(stored.read())).pages)
        return " ".join(nfc(" ".join(pages)).split())
