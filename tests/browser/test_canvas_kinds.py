"""Steps that take their time, drawn and told in the panel, still there when the page is opened again."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from common.db import Database
from common.identity.actor import machine
from designer.drafts import Saved, file_of, save
from designer.models import Draft
from procedure_library.package import RULES
from tests.browser.drawing import between, choose, drag, entry, shape, wait_for_panel, wait_until_saved
from tests.conftest import MONDAY_MORNING
from tests.web.accessibility import barriers

ASSIGN = """
phân_công signer "Ai ký bản sao" tiếng_anh "Who signs the copies"
  vai_trò leader khi dossier.channel là post
  còn_lại vai_trò approver
"""


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
    expect(shape(page, "hoi_y_kien")).to_have_count(1)
    page.locator("#chosen").select_option(label="Kết quả đối chiếu")
    wait_for_panel(page, "compared")
    assert "Không đồng ý" in page.locator("#step-panel").inner_text()


WAITS = (("Chờ nộp tiền", "payment"), ("Chờ hệ thống khác", "message"), ("Chờ đến lúc", "moment"))


@pytest.mark.parametrize(("words", "kind"), WAITS)
def test_a_step_that_waits_keeps_its_kind(draw: Callable[..., Any], words: str, kind: str) -> None:
    page = draw()
    drag(page, entry(page, words), *between(page, "compare", "compared"))
    page.locator(f'#step-panel form[data-element^="{kind}_"]').wait_for()
    page.keyboard.press("Escape")
    page.locator("#step-panel").get_by_label("Tên", exact=True).fill("Bước chờ")
    page.keyboard.press("Tab")
    wait_for_panel(page, "buoc_cho")
    wait_until_saved(page)
    page.reload()
    page.locator("#chosen").select_option(label="Bước chờ")
    wait_for_panel(page, "buoc_cho")
    assert page.locator("#step-panel legend").first.inner_text().startswith(words)


def test_an_event_on_the_edge_of_a_step_leads_on_when_it_is_late(draw: Callable[..., Any]) -> None:
    page = draw()
    choose(page, "compare")
    page.get_by_label("Làm trong").fill("1")
    page.keyboard.press("Tab")
    page.locator('.djs-context-pad.open [data-action="boundary.overdue"]').click()
    page.locator('.djs-context-pad.open [data-action="append.end"]').click()
    page.locator('#step-panel form[data-element^="end_"]').wait_for()
    page.get_by_label("Hồ sơ kết thúc thế nào").select_option("stopped")
    wait_until_saved(page)
    page.reload()
    page.locator('.djs-shape[data-element-id="compare.overdue"]').wait_for()
    ways = [option.inner_text() for option in page.locator("#chosen option").all()]
    late = next(way for way in ways if "(khi quá hạn)" in way)
    page.locator("#chosen").select_option(label=late)
    page.locator("#step-panel").get_by_text("quá hạn mà chưa xong").wait_for()
    assert (
        page.locator("#step-panel form").get_attribute("data-element").startswith("compare_overdue_to_end_1")
    )


def test_an_automatic_step_has_a_way_on_failure(draw: Callable[..., Any]) -> None:
    page = draw()
    drag(page, entry(page, "Máy tự làm"), *between(page, "compare", "compared"))
    page.keyboard.type("Hỏi dân cư")
    page.keyboard.press("Enter")
    wait_for_panel(page, "hoi_dan_cu")
    page.get_by_label("Kết nối", exact=True).fill("population")
    page.get_by_label("Thử mấy lần").fill("5")
    page.keyboard.press("Tab")
    page.locator('.djs-context-pad.open [data-action="boundary.failure"]').click()
    page.locator('.djs-context-pad.open [data-action="append.end"]').click()
    page.locator('#step-panel form[data-element^="end_"]').wait_for()
    wait_until_saved(page)
    page.reload()
    page.locator('.djs-shape[data-element-id="hoi_dan_cu.failure"]').wait_for()
    page.locator("#chosen").select_option(label="Hỏi dân cư")
    wait_for_panel(page, "hoi_dan_cu")
    assert page.get_by_label("Kết nối", exact=True).input_value() == "population"
    assert page.get_by_label("Thử mấy lần").input_value() == "5"


def test_a_call_says_what_it_hands_on(draw: Callable[..., Any]) -> None:
    page = draw()
    drag(page, entry(page, "Liên thông"), *between(page, "compare", "compared"))
    page.keyboard.type("Thường trú")
    page.keyboard.press("Enter")
    wait_for_panel(page, "thuong_tru")
    page.get_by_label("Thủ tục được gọi").select_option("dang_ky_thuong_tru_lien_thong")
    page.locator('#step-panel option[value="linked_birth"]').wait_for(state="attached")
    page.get_by_label("Trường hợp").select_option("linked_birth")
    page.get_by_label("Chức năng của đơn vị nhận").fill("police")
    page.get_by_label("Kết quả của phần này trả ở đâu").select_option("agency")
    page.get_by_label("Phải xong trong").fill("2")
    page.get_by_role("button", name="Thêm dòng").click()
    page.get_by_label("Từ", exact=True).fill("applicant.full_name")
    page.get_by_label("Đến", exact=True).fill("applicant.full_name")
    page.keyboard.press("Tab")
    page.locator('.djs-context-pad.open [data-action="boundary.failure"]').click()
    page.locator('.djs-context-pad.open [data-action="append.end"]').click()
    page.locator('#step-panel form[data-element^="end_"]').wait_for()
    wait_until_saved(page)
    assert not barriers(page)
    page.reload()
    page.locator('.djs-shape[data-element-id="thuong_tru.failure"]').wait_for()
    page.locator("#chosen").select_option(label="Thường trú")
    wait_for_panel(page, "thuong_tru")
    told = {
        label: page.get_by_label(label).input_value()
        for label in ("Thủ tục được gọi", "Trường hợp", "Chức năng của đơn vị nhận", "Phải xong trong")
    }
    assert list(told.values()) == ["dang_ky_thuong_tru_lien_thong", "linked_birth", "police", "2"]
    assert page.get_by_label("Đến", exact=True).input_value() == "applicant.full_name"
    page.locator("#chosen").select_option(label="Kết quả đối chiếu")
    wait_for_panel(page, "compared")
    assert "Bị từ chối" in page.locator("#step-panel").inner_text()


def test_whoever_adds_a_row_types_on_in_it(draw: Callable[..., Any]) -> None:
    page = draw()
    choose(page, "compare")
    page.get_by_role("button", name="Thêm kết luận").press("Enter")
    page.locator('[name="outcome.2.label"]:focus').wait_for()
    page.keyboard.type("Giấy tờ giả")
    page.get_by_role("button", name="Bỏ kết luận Yêu cầu bổ sung").press("Enter")
    page.locator("[data-add]:focus").wait_for()
    assert page.locator('[name="outcome.1.label"]').input_value() == "Giấy tờ giả"


def test_a_rule_that_says_who_works_takes_the_place_of_the_role(
    draw: Callable[..., Any], house: Database
) -> None:
    with house.transaction() as session:
        draft = session.get_one(Draft, 1)
        rules = file_of(session, draft, RULES)
        assert rules is not None
        text = f"{rules.content}\n{ASSIGN}"
        saved = save(session, draft, RULES, text, revision=rules.revision, by=machine("t"), at=MONDAY_MORNING)
        assert isinstance(saved, Saved)
    page = draw()
    choose(page, "sign")
    page.get_by_label("quy tắc phân công").select_option(label="Ai ký bản sao")
    page.get_by_label("Ai làm, theo quy tắc phân công").wait_for()
    page.get_by_text("chọn vai trò và đơn vị khi hồ sơ đến bước này").wait_for()
    expect(page.get_by_label("Ở đâu")).to_have_count(0)
    wait_until_saved(page)
    # What is told is that the other commune has no leader.
    page.locator('#findings:not(:has([data-severity="error"]))').wait_for()
    page.get_by_role("button", name="Hoàn tác").click()
    page.get_by_label("Ở đâu").wait_for()
    assert page.get_by_label("Ai làm", exact=True).input_value() == "approver"


def test_a_step_without_a_name_is_listed_by_its_kind(draw: Callable[..., Any]) -> None:
    page = draw()
    entry(page, "Máy tự làm").focus()
    page.keyboard.press("Enter")
    page.locator("#chosen option", has_text="Máy tự làm (chưa đặt tên, automatic_1)").first.wait_for(
        state="attached"
    )


def test_a_split_by_conditions_offers_the_conditions_of_the_rules(draw: Callable[..., Any]) -> None:
    page = draw()
    drag(page, entry(page, "Chia theo điều kiện"), *between(page, "compare", "compared"))
    page.locator('#step-panel form[data-element^="inclusive_"]').wait_for()
    page.keyboard.press("Escape")
    page.locator("#step-panel").get_by_label("Tên", exact=True).fill("Cần hỏi ai")
    page.keyboard.press("Tab")
    wait_for_panel(page, "can_hoi_ai")
    wait_until_saved(page)
    page.reload()
    page.locator("#chosen").select_option(label="Cần hỏi ai")
    wait_for_panel(page, "can_hoi_ai")
    assert "mọi đường có điều kiện đúng" in page.locator("#step-panel").inner_text()
    expect(page.get_by_label("Đến «Kết quả đối chiếu» khi")).to_have_count(1)
