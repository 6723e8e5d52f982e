"""The kinds of step that take their time, drawn and told in the panel, and still there when the page is opened again."""

from collections.abc import Callable
from typing import Any

from tests.browser.drawing import between, drag, entry, shape, wait_for_panel, wait_until_saved
from tests.web.accessibility import barriers


def test_a_consultation_asks_a_unit_by_its_function(draw: Callable[..., Any]) -> None:
    page = draw()
    drag(page, entry(page, "Lấy ý kiến"), *between(page, "compare", "compared"))
    page.keyboard.type("Hỏi ý kiến")
    page.keyboard.press("Enter")
    wait_for_panel(page, "hoi_y_kien")
    page.get_by_role("button", name="Thêm đơn vị").click()
    page.get_by_label("Tên, ví dụ").fill("Công an xã")
    page.get_by_label("Chức năng trong danh mục").fill("police")
    page.get_by_label("Trả lời trong").fill("5")
    page.get_by_label("Hết hạn không trả lời").check()
    wait_until_saved(page)
    assert not barriers(page)
    page.reload()
    page.locator("#chosen").select_option(label="Hỏi ý kiến")
    wait_for_panel(page, "hoi_y_kien")
    assert page.get_by_label("Chức năng trong danh mục").input_value() == "police"
    assert page.get_by_label("Khóa").input_value() == "cong_an_xa"
    assert page.get_by_label("Trả lời trong").input_value() == "5"
    assert page.get_by_label("Hết hạn không trả lời").is_checked()
    assert shape(page, "hoi_y_kien").count() == 1
    page.locator("#chosen").select_option(label="Kết quả đối chiếu")
    wait_for_panel(page, "compared")
    assert "Không đồng ý" in page.locator("#step-panel").inner_text()
