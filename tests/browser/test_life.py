"""The life of a version and of its procedure: published ahead, withdrawn, published; suspended, resumed, abolished."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from common.db import Database
from common.identity.actor import machine
from designer.drafts import Saved, begin_draft, file_of, save
from designer.models import Draft
from procedure_library.package import HEAD
from procedure_library.queries import version_in_force
from tests.browser.certified_copy import begin, fill_in
from tests.browser.house import CITIZEN
from tests.browser.keeping import KEEPERS, employ_keepers, open_review, publish, submit
from tests.browser.steps import PDF, follow, look, press, says, tells, upload
from tests.conftest import MONDAY_MORNING

KEY = "chung_thuc_ban_sao"
PROCEDURE = f"/designer/procedures/{KEY}"
REASON = "Bộ Tư pháp đang nâng cấp cơ sở dữ liệu."


@pytest.fixture
def keepers(house: Database) -> None:
    """Three people who keep procedures, and a draft that calls the certified copies otherwise."""
    by = machine("a test")
    with house.transaction() as session:
        employ_keepers(session)
        version = version_in_force(session, KEY, MONDAY_MORNING.date())
        assert version is not None
        draft = begin_draft(session, version, by=by, at=MONDAY_MORNING)
        assert isinstance(draft, Draft)
        head = file_of(session, draft, HEAD)
        assert head is not None
        assert head.content is not None
        shorter = head.content.replace("Người yêu cầu xuất trình", "Người đề nghị xuất trình")
        assert shorter != head.content
        saved = save(session, draft, HEAD, shorter, revision=head.revision, by=by, at=MONDAY_MORNING)
        assert isinstance(saved, Saved)


def test_a_version_and_its_procedure_live(keepers: None, walk_in: Callable[..., Any]) -> None:
    author, controller, publisher = (walk_in(login) for login in KEEPERS)
    _published(author, controller, publisher, "/designer/drafts/1", "12/03/2026")
    publisher.goto(PROCEDURE)
    look(publisher)
    expect(publisher.get_by_text("Chưa đến ngày áp dụng")).to_be_visible()
    follow(publisher, "Thu hồi công bố", exact=False)
    _announced(publisher, "Thu hồi công bố phiên bản 2", "Phiên bản 1 tiếp tục áp dụng từ 12/03/2026.")

    author.goto(PROCEDURE)
    press(author, "Soạn tiếp từ bản này")
    _published(author, controller, publisher, "/designer/drafts/2")

    citizen = walk_in(CITIZEN)
    begin(citizen)
    fill_in(citizen)
    upload(citizen, "Bằng tốt nghiệp.pdf")
    follow(citizen, "Tiếp tục")
    check = citizen.url

    _act(publisher, "Tạm dừng tiếp nhận", "1 hồ sơ đang khai, chưa gửi: được giữ nguyên và báo lý do.")
    citizen.goto(check)
    look(citizen)
    tells(citizen, REASON.rstrip("."))
    tells(citizen, "Bằng tốt nghiệp đại học")
    expect(citizen.get_by_role("button", name="Gửi hồ sơ")).to_have_count(0)
    citizen.goto(f"/procedures/{KEY}")
    look(citizen)
    tells(citizen, "Những gì đã khai vẫn được giữ")
    expect(citizen.get_by_role("link", name="Nộp hồ sơ trực tuyến")).to_have_count(0)

    _act(publisher, "Tiếp nhận trở lại", "1 hồ sơ đang khai, chưa gửi: gửi được từ ngày đó.")
    citizen.goto(check)
    press(citizen, "Gửi hồ sơ")
    number = str(citizen.inner_text(".sent-number strong"))

    _act(publisher, "Bãi bỏ thủ tục", "1 hồ sơ đã nộp, chờ tiếp nhận: vẫn được tiếp nhận.")
    look(publisher)
    citizen.goto(f"/procedures/{KEY}")
    tells(citizen, "Thủ tục đã bãi bỏ từ ngày 02/03/2026")
    citizen.goto("/my/dossiers")
    tells(citizen, number)
    publisher.goto("/designer/publications")
    look(publisher)
    for act in (
        "Bãi bỏ thủ tục.",
        "Tiếp nhận trở lại.",
        "Tạm dừng tiếp nhận.",
        "Thu hồi công bố phiên bản 2.",
    ):
        tells(publisher, act)


def _published(author: Any, controller: Any, publisher: Any, draft: str, effective_from: str = "") -> None:
    submit(author, "Quyết định 20/QĐ-UBND", "Cách gọi mới.", effective_from, draft)
    look(author)
    open_review(controller)
    press(controller, "Đồng ý, chuyển người công bố")
    publish(publisher)


def _act(publisher: Any, act: str, effect: str) -> None:
    publisher.goto(PROCEDURE)
    follow(publisher, act)
    _announced(publisher, act, effect)


def _announced(publisher: Any, act: str, effect: str) -> None:
    """What is announced, told what it will do, and confirmed with the scan."""
    look(publisher)
    publisher.fill("#reason_vi", REASON)
    publisher.fill("#basis_number", "77/QĐ-UBND")
    publisher.fill("#basis_signed_on", "27/02/2026")
    press(publisher, "Xem việc này sẽ làm gì")
    look(publisher)
    tells(publisher, effect)
    scan = {"name": "qd.pdf", "mimeType": "application/pdf", "buffer": PDF}
    publisher.set_input_files("#basis_file", files=[scan])
    press(publisher, act)
    says(publisher, "Đã ghi nhận và có hiệu lực theo ngày đã ghi.")
