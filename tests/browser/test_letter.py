"""A letter is written beside how it looks: a question is put in by its name, a mistake is shown at its line."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.browser.drawing import STEPS
from tests.web.accessibility import barriers, overflow

LETTER = STEPS.replace("/steps", "/letters/certification_words")


def test_the_sheet_follows_what_is_typed(draw: Callable[..., Any]) -> None:
    page = draw()
    page.goto(LETTER)
    sheet, wrong = page.locator(".letter-sheet"), page.locator(".letter-wrong")
    expect(sheet.first).to_be_visible()
    before = sheet.first.get_attribute("src")
    page.locator(".cm-content").click()
    page.keyboard.press("Control+End")
    page.keyboard.type("\n#khong_co")
    expect(wrong).to_contain_text("khong_co")
    expect(page.locator(".cm-lintRange-error, .cm-lint-marker-error").first).to_be_attached()
    assert sheet.first.get_attribute("src") == before
    for _ in "#khong_co":
        page.keyboard.press("Backspace")
    expect(wrong).to_have_count(0)
    # «Cơ quan ban hành», by one of its words and without accents.
    page.keyboard.type("#ban")
    page.locator(".cm-tooltip-autocomplete li", has_text="Cơ quan ban hành").click()
    expect(page.locator(".cm-content")).to_contain_text("#d.agency.name")
    expect(sheet.first).not_to_have_attribute("src", before)
    assert barriers(page) == []
    with page.expect_navigation():
        page.keyboard.press("Control+s")
    expect(page.locator("#flash")).to_contain_text("Đã lưu văn bản")


def test_it_fits_a_telephone(draw: Callable[..., Any]) -> None:
    page = draw(width=390)
    page.goto(LETTER)
    expect(page.locator(".letter-sheet").first).to_be_visible()
    assert overflow(page) <= 0
    assert barriers(page) == []


def test_a_letter_before_there_is_any_example_is_read_by_keyboard(draw: Callable[..., Any]) -> None:
    """Nothing in the preview takes the focus then: it must itself, for it scrolls."""
    page = draw()
    page.goto(LETTER.replace("certification_words", "new"))
    expect(page.locator(".letter-side")).to_be_visible()
    page.set_viewport_size({"width": 1440, "height": 300})
    assert barriers(page) == []
