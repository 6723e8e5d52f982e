"""The tracking page of the applicant: state, the section that has it, the history in plain words, the term by days."""

import re
from datetime import datetime, timedelta
from html import unescape

import pytest
from flask.testing import FlaskClient

from common.clock import ZONE
from runtime import dossiers, tasks
from runtime.demo.accounts import PASSWORD
from runtime.models.dossiers import Dossier
from tests.conftest import SettableClock
from tests.runtime.small import MONDAY
from tests.runtime.town import Town
from tests.web.people import sign_in

WARD = "Ủy ban nhân dân phường Tân An"
DAY = timedelta(days=1)


@pytest.fixture
def applicant(client: FlaskClient) -> FlaskClient:
    sign_in(client, "congdan", PASSWORD)
    return client


def page(client: FlaskClient, clock: SettableClock, dossier: Dossier, at: datetime) -> str:
    clock.now = at
    whole = client.get(f"/my/dossiers/{dossier.filing_number}").text
    main = whole.partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", main)))


def test_before_reception_it_is_with_the_one_stop_section(
    town: Town, applicant: FlaskClient, clock: SettableClock
) -> None:
    said = page(applicant, clock, town.filed(), MONDAY)
    for words in (
        "Mới đăng ký",
        f"Đang ở: Bộ phận tiếp nhận và trả kết quả – {WARD}, từ 09 giờ 00, 02/03/2026",
        "Hồ sơ được xem chậm nhất trong ngày 02/03/2026.",
        "Thời hạn bắt đầu tính khi hồ sơ được tiếp nhận",
        "Nộp hồ sơ 09 giờ 00, 02/03/2026 · Người nộp hồ sơ",
    ):
        assert words in said


def test_in_process_the_section_the_official_and_every_day_of_the_term_are_told(
    town: Town, applicant: FlaskClient, clock: SettableClock
) -> None:
    friday = datetime(2026, 3, 6, 9, 0, tzinfo=ZONE)
    dossier = town.received(friday)
    tasks.claim(town.session, town.task(dossier), by=town.official("case_officer"), at=friday)
    said = page(applicant, clock, dossier, friday + DAY * 4)
    for words in (
        "Đang xử lý",
        f"Đang ở: Công chức thụ lý – {WARD}, từ 09 giờ 00, 06/03/2026 · Bước examine · Nguyễn Văn Bình đang làm",
        "Thời hạn theo quy định 3 ngày làm việc",
        "Hạn giải quyết 11/03/2026",
        "Ngày hẹn trả 11/03/2026",
        "Đã tính 2 ngày",
        "Còn 1 ngày",
        "Tiếp nhận hồ sơ 09 giờ 00, 06/03/2026 · Bộ phận tiếp nhận và trả kết quả, Trần Thu Hà",
    ):
        assert words in said
    assert days_told(said) == ["06", "07", "08", "09", "10", "11"]
    assert "(sắp tới)" in said


def test_while_the_applicant_is_awaited_the_clock_stands_still_and_the_page_says_until_when(
    town: Town, applicant: FlaskClient, clock: SettableClock
) -> None:
    dossier = town.received()
    town.complete(dossier, "incomplete", MONDAY + DAY, reason="1. Thiếu chữ ký.")
    said = page(applicant, clock, dossier, MONDAY + DAY * 2)
    for words in (
        "Đang chờ: bạn , từ 09 giờ 00, 03/03/2026 · bổ sung trước hết ngày 12/03/2026",
        "1. Thiếu chữ ký.",
        "Đang tạm dừng chờ bổ sung, từ 09 giờ 00, 03/03/2026.",
        "Nếu bổ sung đủ trong hôm nay, hạn giải quyết là 06/03/2026.",
        "Bổ sung đủ theo yêu cầu ở trên, gửi một lần.",
        "Thứ Tư 04/03/2026 Tạm dừng, chờ bổ sung",
        "Bước examine: Chọn incomplete 1. Thiếu chữ ký. 09 giờ 00, 03/03/2026 · Công chức thụ lý",
    ):
        assert words in said
    assert "Hạn giải quyết " not in said
    assert "Nhận bổ sung" not in said
    dossiers.answer_supplement(town.session, dossier, by=town.citizen(), at=MONDAY + DAY * 2)
    resumed = page(applicant, clock, dossier, MONDAY + DAY * 2)
    assert "Tạm dừng chờ bổ sung từ 09 giờ 00, 03/03/2026 đến 09 giờ 00, 04/03/2026." in resumed
    assert "Hạn giải quyết 06/03/2026" in resumed


def test_what_officials_write_to_each_other_stays_among_them(
    town: Town, applicant: FlaskClient, clock: SettableClock
) -> None:
    dossier = town.received()
    town.complete(dossier, "fit", reason="Đã gọi điện cho người nộp, đừng chờ.")
    assert "đừng chờ" not in page(applicant, clock, dossier, MONDAY)


def test_the_end_tells_how_many_days_were_used_and_where_the_result_is(
    town: Town, applicant: FlaskClient, clock: SettableClock
) -> None:
    dossier = town.received()
    for outcome in ("fit", "granted", "collected"):
        town.complete(dossier, outcome, MONDAY + DAY)
    said = page(applicant, clock, dossier, MONDAY + DAY)
    for words in (
        "Đã xử lý xong",
        "Đã dùng 1 trong 3 ngày",
        "Xong trước hạn",
        f"Mang giấy tiếp nhận và giấy tờ tùy thân đến {WARD} để nhận kết quả",
        "Đã nộp 03/03/2026, biên lai số 1/2026/BL",
    ):
        assert words in said


def test_nobody_else_finds_it(town: Town, client: FlaskClient) -> None:
    dossier = town.received()
    path = f"/my/dossiers/{dossier.filing_number}"
    assert client.get(path).status_code == 303
    sign_in(client, "congdan2", PASSWORD)
    assert client.get(path).status_code == 404


def days_told(said: str) -> list[str]:
    """The days of the table, in its order."""
    table = said.partition("Tính từng ngày")[2]
    return re.findall(r"(?:Thứ \w+|Chủ nhật) (\d\d)/03/2026", table)
