"""Changed without a developer: a question and an amount are added, three people publish, a citizen sees them."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import expect

from common.db import Database
from common.identity.actor import machine
from designer.drafts import begin_draft
from designer.models import Draft
from procedure_library.queries import version_in_force
from tests.browser import rule_text
from tests.browser.certified_copy import begin
from tests.browser.conftest import sign_in
from tests.browser.house import CITIZEN, PASSWORD
from tests.browser.keeping import DRAFT, KEEPERS, add_question, employ_keepers, open_review, publish, submit
from tests.browser.steps import PDF, downloaded, follow, look, press, says, tells, told
from tests.conftest import MONDAY_MORNING
from tests.support.browser import opened

NOTE = "Hỏi người nộp có cần trả nhanh không."
URGENT = """
phí urgent "Phí trả kết quả nhanh"
  tiếng_anh "Charge for a quick result"
  căn_cứ "Nghị quyết 12/2026/NQ-HĐND"
  miễn khi (can_tra_ket_qua_nhanh nếu_trống sai) là sai căn_cứ "Nghị quyết 12/2026/NQ-HĐND"
  còn_lại thu 15_000 VND
"""


@pytest.fixture
def keepers(house: Database) -> None:
    """Three people who keep procedures, and a draft of the certified copies."""
    with house.transaction() as session:
        employ_keepers(session)
        version = version_in_force(session, "chung_thuc_ban_sao", MONDAY_MORNING.date())
        assert version is not None
        assert isinstance(begin_draft(session, version, by=machine("a test"), at=MONDAY_MORNING), Draft)


@pytest.fixture(params=["script", "plain"])
def enter(
    request: pytest.FixtureRequest, browser: Any, door: str, keepers: None
) -> Iterator[Callable[..., Any]]:
    """Opens a browser for a person and signs in; with JavaScript and, in a second run, without."""
    with ExitStack() as doors:

        def walk_in(login: str) -> Any:
            page = doors.enter_context(
                opened(browser, base_url=door, java_script_enabled=request.param == "script")
            )
            sign_in(page, login, PASSWORD)
            return page

        yield walk_in


def test_a_question_and_an_amount_are_published_by_three_people(enter: Callable[..., Any]) -> None:
    author, controller, publisher = (enter(login) for login in KEEPERS)
    add_question(author, "Cần trả kết quả nhanh", "Quick result needed")
    _add_rule_with_a_slip_of_the_pen(author)
    _charge_it(author)
    submit(author, "Quyết định 20/QĐ-UBND", NOTE)

    _return(controller, "Ghi rõ trong hướng dẫn: trong 2 giờ.")
    author.goto(f"{DRAFT}/submission")
    tells(author, "Ghi rõ trong hướng dẫn: trong 2 giờ.")
    author.goto(f"{DRAFT}/form/fields/can_tra_ket_qua_nhanh")
    author.fill("#help_vi", "Trả trong 2 giờ làm việc.")
    press(author, "Lưu câu hỏi")
    submit(author, "Quyết định 20/QĐ-UBND", NOTE)

    open_review(controller)
    text = told(controller)
    assert "Thêm câu hỏi: Cần trả kết quả nhanh" in text
    assert "Thêm quy tắc: Phí trả kết quả nhanh" in text
    assert downloaded(controller, "Tải bản quét") == PDF
    press(controller, "Đồng ý, chuyển người công bố")
    expect(controller.get_by_role("button", name="Công bố", exact=True)).to_have_count(0)

    publish(publisher)
    publisher.goto("/designer/publications")
    look(publisher)
    tells(publisher, "Soạn: Quantri Kiểm soát: Kiemsoat Công bố: Congbo")

    citizen = enter(CITIZEN)
    citizen.goto("/procedures/chung_thuc_ban_sao")
    tells(citizen, "Phí trả kết quả nhanh")
    begin(citizen)
    citizen.get_by_label("Bản thân").check()
    press(citizen, "Lưu và tiếp tục")
    tells(citizen, "Cần trả kết quả nhanh (không bắt buộc) Trả trong 2 giờ làm việc.")


def _add_rule_with_a_slip_of_the_pen(page: Any) -> None:
    """An unknown field is found while checking, blocks submission, and its finding leads to the line."""
    page.goto(f"{DRAFT}/rules")
    look(page)
    content = rule_text.written(page)
    rule_text.write(page, content + URGENT.replace("can_tra_ket_qua_nhanh", "can_tra_nhanh"))
    rule_text.found(page, "can_tra_nhanh")
    rule_text.keep(page)
    page.goto(f"{DRAFT}/submission")
    look(page)
    tells(page, "Còn lỗi nên chưa trình được")
    expect(page.get_by_role("button", name="Trình", exact=True)).to_have_count(0)
    page.locator(".finding-where a").first.click()
    assert "/rules#line-" in page.url
    rule_text.write(page, content + URGENT)
    rule_text.lay_out(page)
    rule_text.keep(page)


def _charge_it(page: Any) -> None:
    page.goto(f"{DRAFT}/head")
    look(page)
    page.get_by_role("link", name="Chứng thực bản sao giấy từ bản chính").click()
    page.get_by_label("Phí trả kết quả nhanh").check()
    press(page, "Lưu trường hợp")


def _return(page: Any, comment: str) -> None:
    page.goto("/designer/reviews")
    look(page)
    follow(page, "Chứng thực bản sao", exact=False)
    press(page, "Trả lại để sửa")
    tells(page, "Trả lại mà chưa nêu ý kiến")
    page.fill("#comment", comment)
    press(page, "Trả lại để sửa")
    says(page, "Đã trả lại người soạn kèm ý kiến.")
