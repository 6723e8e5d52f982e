"""The construction permit tried before Tết with a supplement that never comes, and recorded as an example."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from common.db import Database
from common.identity.actor import machine
from common.identity.models import Unit
from designer.drafts import begin_draft, files_of
from designer.models import Draft
from procedure_library.canonical import parsed
from procedure_library.queries import version_in_force
from tests.browser.steps import follow, look, press
from tests.conftest import MONDAY_MORNING
from tests.web import people

PERMIT = "cap_giay_phep_xay_dung_nha_o"


@pytest.fixture
def permit(house: Database) -> int:
    """An administrator, and the number of a draft of the construction permit."""
    with house.transaction() as session:
        province = session.scalars(select(Unit).where(Unit.key == "province")).one()
        people.official(session, province, "administrator", login="quantri")
        version = version_in_force(session, PERMIT, MONDAY_MORNING.date())
        assert version is not None
        draft = begin_draft(session, version, by=machine("a test"), at=MONDAY_MORNING)
        assert isinstance(draft, Draft)
        return draft.id


def test_a_supplement_that_never_comes_is_tried_and_recorded(
    request: pytest.FixtureRequest, walk_in: Callable[..., Any], permit: int, house: Database
) -> None:
    has_script = request.node.callspec.params["walk_in"] == "script"
    page = walk_in("quantri")
    page.goto(f"/designer/drafts/{permit}/trials")
    look(page)
    page.get_by_label("Ngày").fill("10/02/2026")
    page.get_by_label("Giờ").fill("9:30")
    press(page, "Chạy thử")
    follow(page, "Điền tờ khai")
    press(page, "Điền sẵn")
    press(page, "Nộp hồ sơ")
    press(page, "Tiếp nhận hồ sơ")
    rests_at(page, "examine", "Thẩm định hồ sơ, kiểm tra thực địa", has_script)
    # Seven working days from before the holiday end well after it.
    expect(page.get_by_role("definition").filter(has_text="25/02/2026").first).to_be_visible()
    follow(page, "Mở việc để điền")
    press(page, "Điền sẵn")
    page.get_by_label("Lý do, nội dung yêu cầu").fill("Thiếu bản vẽ mặt bằng móng.")
    press(page, "Thông báo bổ sung một lần")
    rests_at(page, "supplement", "Chờ chủ đầu tư bổ sung", has_script)
    press(page, "Chiều cuối trước Tết")
    expect(page.locator(".trial-clock")).to_contain_text("13/02/2026")
    press(page, "Ngày làm việc tiếp theo")
    expect(page.locator(".trial-clock")).to_contain_text("23/02/2026")
    page.get_by_text("Giờ khác").click()
    page.get_by_label("Ngày").fill("01/06/2026")
    page.get_by_label("Giờ").fill("8:00")
    press(page, "Chỉnh đồng hồ")
    rests_at(page, "supplement", "Chờ chủ đầu tư bổ sung", has_script)
    page.locator("summary", has_text="Dừng xử lý hồ sơ").click()
    page.get_by_label("Lý do, nội dung").last.fill("Quá lâu không bổ sung.")
    press(page, "Dừng xử lý hồ sơ")
    expect(page.get_by_text("Thông báo dừng giải quyết hồ sơ")).to_be_visible()
    page.get_by_label("Tên tình huống").fill("Không bao giờ bổ sung")
    press(page, "Ghi thành tình huống mẫu")
    row = page.locator("#example-khong_bao_gio_bo_sung")
    expect(row).to_contain_text("Đúng")
    with house.session() as session:
        files = files_of(session, session.get_one(Draft, permit))
    course = parsed(files["examples/khong_bao_gio_bo_sung.json"])["course"]
    assert [act["act"] for act in course] == ["submit", "accept", "complete", "wait", "wait", "wait", "stop"]
    assert course[-1]["expect"]["status"] == "stopped"


def rests_at(page: Any, key: str, name: str, has_script: bool) -> None:
    """The token stands on the step; without JavaScript the list of steps says so."""
    if has_script:
        expect(page.locator(f"[data-token={key}]")).to_be_visible()
        expect(page.locator("[data-token]")).to_have_count(1)
    else:
        expect(page.locator("#trial-steps [aria-current=step]")).to_contain_text(name)
