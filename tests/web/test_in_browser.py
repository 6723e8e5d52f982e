"""The frame of every page in a real browser: readable by everyone, on a telephone, with and without script."""

from typing import Any

import pytest

from common.db import Database
from config import Settings
from tests.web import people
from tests.web.accessibility import barriers, overflow
from tests.web.people import PASSWORD

OPEN = ("/sign-in", "/register", "/nothing-here")
OWN = ("/profile", "/profile/password")


@pytest.fixture
def house(database: Database, settings: Settings) -> None:
    with database.transaction() as session:
        people.official(session, people.unit(session), "administrator", "reception")
        people.citizen(session, settings.identity_key)


def enter(page: Any, live: str, login: str = "tiep") -> None:
    page.goto(f"{live}/sign-in")
    page.fill("#login", login)
    page.fill("#password", PASSWORD)
    page.click("main button[type=submit]")


@pytest.mark.parametrize("width", [1280, 390])
def test_nobody_meets_a_barrier_on_a_page_open_to_all(page: Any, live: str, house: None, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for path in OPEN:
        page.goto(live + path)
        assert barriers(page) == []
        assert overflow(page) <= 0, path


@pytest.mark.parametrize("width", [1280, 390])
def test_nobody_meets_a_barrier_on_the_own_pages(page: Any, live: str, house: None, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    enter(page, live)
    for path in OWN:
        page.goto(live + path)
        assert barriers(page) == []
        assert overflow(page) <= 0, path


def test_errors_are_read_first_and_lead_to_their_field(page: Any, live: str, house: None) -> None:
    page.goto(f"{live}/sign-in")
    page.fill("#login", "tiep")
    page.click("main button[type=submit]")
    assert page.evaluate("document.activeElement.className") == "error-summary"
    assert barriers(page) == []
    page.click(".error-summary a")
    assert page.evaluate("document.activeElement.id") == "password"
    assert page.input_value("#login") == "tiep"


def test_the_menu_opens_with_the_keyboard_and_closes_with_escape(page: Any, live: str, house: None) -> None:
    enter(page, live)
    page.goto(f"{live}/profile")
    page.focus("details.menu summary")
    page.keyboard.press("Enter")
    assert page.is_visible(".menu-panel")
    assert barriers(page) == []
    page.keyboard.press("Escape")
    assert not page.is_visible(".menu-panel")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_a_person_skips_to_the_content(page: Any, live: str, house: None) -> None:
    page.goto(f"{live}/sign-in")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_all_of_it_works_without_script(plain_page: Any, live: str, house: None) -> None:
    page = plain_page
    page.goto(f"{live}/profile")
    page.fill("#login", "036190012345")
    page.fill("#password", PASSWORD)
    page.click("main button[type=submit]")
    assert page.url == f"{live}/profile"
    page.click("text=English")
    assert page.url == f"{live}/profile"
    page.fill("#phone", "0987 654 321")
    page.select_option("#locale", "en")
    page.click("text=Save changes")
    assert page.inner_text("#flash").strip() == "Your details have been saved."
    page.click("details.menu summary")
    page.click("text=Sign out")
    page.goto(f"{live}/profile")
    assert page.url.startswith(f"{live}/sign-in")


def test_what_goes_wrong_in_the_background_is_said_on_the_page(page: Any, live: str, house: None) -> None:
    page.goto(f"{live}/sign-in")
    page.evaluate("htmx.ajax('GET', '/nothing-here', {target: '#main'})")
    page.wait_for_selector("#flash .notice")
    assert "Địa chỉ này không có" in page.inner_text("#flash")
    assert page.is_visible("#login")
    page.context.set_offline(True)
    page.evaluate("htmx.ajax('GET', '/register', {target: '#main'})")
    page.wait_for_selector("#flash .notice >> text=Không kết nối được")
