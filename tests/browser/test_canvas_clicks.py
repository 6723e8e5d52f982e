"""A click beside the form right after typing meets what it was aimed at, and nothing typed is lost."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.browser.drawing import choose, drag, empty_place, entry, shape, wait_for_panel, wait_until_saved


def named_and_pressed(page: Any, action: str) -> None:
    """A new task whose name is typed into the panel; then, without leaving the field, the pad is clicked."""
    drag(page, entry(page, "Công việc"), *empty_place(page))
    page.locator('#step-panel form[data-element^="task_"]').wait_for()
    # What the checks say of it may move the page: later, no hand would be there already.
    wait_until_saved(page)
    page.keyboard.press("Escape")
    page.locator("#step-panel").get_by_label("Tên", exact=True).fill("Kiểm tra lại")
    # As long as a hand holds a button down.
    page.locator(f'.djs-context-pad.open [data-action="{action}"]').click(delay=120)


def test_the_pad_is_met_right_after_typing(draw: Callable[..., Any]) -> None:
    page = draw()
    named_and_pressed(page, "append.end")
    page.locator('#step-panel form[data-element^="end_"]').wait_for()
    shape(page, "kiem_tra_lai").wait_for()
    ways = [option.inner_text() for option in page.locator("#chosen option").all()]
    assert any(way.startswith("Kiểm tra lại đến Kết thúc (chưa đặt tên, end_") for way in ways)
    page.get_by_label("Hồ sơ kết thúc thế nào").select_option(label="Giải quyết, trả kết quả")
    wait_until_saved(page)


def test_a_step_deleted_right_after_typing_is_deleted(draw: Callable[..., Any]) -> None:
    page = draw()
    named_and_pressed(page, "delete")
    page.locator("#chosen option", has_text="Kiểm tra lại").wait_for(state="detached")
    page.locator("#chosen option", has_text="task_").wait_for(state="detached")
    assert page.locator("#chosen").input_value() == ""


def test_another_step_clicked_right_after_typing_is_chosen(draw: Callable[..., Any]) -> None:
    page = draw()
    choose(page, "sign")
    page.get_by_label("Tên", exact=True).fill("Lãnh đạo ký")
    page.mouse.click(*_centre(page, "compare"), delay=120)
    wait_for_panel(page, "compare")
    expect(page.locator("#chosen option", has_text="Lãnh đạo ký").first).to_be_attached()


def _centre(page: Any, key: str) -> tuple[float, float]:
    box = shape(page, key).bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_step_is_dropped_by_a_hand_that_leaves_the_palette_in_one_move(draw: Callable[..., Any]) -> None:
    page = draw()
    box, (x, y) = entry(page, "Kết thúc").bounding_box(), empty_place(page)
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(x, y)
    page.mouse.move(x + 20, y + 20, steps=3)
    page.mouse.up()
    expect(page.locator('#step-panel form[data-element^="end_"]')).to_be_visible()
