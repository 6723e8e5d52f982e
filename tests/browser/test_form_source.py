"""The JSON Schema of a form in its editor: searched in the reader's words, changed, looked at, kept."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.house import PASSWORD, sign_in
from tests.browser.steps import look, tells
from tests.support.browser import opened

SOURCE = "/designer/drafts/1/form/source"


@pytest.fixture
def source(browser: Any, door: str, drafting: None) -> Iterator[Any]:
    with opened(browser, base_url=door) as page:
        sign_in(page, "quantri", PASSWORD)
        page.goto(SOURCE)
        page.locator(".cm-content").wait_for()
        yield page


def test_it_is_searched_in_vietnamese_and_what_changes_is_shown_before_it_is_kept(source: Any) -> None:
    source.locator(".cm-content").click()
    source.keyboard.press("Control+f")
    panel = source.locator(".cm-search")
    expect(panel.locator("input[name=search]")).to_have_attribute("placeholder", "Tìm")
    for words in ("sau", "trước", "tất cả", "thay tất cả"):
        expect(panel.get_by_role("button", name=words, exact=True)).to_be_visible()
    source.keyboard.type('"Yêu cầu cho"')
    source.keyboard.press("Enter")
    source.keyboard.press("Escape")
    source.keyboard.type('"Xin cho"')
    look(source)
    source.get_by_role("button", name="Xem thay đổi").click()
    expect(source.locator(".changes-list li")).to_have_count(1)
    assert "Xin cho" in source.inner_text(".changes-list")
    source.get_by_role("button", name="Lưu tờ khai theo văn bản này").click()
    tells(source, "Xin cho")


def test_the_place_that_cannot_be_read_is_marked_and_led_to(source: Any) -> None:
    source.locator(".cm-content").click()
    source.keyboard.press("Control+End")
    source.keyboard.type("}")
    source.get_by_role("button", name="Xem thay đổi").click()
    assert "Chưa có gì thay đổi" in source.inner_text(".error-summary")
    look(source)
    source.locator(".error-summary a[data-line]").click()
    assert source.evaluate("document.activeElement.classList.contains('cm-content')")
    source.locator(".cm-lint-marker-error").wait_for()
