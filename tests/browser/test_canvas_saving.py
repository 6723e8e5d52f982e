"""What is drawn is saved by itself, never over somebody else's, and nobody is in their own way."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from common.db import Database, locked
from designer.models import Draft
from tests.browser.drawing import STEPS, centre, choose, wait_until_saved

COLLECT = "Thu phí chứng thực, đóng dấu và vào sổ"


def test_two_who_draw_at_once_do_not_overwrite_each_other(draw: Callable[..., Any]) -> None:
    first, second = draw("quantri"), draw("quantri2")
    choose(first, "compare")
    first.get_by_label("Tên", exact=True).fill("Đối chiếu của Quản")
    first.get_by_label("Tên", exact=True).press("Tab")
    wait_until_saved(first)

    choose(second, "sign")
    second.get_by_label("Tên", exact=True).fill("Ký của Trị")
    second.get_by_label("Tên", exact=True).press("Tab")
    second.locator(".drawing-conflict").wait_for()
    assert "Vũ Thị Quản đã lưu bản vẽ này lúc" in second.locator(".drawing-conflict").inner_text()
    assert "Chưa lưu" in second.locator("#save-state").inner_text()
    with second.expect_download() as copy:
        second.get_by_role("button", name="Tải bản của tôi về máy").click()
    assert "Ký của Trị" in copy.value.path().read_text()

    second.get_by_role("button", name="Dùng bản của họ").click()
    second.get_by_label("Bước hoặc đường nối đang chọn").locator(
        "option", has_text="Đối chiếu của Quản"
    ).first.wait_for(state="attached")
    expect(second.locator("#chosen option", has_text="Ký của Trị")).to_have_count(0)

    # The first writer goes on as if nothing had happened; what the second drew is in the history.
    first.get_by_label("Tên", exact=True).fill("Đối chiếu lần hai")
    first.get_by_label("Tên", exact=True).press("Tab")
    first.locator("#chosen option", has_text="Đối chiếu lần hai").first.wait_for(state="attached")
    wait_until_saved(first)
    first.goto("/designer/drafts/1/history")
    expect(first.locator("tbody tr", has_text="Đặng Văn Trị")).to_have_count(2)


def test_mine_stands_over_theirs_only_when_i_say_so(draw: Callable[..., Any]) -> None:
    first, second = draw("quantri"), draw("quantri2")
    for page, name in ((first, "Của Quản"), (second, "Của Trị")):
        choose(page, "compare")
        page.get_by_label("Tên", exact=True).fill(name)
        page.get_by_label("Tên", exact=True).press("Tab")
        page.locator('#save-state:is([data-state="saved"], [data-state="conflict"])').wait_for()
    second.get_by_role("button", name="Giữ bản của tôi thay bản của họ").click()
    wait_until_saved(second)
    first.reload()
    first.locator("#chosen option", has_text="Của Trị").first.wait_for(state="attached")


def test_who_leaves_right_after_an_undo_finds_it_saved(draw: Callable[..., Any]) -> None:
    page = draw()
    choose(page, "collect")
    page.keyboard.press("Delete")
    wait_until_saved(page)
    page.keyboard.press("Control+z")
    page.get_by_role("link", name="Lịch sử").click()
    page.wait_for_url("**/history")
    page.get_by_role("link", name="Các bước").first.click()
    page.wait_for_url("**/steps")
    page.locator("#chosen option", has_text=COLLECT).first.wait_for(state="attached")
    _delete_and_save(page, "collect")


def test_a_save_of_ones_own_that_comes_late_is_no_conflict(draw: Callable[..., Any], house: Database) -> None:
    page = draw()
    page.on("dialog", lambda dialog: dialog.accept())
    with house.transaction() as session:
        # The save waits for the draft as long as somebody holds it; pages are read all the same.
        locked(session, session.get_one(Draft, 1))
        choose(page, "collect")
        page.keyboard.press("Delete")
        page.locator('#save-state[data-state="saving"]').wait_for()
        page.goto("/designer/drafts/1/history")
        page.goto(STEPS)
        page.locator(".djs-palette .entry").first.wait_for()
        # What the server does not know yet, the tab does.
        expect(page.locator("#chosen option", has_text=COLLECT)).to_have_count(0)
    wait_until_saved(page)
    _delete_and_save(page, "sign")
    page.reload()
    page.locator(".djs-palette .entry").first.wait_for()
    names = page.locator("#chosen").inner_text()
    assert COLLECT not in names
    assert "Ký chứng thực\n" not in names


def _delete_and_save(page: Any, key: str) -> None:
    choose(page, key)
    page.keyboard.press("Delete")
    page.locator('#save-state:is([data-state="waiting"], [data-state="saving"])').wait_for()
    page.locator('#save-state:is([data-state="saved"], [data-state="conflict"])').wait_for()
    assert page.locator("#save-state").get_attribute("data-state") == "saved"


def test_without_network_the_page_says_so_and_saves_later(draw: Callable[..., Any]) -> None:
    page = draw()
    page.context.set_offline(True)
    page.mouse.click(*centre(page, "collect"))
    page.keyboard.press("Delete")
    page.locator('#save-state[data-state="offline"]').wait_for()
    assert "mất kết nối" in page.locator("#save-state").inner_text()
    page.context.set_offline(False)
    wait_until_saved(page)
    page.reload()
    page.locator(".djs-palette .entry").first.wait_for()
    expect(page.locator("#chosen option", has_text="Thu phí")).to_have_count(0)
