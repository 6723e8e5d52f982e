"""The law or the office changes while people fill in, wait and hand in: nothing typed is lost, nobody is surprised."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date, datetime
from typing import Any

import pytest
from playwright.sync_api import expect

from common.clock import ZONE
from common.db import Database
from common.identity.administration.units import close_unit
from config import Settings
from runtime import dossiers
from runtime.demo.accounts import PASSWORD
from runtime.office import Office, equip
from tests.browser.conftest import sign_in
from tests.conftest import SettableClock
from tests.runtime.conftest import furnish
from tests.runtime.test_pinning import at_nine, until
from tests.runtime.town import Town, town_in
from tests.support.browser import opened
from tests.support.databases import Run
from tests.web.conftest import cheap_hashes  # noqa: F401 — a fixture of these tests too

BEFORE, AFTER = at_nine("30/03/2026"), datetime(2026, 4, 2, 9, 30, tzinfo=ZONE)
Enter = Callable[[str], Any]


@pytest.fixture
def hall(run: Run, settings: Settings) -> Iterator[Database]:
    """The town hall, where form and fee of a procedure change on 01/04."""
    database = Database(run.copy("furnished", "hall", furnish).application)
    equip(database.engine, Office.of(settings))
    with database.transaction() as session:
        until({"changes_on_01_04": "question and fee"}, town_in(session))
    yield database
    database.engine.dispose()


@pytest.fixture(params=["script", "plain"])
def enter(
    request: pytest.FixtureRequest, browser: Any, serve: Callable[..., str], hall: Database
) -> Iterator[Enter]:
    """Signs a person in on 02/04; with JavaScript and, in a second run, without."""
    address = serve(hall, SettableClock(AFTER))
    with ExitStack() as doors:

        def walk_in(login: str) -> Any:
            page = doors.enter_context(
                opened(browser, base_url=address, java_script_enabled=request.param == "script")
            )
            sign_in(page, login, PASSWORD)
            return page

        yield walk_in


def in_the_hall(hall: Database, what: Callable[[Town], str]) -> str:
    """Does something beforehand; answers the number that it is about."""
    with hall.transaction() as session:
        return what(town_in(session))


def test_an_application_begun_under_the_old_law_is_completed_under_the_new(
    hall: Database, enter: Enter
) -> None:
    number = in_the_hall(hall, lambda town: str(town.begun(at=BEFORE).id))
    page = enter("congdan")
    page.goto(f"/applications/{number}/check")
    assert page.locator("#changes + p, .changed").inner_text().count("9.000 đồng") == 1
    expect(page.get_by_role("button", name="Gửi hồ sơ")).to_have_count(0)
    page.get_by_role("button", name="Đã xem, tiếp tục theo quy định hiện nay").click()
    # The first page with something left to answer, with what was typed before.
    assert page.get_by_label("Số bản").input_value() == "3"
    page.get_by_label("Mục đích").fill("Xin việc")
    page.get_by_role("button", name="Lưu và tiếp tục").click()
    page.goto(f"/applications/{number}/check")
    page.get_by_role("button", name="Gửi hồ sơ").click()
    page.get_by_role("heading", name="Đã gửi hồ sơ").wait_for()


def test_reception_sends_back_what_changed_and_the_applicant_confirms(hall: Database, enter: Enter) -> None:
    number = in_the_hall(hall, lambda town: town.filed(BEFORE).filing_number)
    desk = enter("tiepnhan")
    desk.goto(f"/desk/dossiers/{number}")
    expect(desk.get_by_role("button", name="Tiếp nhận hồ sơ")).to_have_count(0)
    desk.get_by_role("link", name="Gửi lại người nộp để xác nhận").click()
    asked = desk.get_by_label("Nội dung cần sửa").input_value()
    assert asked.splitlines() == [
        "1. Xác nhận mức thu mới – Charge for copies: 6.000 đồng → 9.000 đồng",
        "2. Khai thêm trong mẫu đơn mới: Mục đích",
    ]
    desk.get_by_role("button", name="Gửi phiếu yêu cầu").click()
    page = enter("congdan")
    page.goto(f"/my/dossiers/{number}")
    page.get_by_role("link", name="Xem thay đổi, xác nhận và gửi lại").click()
    page.get_by_role("link", name="Xem thay đổi").click()
    page.get_by_role("button", name="Đã xem, tiếp tục").click()
    page.get_by_label("Mục đích").fill("Xin việc")
    page.get_by_role("button", name="Lưu và tiếp tục").click()
    page.get_by_role("link", name="Kiểm tra và gửi").click()
    page.get_by_role("button", name="Gửi hồ sơ").click()
    # Without the tick nothing is sent, and the page says so.
    assert "mức thu đã thay đổi" in page.get_by_role("alert").inner_text()
    page.get_by_label("Tôi đã xem phần thay đổi").check()
    page.get_by_role("button", name="Gửi hồ sơ").click()
    page.get_by_role("heading", name="Đã gửi hồ sơ").wait_for()
    desk.goto(f"/desk/dossiers/{number}")
    desk.get_by_role("button", name="Tiếp nhận hồ sơ").click()
    desk.locator("#flash", has_text="Đã tiếp nhận").wait_for()
    assert "9.000 đồng" in desk.locator("#amounts ~ *").first.inner_text()


def test_what_was_paid_when_it_was_sent_keeps_its_law(hall: Database, enter: Enter) -> None:
    def paid(town: Town) -> str:
        dossier = town.filed(BEFORE)
        dossiers.pay(town.session, dossier, by=town.official("cashier"), at=BEFORE)
        return dossier.filing_number

    number = in_the_hall(hall, paid)
    page = enter("congdan")
    page.goto(f"/my/dossiers/{number}")
    told = page.locator("section", has=page.locator("#amounts")).inner_text()
    assert "6.000 đồng" in told
    assert "Đã nộp 30/03/2026, biên lai số 1/2026/BL" in told
    assert "Tính ngày 30/03/2026, theo phiên bản 2" in told


def test_what_was_typed_at_the_counter_is_kept_when_the_form_changes(hall: Database, enter: Enter) -> None:
    number = in_the_hall(hall, lambda town: str(town.begun(town.official("reception"), at=BEFORE).id))
    desk = enter("tiepnhan")
    desk.goto(f"/desk/counter/{number}")
    desk.get_by_label("Họ và tên").fill("Vũ Thị Typed")
    desk.get_by_role("button", name="Đã xem, tiếp tục").click()
    assert desk.get_by_label("Họ và tên").input_value() == "Vũ Thị Typed"
    desk.get_by_label("Mục đích").fill("Xin việc")
    desk.get_by_role("button", name="Tiếp nhận").click()
    assert "Đã tiếp nhận" in desk.locator("#flash").inner_text()


def test_an_application_to_a_closed_office_is_switched_with_all_that_was_typed(
    hall: Database, enter: Enter
) -> None:
    def closing(town: Town) -> str:
        application = town.begun(at=BEFORE)
        by = town.official("administrator", "province")
        heir = town.units["hoa_binh"]
        close_unit(
            town.session, town.units["tan_an"], until=date(2026, 4, 1), successor=heir, by=by, at=BEFORE
        )
        return str(application.id)

    number = in_the_hall(hall, closing)
    page = enter("congdan")
    page.goto(f"/applications/{number}/pages/person")
    page.get_by_role("link", name="Chuyển cơ quan").click()
    assert "xã Hòa Bình kế thừa" in page.locator("section", has=page.locator("#unit-title")).inner_text()
    page.get_by_role("button", name="Chuyển cơ quan").click()
    assert "Đã chuyển cơ quan nhận hồ sơ" in page.locator("#flash").inner_text()
    page.goto(f"/applications/{number}/pages/person")
    assert page.get_by_label("Số bản").input_value() == "3"
