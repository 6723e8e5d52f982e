"""A question is checked once it was left; amount and date are told beside the form as they would be now."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.browser import certified_copy as copy
from tests.browser.conftest import WITH_SCRIPT, WITHOUT
from tests.browser.house import CITIZEN
from tests.browser.steps import look, press, tells

Walk = Callable[..., Any]
PAGES, COPIES = "[name='documents.0.pages']", "[name='documents.0.copies']"


def at_the_documents(walk_in: Walk) -> Any:
    page = walk_in(CITIZEN)
    copy.begin(page)
    page.get_by_label("Bản thân").check()
    press(page, "Lưu và tiếp tục")
    return page


@WITH_SCRIPT
def test_what_is_wrong_is_said_on_leaving_and_stays_until_mended(walk_in: Walk) -> None:
    page = at_the_documents(walk_in)
    wrong = page.locator(".field-error")
    page.locator(PAGES).fill("mười")
    expect(wrong).to_have_count(0)
    page.keyboard.press("Tab")
    expect(wrong).to_have_count(1)
    expect(page.locator(PAGES)).to_have_attribute("aria-invalid", "true")
    assert page.evaluate("document.activeElement.name") == "documents.0.copies"
    look(page)
    page.keyboard.type("3")
    page.keyboard.press("Tab")
    expect(page.locator("#quote-now")).to_contain_text("Chưa xác định")
    expect(wrong).to_have_count(1)
    assert page.locator(COPIES).input_value() == "3"
    page.locator(PAGES).fill("10")
    page.keyboard.press("Tab")
    expect(wrong).to_have_count(0)
    expect(page.locator(".error-summary")).to_have_count(0)


@WITH_SCRIPT
def test_the_list_of_errors_takes_the_focus_once_not_from_who_mends_them(walk_in: Walk) -> None:
    page = at_the_documents(walk_in)
    page.locator(PAGES).fill("mười")
    press(page, "Lưu và tiếp tục")
    assert page.evaluate("document.activeElement.id") == "error-summary"
    page.locator(PAGES).fill("10")
    page.keyboard.press("Tab")
    expect(page.locator("#f-documents-0-pages-field .field-error")).to_have_count(0)
    assert page.evaluate("document.activeElement.name") == "documents.0.copies"


@WITH_SCRIPT
def test_amount_and_date_follow_what_is_typed(walk_in: Walk) -> None:
    page = at_the_documents(walk_in)
    box = page.locator("#quote-now")
    copy.describe(page, pages="10", copies="3")
    page.keyboard.press("Tab")
    expect(box).to_contain_text("36.000 đồng")
    expect(box).to_contain_text("02/03/2026")
    look(page)
    page.locator(COPIES).fill("4")
    page.keyboard.press("Tab")
    expect(box).to_contain_text("48.000 đồng")
    assert box.get_attribute("aria-live") == "polite"


@WITH_SCRIPT
def test_who_goes_to_a_button_is_not_held_up(walk_in: Walk) -> None:
    page = at_the_documents(walk_in)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/check") else None)
    page.locator(PAGES).fill("mười")
    press(page, "Lưu và tiếp tục")
    assert asked == []
    assert page.locator(PAGES).input_value() == "mười"


@WITHOUT
def test_without_scripts_amount_and_date_are_those_of_what_was_saved(walk_in: Walk) -> None:
    page = at_the_documents(walk_in)
    tells(page, "Chưa xác định")
    copy.describe(page, pages="10", copies="3")
    press(page, "Lưu và tiếp tục")
    tells(page, "36.000 đồng")
