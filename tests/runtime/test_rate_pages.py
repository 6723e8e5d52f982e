"""An amount that goes by a rate of exchange, as applicant and cashier meet it: unknown, known, and paid."""

from datetime import date

import pytest
from flask.testing import FlaskClient

from config import Settings
from runtime.demo.accounts import PASSWORD
from runtime.models.dossiers import Dossier
from runtime.models.money import Payment
from runtime.office import Office
from runtime.replay import verify
from tests.conftest import SettableClock
from tests.runtime.test_rates import abroad, at, paid, put, signed  # noqa: F401 — a fixture of these tests
from tests.runtime.test_two_currencies import receipts, words_of
from tests.runtime.town import Town
from tests.web.people import send, sign_in

MONDAY = at(4, 5)
MISSING = "Chưa có «Tỷ giá mua USD» ngày 04/05/2026. Người quản trị ghi tỷ giá của ngày đó"
EXACT = (
    "3.783.775 đồng",
    "145 USD theo Tỷ giá mua USD ngày 04/05/2026 là 26.095: 3.783.775 đồng (Vietcombank)",
    "Circular 1/2026, art. 4; Circular 25/2021, art. 4(2)",
)


@pytest.fixture
def monday(abroad: Town, clock: SettableClock) -> Town:  # noqa: F811
    """Monday 4 May 2026: the rate of the day has not been recorded yet."""
    clock.now = MONDAY
    return abroad


def record(town: Town) -> None:
    put(town, date(2026, 5, 4), "26095")


@pytest.fixture
def dossier(monday: Town) -> Dossier:
    """Granted on 28 April; the applicant comes to pay on Monday."""
    return signed(monday, at(28))


@pytest.fixture
def cashier(client: FlaskClient) -> FlaskClient:
    sign_in(client, "thungan", PASSWORD)
    return client


def page_of(town: Town, dossier: Dossier) -> str:
    return f"/desk/tasks/{town.task(dossier).id}"


def test_without_the_rate_the_cashier_reads_what_is_missing_and_takes_nothing(
    monday: Town, dossier: Dossier, cashier: FlaskClient
) -> None:
    page = page_of(monday, dossier)
    shown = cashier.get(page).text
    assert MISSING in words_of(shown)
    assert "Cách nộp tiền" not in shown
    assert "Hoàn thành" not in words_of(shown)
    assert f'href="{page}"' in shown
    refused = send(cashier, f"{page}/completion", page, outcome="collected", method="cash", shown="")
    assert refused.status_code == 422
    assert words_of(refused.text).count(MISSING) == 1
    assert "Chưa biết số tiền, chưa thu được." in words_of(refused.text)
    assert monday.all(Payment, dossier_id=dossier.id) == []


def test_once_it_is_recorded_the_amount_stands_there_with_rate_day_and_law(
    monday: Town, dossier: Dossier, cashier: FlaskClient
) -> None:
    record(monday)
    shown = words_of(cashier.get(page_of(monday, dossier)).text)
    for words in (*EXACT[:2], *EXACT[2].split("; ")):
        assert words in shown
    assert "Tính theo tỷ giá của hôm nay; thu vào ngày khác thì theo tỷ giá của ngày đó." in shown
    english = words_of(cashier.get(f"{page_of(monday, dossier)}?language=en", follow_redirects=True).text)
    assert "145 USD at Tỷ giá mua USD of 04/05/2026, 26,095: 3,783,775 VND" in english


def test_the_receipt_says_at_which_rate_of_which_day(
    monday: Town, dossier: Dossier, cashier: FlaskClient, settings: Settings
) -> None:
    record(monday)
    page = page_of(monday, dossier)
    typed = {"outcome": "collected", "method": "cash"}
    done = send(cashier, f"{page}/completion", page, **typed, shown="3783775VND")
    assert done.status_code == 303
    assert paid(monday, dossier) == 3_783_775
    (receipt,) = receipts(monday, Office.of(settings), dossier)
    for words in (
        "Tỷ giá mua USD, ngày 04/05/2026: 26.095 (Vietcombank)",
        "Circular 1/2026, art. 4",
        "Circular 25/2021, art. 4(2)",
        "3.783.775 đồng",
        "Ba triệu bảy trăm tám mươi ba nghìn bảy trăm bảy mươi lăm đồng",
    ):
        assert words in receipt
    assert verify(monday.session, dossier) == ()


def test_a_rate_that_moved_since_the_page_was_shown_is_shown_first(
    monday: Town, dossier: Dossier, cashier: FlaskClient
) -> None:
    record(monday)
    put(monday, date(2026, 5, 4), "26100")
    page = page_of(monday, dossier)
    typed = {"outcome": "collected", "method": "cash", "shown": "3783775VND"}
    refused = send(cashier, f"{page}/completion", page, **typed)
    assert refused.status_code == 422
    assert "Số tiền phải thu đã khác" in words_of(refused.text)
    assert "3.784.500 đồng" in words_of(refused.text)
    assert monday.all(Payment, dossier_id=dossier.id) == []


def test_an_applicant_sends_without_waiting_for_the_rate(monday: Town, client: FlaskClient) -> None:
    application = monday.begun(at=MONDAY)
    sign_in(client, "congdan", PASSWORD)
    page = f"/applications/{application.id}/check"
    shown = words_of(client.get(page).text)
    for words in (
        "Charge for copies Chưa xác định",
        "Chưa có tỷ giá của ngày này: số tiền được tính khi nộp, việc nhận hồ sơ không phải chờ.",
        "Chưa có tỷ giá: Tỷ giá mua USD ngày 04/05/2026",
        "Gửi hồ sơ",
    ):
        assert words in shown
    record(monday)
    shown = words_of(client.get(page).text)
    for words in (*EXACT, "Tính theo tỷ giá; nộp vào ngày khác, số tiền có thể khác."):
        assert words in shown
    assert send(client, page.replace("/check", "/filing"), page).status_code == 303


def test_what_is_owed_says_that_it_moves_and_what_was_paid_does_not(
    monday: Town, dossier: Dossier, client: FlaskClient
) -> None:
    sign_in(client, "congdan", PASSWORD)
    moves = "Tính theo tỷ giá; nộp vào ngày khác, số tiền có thể khác."
    page = f"/my/dossiers/{dossier.code}"
    assert moves in words_of(client.get(page).text)
    record(monday)
    assert not isinstance(monday.complete(dossier, "collected", MONDAY), tuple)
    shown = words_of(client.get(page).text)
    assert moves not in shown
    assert "26.095" in shown
