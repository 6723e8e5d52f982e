"""Journey 3: whoever has code and identity number learns how far the dossier is, and nothing else."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.browser import certified_copy as copy
from tests.browser.conftest import WITHOUT
from tests.browser.house import CITIZEN
from tests.browser.steps import look, press, told

Walk = Callable[..., Any]


def look_up(page: Any, code: str, number: str) -> None:
    page.goto("/look-up")
    look(page)
    page.fill("#code", code)
    page.fill("#identity_number", number)
    press(page, "Tra cứu")


def test_look_up_tells_how_far_it_is_and_no_more(walk_in: Walk) -> None:
    code = copy.sent_by(walk_in(CITIZEN))
    page = walk_in()
    look_up(page, code, CITIZEN)
    content = told(page)
    assert "Mức độ hoàn thành: 10%" in content
    assert copy.NAME in content
    assert "Trần Thị Lan" not in content
    assert "Bằng tốt nghiệp" not in content
    look_up(page, code, "036190054321")
    expect(page.locator(".error-summary")).to_have_count(1)
    expect(page.locator("#looked-up")).to_have_count(0)


@WITHOUT
def test_guessing_is_slowed_down(walk_in: Walk) -> None:
    page = walk_in()
    for _ in range(10):
        look_up(page, "000.12.31.H40-260302-0001", "036190054321")
        expect(page.locator(".error-summary")).to_have_count(1)
    look_up(page, "000.12.31.H40-260302-0001", "036190054321")
    expect(page.locator(".trouble")).to_have_count(1)
