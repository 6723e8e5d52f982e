"""Drawing with the mouse and the keyboard, as an administrator does: never a call into the modeler."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.drawing import (
    STEPS,
    between,
    centre,
    choose,
    drag,
    drop,
    empty_place,
    entry,
    findings,
    middle,
    shape,
    wait_for_panel,
    wait_until_saved,
)
from tests.web.accessibility import barriers, overflow

# Where words and steps are on the screen.
BOXES = """() => [
  "[data-element-id$=_label] text",
  ".djs-shape:not([data-element-id$=_label]) .djs-visual > :first-child",
].map((what) => [...document.querySelectorAll(`.djs-element${what}`)].map((each) => {
    const { left, top, right, bottom } = each.getBoundingClientRect();
    return { left, top, right, bottom, text: each.closest(".djs-element").dataset.elementId };
  }))"""


def test_a_task_dropped_on_a_transition_stands_between_its_steps(draw: Callable[..., Any]) -> None:
    page = draw()
    drag(page, entry(page, "Công việc"), *between(page, "compare", "compared"))
    page.keyboard.type("Kiểm tra lại")
    page.keyboard.press("Enter")
    wait_for_panel(page, "kiem_tra_lai")
    page.get_by_label("Ai làm", exact=True).select_option(label="Lãnh đạo cơ quan")
    page.get_by_role("button", name="Thêm kết luận").click()
    page.get_by_label("Chữ trên nút").fill("Đã kiểm tra")
    page.get_by_label("Chữ trên nút").press("Tab")
    wait_until_saved(page)
    page.reload()
    page.locator("#chosen").select_option(label="Kiểm tra lại")
    wait_for_panel(page, "kiem_tra_lai")
    assert page.get_by_label("Ai làm", exact=True).input_value() == "leader"
    assert page.get_by_label("Chữ trên nút").input_value() == "Đã kiểm tra"
    assert page.get_by_label("Khóa").input_value() == "da_kiem_tra"
    ways = [option.inner_text() for option in page.locator("#chosen option").all()]
    assert "Đối chiếu bản sao với bản chính, ghi lời chứng đến Kiểm tra lại" in ways
    assert "Kiểm tra lại đến Kết quả đối chiếu" in ways


def test_a_task_dropped_on_the_words_of_a_transition_stands_between_its_steps(
    draw: Callable[..., Any],
) -> None:
    page = draw()
    drag(page, entry(page, "Công việc"), *middle(page, "verdict_to_sign_label"))
    page.keyboard.type("Soát lại")
    page.keyboard.press("Enter")
    wait_for_panel(page, "soat_lai")
    ways = [option.inner_text() for option in page.locator("#chosen option").all()]
    assert "Được chứng thực hay không đến Soát lại" in ways
    assert "Soát lại đến Ký chứng thực" in ways


def test_a_branch_goes_by_a_choice_rule_whose_values_the_panel_then_offers(draw: Callable[..., Any]) -> None:
    page = draw()
    drag(page, entry(page, "Rẽ nhánh"), *between(page, "collect", "certified"))
    wait_for_panel(page, "branch_1")
    page.get_by_label("Chọn đường theo").select_option(label="Được chứng thực hay không")
    page.get_by_label("Đến «Đã chứng thực» khi").select_option(label="Được chứng thực")
    page.locator("#findings", has_text="không có đường cho «Không được chứng thực»").wait_for()


@pytest.mark.parametrize("number", [1, 2, 3])
def test_words_lie_over_no_step_and_over_no_other_words(
    draw: Callable[..., Any], all_drafts: None, number: int
) -> None:
    page = draw()
    page.goto(STEPS.replace("1", str(number)))
    page.locator(".djs-palette .entry").first.wait_for()
    page.locator(".djs-element[data-element-id$=_label] text").first.wait_for(state="attached")
    words, steps = page.evaluate(BOXES)
    covered = [
        (one["text"], other["text"])
        for place, one in enumerate(words)
        for other in (*words[place + 1 :], *steps)
        if _meet(one, other)
    ]
    assert len(words) > 5
    assert covered == []


def test_no_letter_switches_a_tool_on_that_nobody_sees(draw: Callable[..., Any]) -> None:
    page = draw()
    choose(page, "sign")
    page.mouse.click(*centre(page, "sign"))
    for letter in "shlc":
        page.keyboard.press(letter)
    # The hand still takes hold of a step: with a tool on, this drag would do something else.
    was = centre(page, "collect")
    drag(page, shape(page, "collect"), was[0], was[1] + 150)
    assert centre(page, "collect")[1] > was[1] + 100


def test_two_branches_named_one_after_the_other_keep_their_names(draw: Callable[..., Any]) -> None:
    page = draw()
    x, y = empty_place(page)
    drop(page, "Rẽ nhánh", x, y, "Có hay không", "co_hay_khong")
    drop(page, "Rẽ nhánh", x + 200, y, "Đủ hay thiếu", "du_hay_thieu")
    for words in ("Có hay không", "Đủ hay thiếu"):
        expect(page.locator(".djs-label", has_text=words)).to_have_count(1)


def test_a_branch_that_chooses_by_a_rule_offers_the_values_of_the_rule(draw: Callable[..., Any]) -> None:
    page = draw()
    choose(page, "compared")
    panel = page.locator("#step-panel")
    panel.get_by_label("Chọn đường theo").select_option(label="Được chứng thực hay không")
    way = panel.get_by_label("Đến «Chờ người yêu cầu bổ sung» khi")
    way.locator("option", has_text="Không được chứng thực").wait_for(state="attached")
    way.select_option("refuse")
    wait_until_saved(page)
    page.reload()
    page.locator("#chosen").select_option(label="Kết quả đối chiếu")
    wait_for_panel(page, "compared")
    assert way.input_value() == "refuse"


def test_a_step_that_nothing_leads_to_is_marked_until_it_is_deleted(draw: Callable[..., Any]) -> None:
    page = draw()
    drag(page, entry(page, "Công việc"), *empty_place(page))
    page.keyboard.type("Lạc đường")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="dẫn tới bước «Lạc đường»").first.wait_for()
    assert "Không có đường nào từ lúc bắt đầu dẫn tới bước «Lạc đường»" in findings(page)
    assert "Nối bước này với một bước đứng trước, hoặc xóa bước." in page.locator("#findings").inner_text()
    page.get_by_label("Bước hoặc đường nối đang chọn").select_option(label="Không chọn gì")
    page.locator(".finding-mark").click()
    wait_for_panel(page, "lac_duong")
    page.mouse.click(*centre(page, "collect"))
    choose(page, "lac_duong")
    page.keyboard.press("Delete")
    page.locator("#findings .all-well").wait_for()
    expect(page.locator(".finding-mark")).to_have_count(0)


def test_a_branch_without_a_way_for_an_outcome_is_mended_by_a_default(draw: Callable[..., Any]) -> None:
    page = draw()
    choose(page, "compare")
    page.get_by_role("button", name="Thêm kết luận").click()
    page.get_by_label("Chữ trên nút").nth(2).fill("Giấy tờ giả")
    page.get_by_label("Chữ trên nút").nth(2).press("Tab")
    page.locator("#findings").get_by_role("button", name="không có đường cho «Giấy tờ giả»").click()
    wait_for_panel(page, "compared")
    page.get_by_label("Còn lại thì đi đường").select_option(label="Đến «Chờ người yêu cầu bổ sung»")
    page.locator('#findings:not(:has([data-severity="error"]))').wait_for()
    # What is left is a reminder: the new outcome has no English yet.
    assert findings(page) == ["Các bước: 1 chỗ chưa có bản tiếng Anh («Giấy tờ giả»)"]
    wait_until_saved(page)


def test_a_finding_on_another_page_leads_to_its_step(draw: Callable[..., Any]) -> None:
    page = draw()
    choose(page, "sign")
    page.get_by_label("Ai làm", exact=True).select_option(label="Chưa chọn")
    wait_until_saved(page)
    page.goto("/designer/drafts/1")
    page.get_by_role("link", name="Các bước: Ký chứng thực").click()
    wait_for_panel(page, "sign")


def test_what_was_drawn_is_taken_back_and_done_again(draw: Callable[..., Any]) -> None:
    page = draw()
    steps = page.locator(".djs-element.djs-shape:not([data-element-id$=_label])")
    before = steps.count()
    choose(page, "collect")
    page.keyboard.press("Delete")
    expect(steps).to_have_count(before - 1)
    page.keyboard.press("Control+z")
    expect(steps).to_have_count(before)
    page.get_by_role("button", name="Làm lại").click()
    expect(steps).to_have_count(before - 1)
    page.get_by_role("button", name="Hoàn tác").click()
    expect(steps).to_have_count(before)
    wait_until_saved(page)


def test_a_step_is_added_and_moved_without_a_mouse(draw: Callable[..., Any]) -> None:
    page = draw()
    page.get_by_label("Bước hoặc đường nối đang chọn").select_option(label="Ký chứng thực")
    wait_for_panel(page, "sign")
    entry(page, "Chờ bổ sung").focus()
    page.keyboard.press("Enter")
    wait_for_panel(page, "supplement_1")
    was = centre(page, "supplement_1")
    page.keyboard.press("ArrowDown")
    assert centre(page, "supplement_1")[1] > was[1]
    page.get_by_label("Tên", exact=True).fill("Chờ bản chính")
    page.get_by_label("Tên", exact=True).press("Enter")
    wait_for_panel(page, "cho_ban_chinh")
    wait_until_saved(page)


def test_a_published_step_keeps_its_key_under_a_new_name(draw: Callable[..., Any]) -> None:
    page = draw()
    choose(page, "collect")
    page.get_by_label("Tên", exact=True).fill("Thu phí")
    page.get_by_label("Tên", exact=True).press("Tab")
    wait_until_saved(page)
    wait_for_panel(page, "collect")


@pytest.mark.parametrize("width", [1280, 390])
def test_nobody_meets_a_barrier_at_the_canvas(draw: Callable[..., Any], width: int) -> None:
    page = draw(width=width)
    page.get_by_label("Bước hoặc đường nối đang chọn").select_option(label="Ký chứng thực")
    wait_for_panel(page, "sign")
    assert barriers(page) == []
    assert overflow(page) <= 0
    expect(page.locator(".bjs-powered-by")).to_be_visible()


def test_a_step_added_without_a_mouse_lies_over_nothing(draw: Callable[..., Any]) -> None:
    page = draw()
    for _each in range(2):
        page.locator("#chosen").select_option(label="Không chọn gì")
        entry(page, "Công việc").focus()
        page.keyboard.press("Enter")
        page.locator('#step-panel form[data-element^="task_"]').wait_for()
    words, steps = page.evaluate(BOXES)
    for key in ("task_1", "task_2"):
        (added,) = [each for each in steps if each["text"] == key]
        assert [each["text"] for each in words + steps if each["text"] != key and _meet(each, added)] == []


def _meet(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two boxes on the screen have more than a hair in common."""
    return (
        one["left"] < other["right"] - 1
        and other["left"] < one["right"] - 1
        and one["top"] < other["bottom"] - 1
        and other["top"] < one["bottom"] - 1
    )
