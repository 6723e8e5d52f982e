"""The frame of every page, for those who see most of it: an administrator with many links, a newcomer to the demo."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import expect

from config import Settings
from tests.web.accessibility import barriers, overflow


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """As `make run` has them."""
    return replace(settings, demo=True)


@pytest.mark.parametrize("width", [1280, 390])
def test_the_links_of_many_roles_stay_on_one_line(visit: Callable[..., Any], width: int) -> None:
    page = visit(width, "quantri")
    assert page.locator(".site-nav").bounding_box()["height"] < 60
    more = page.locator(".site-nav summary")
    more.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Tra cứu hồ sơ")).to_be_visible()
    assert barriers(page) == []
    assert overflow(page) <= 0
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Tra cứu hồ sơ")).to_be_hidden()
    assert more.evaluate("summary => summary === document.activeElement")


@pytest.mark.parametrize("width", [1280, 390])
def test_a_newcomer_enters_the_demo_from_the_page_itself(visit: Callable[..., Any], width: int) -> None:
    page = visit(width)
    page.goto("/sign-in")
    page.get_by_text("Tài khoản dùng thử").click()
    assert barriers(page) == []
    assert overflow(page) <= 0
    page.get_by_role("button", name="lanhdao Lãnh đạo phường Tân An").click()
    assert page.url.endswith("/desk/figures")
