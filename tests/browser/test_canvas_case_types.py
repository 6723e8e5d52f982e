"""Steps by case type, and what a step says, drawn and read again in a browser."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.browser.drawing import STEPS, between, choose, drag, entry, wait_for_panel, wait_until_saved
from tests.web.accessibility import barriers

CASES = "/designer/drafts/1/cases"


def test_a_branch_by_case_type_fades_what_the_case_type_never_passes(draw: Callable[..., Any]) -> None:
    page = draw()
    page.goto(CASES)
    page.get_by_role("button", name="Chép").click()
    expect(page.get_by_text("Đã chép thành một trường hợp mới")).to_be_visible()
    assert not barriers(page)
    page.goto(STEPS)
    page.locator("#chosen").select_option("verdict")
    wait_for_panel(page, "verdict")
    expect(page.locator("#case-choice")).to_be_hidden()
    page.get_by_label("Chọn đường theo").select_option("dossier.case_type")
    ways = page.locator('#step-panel select[name^="when."]')
    expect(ways.first.locator('option[value="paper_copy"]')).to_have_count(1)
    ways.first.select_option("paper_copy")
    copy = ways.nth(1).locator("option", has_text="bản sao)").first.get_attribute("value")
    ways.nth(1).select_option(copy)
    wait_until_saved(page)
    expect(page.locator("#case-choice")).to_be_visible()
    page.goto(f"{STEPS}?case=paper_copy")
    faded = page.locator(".djs-element.not-passed")
    expect(page.locator('.djs-shape.not-passed[data-element-id="decline"]')).to_have_count(1)
    page.locator("#case-shown").select_option("")
    expect(faded).to_have_count(0)


def test_what_a_step_says_is_typed_in_the_panel_and_there_again(draw: Callable[..., Any]) -> None:
    page = draw()
    choose(page, "compare")
    page.get_by_text("Trách nhiệm và hướng dẫn").click()
    page.get_by_label("Căn cứ pháp lý của bước").fill("Điều 17 Nghị định 118/2025/NĐ-CP")
    page.get_by_label("Ai chịu trách nhiệm, theo văn bản ấy").fill("công chức một cửa")
    page.get_by_label("Hướng dẫn cho người làm").fill("Đối chiếu.\n\nXem https://vbpl.vn.")
    page.get_by_text("Thông báo qua thư điện tử").click()
    page.get_by_text("Khi hồ sơ vào bước, báo lãnh đạo").click()
    page.locator('[name="entered_leaders"]').fill("Hồ sơ {code} đã đến.")
    page.keyboard.press("Tab")
    wait_until_saved(page)
    assert not barriers(page)
    page.reload()
    page.locator("#chosen").select_option("compare")
    wait_for_panel(page, "compare")
    expect(page.get_by_label("Hướng dẫn cho người làm")).to_have_value("Đối chiếu.\n\nXem https://vbpl.vn.")
    expect(page.get_by_label("Ai chịu trách nhiệm, theo văn bản ấy")).to_have_value("công chức một cửa")
    expect(page.locator('[name="entered_leaders"]')).to_have_value("Hồ sơ {code} đã đến.")


def test_enter_ends_a_name(draw: Callable[..., Any]) -> None:
    page = draw()
    choose(page, "compare")
    name = page.locator("#step-panel").get_by_label("Tên", exact=True)
    name.fill("Đối chiếu bản sao với bản chính")
    name.press("Enter")
    wait_until_saved(page)
    expect(name).to_have_value("Đối chiếu bản sao với bản chính")
    wait_for_panel(page, "compare")


def test_a_new_row_of_a_call_stands_at_the_end(draw: Callable[..., Any]) -> None:
    page = draw()
    drag(page, entry(page, "Liên thông"), *between(page, "compare", "compared"))
    page.keyboard.type("Thường trú")
    page.keyboard.press("Enter")
    wait_for_panel(page, "thuong_tru")
    for number, way in enumerate(("takes", "passes", "papers")):
        page.get_by_role("button", name="Thêm dòng").click()
        expect(page.locator(f'[name="passing.{number}.source"]')).to_be_focused()
        page.locator(f'[name="passing.{number}.way"]').select_option(way)
        page.locator(f'[name="passing.{number}.source"]').fill(f"row{number}")
        page.locator(f'[name="passing.{number}.target"]').fill(f"row{number}")
        page.keyboard.press("Tab")
    wait_until_saved(page)
    for number in range(3):
        expect(page.locator(f'[name="passing.{number}.source"]')).to_have_value(f"row{number}")
