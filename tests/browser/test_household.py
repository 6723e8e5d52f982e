"""The application of a household business: built by mouse and again by keyboard alone, then filled in and filed."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from common.db import Database
from common.identity.actor import machine
from common.identity.models import Unit
from designer.drafts import begin_new, save
from designer.form_text import EMPTY, form_text
from designer.models import Draft
from procedure_library.canonical import parsed
from procedure_library.checks import check
from procedure_library.package import FORM
from tests.browser import household, household_law
from tests.browser.house import CITIZEN, PASSWORD, sign_in
from tests.browser.keys import Keys
from tests.browser.mouse import Mouse
from tests.browser.steps import PDF, answer, follow, look, press, told, upload
from tests.conftest import MONDAY_MORNING
from tests.support.browser import opened
from tests.web import people

Walk = Callable[..., Any]
# What the account does not know of the owner, and all the rest, page by page.
OWNER = {
    "thong_tin_ve_chu_ho.sex": "Nữ",
    "thong_tin_ve_chu_ho.nationality": "Việt Nam",
    "ho_kinh_doanh_do_ai_thanh_lap": household.BY_MEMBERS,
}
BUSINESS = {
    "dia_chi_tru_so.province": "01",
    "dia_chi_tru_so.commune": "00004",
    "dia_chi_tru_so.line": "Số 12, phố Phan Đình Phùng",
    "dien_thoai_cua_ho_kinh_doanh": "0912345678",
    "nganh_nghe_kinh_doanh.0.ma_nganh_cap_bon": "5610",
    "nganh_nghe_kinh_doanh.0.ten_nganh_nghe": "Nhà hàng và các dịch vụ ăn uống phục vụ lưu động",
    "nganh_nghe_kinh_doanh.0.la_nganh_nghe_chinh": "Có",
    "von_kinh_doanh": "200.000.000",
}
SECOND_LINE = {
    "nganh_nghe_kinh_doanh.1.ma_nganh_cap_bon": "4711",
    "nganh_nghe_kinh_doanh.1.ten_nganh_nghe": "Bán lẻ lương thực, thực phẩm",
    "nganh_nghe_kinh_doanh.1.la_nganh_nghe_chinh": "Không",
}
TAX = {
    "thong_tin_dang_ky_thue.ngay_bat_dau_hoat_dong": "01/04/2026",
    "thong_tin_dang_ky_thue.tong_so_lao_dong": "3",
    "thong_tin_dang_ky_thue.hinh_thuc_ke_toan": "Chế độ kế toán cho hộ kinh doanh",
    "thong_tin_dang_ky_thue.nhan_thong_bao_thue_o_dia_chi_khac": "Có",
    "thong_tin_dang_ky_thue.dia_chi_nhan_thong_bao_thue.province": "96",
    "thong_tin_dang_ky_thue.dia_chi_nhan_thong_bao_thue.commune": "31894",
    "thong_tin_dang_ky_thue.dia_chi_nhan_thong_bao_thue.line": "Ấp 1",
}
MEMBERS = {
    "thanh_vien_ho_gia_dinh.0.ho_chu_dem_va_ten_thanh_vien": "Trần Thị Lan",
    "thanh_vien_ho_gia_dinh.0.so_dinh_danh_cua_thanh_vien": "036190012345",
    "thanh_vien_ho_gia_dinh.0.phan_von_gop": "120.000.000",
    "thanh_vien_ho_gia_dinh.1.ho_chu_dem_va_ten_thanh_vien": "Trần Văn Hùng",
    "thanh_vien_ho_gia_dinh.1.so_dinh_danh_cua_thanh_vien": "036088012345",
    "thanh_vien_ho_gia_dinh.1.phan_von_gop": "80.000.000",
    "uy_quyen_cho_nguoi_khac_lam_thu_tuc": "Có",
    "nguoi_duoc_uy_quyen.full_name": "Ngô Văn Bảy",
    "nguoi_duoc_uy_quyen.born_on": "02/02/1985",
    "nguoi_duoc_uy_quyen.sex": "Nam",
    "nguoi_duoc_uy_quyen.nationality": "Việt Nam",
    "nguoi_duoc_uy_quyen.identity_number": "036085001234",
    "nguoi_duoc_uy_quyen.address": "Thôn Đông, xã An Hòa",
}
PLEDGE = {"toi_cam_ket_cac_noi_dung_ke_khai_la": ""}
STORED = Path(__file__).parent / "household.schema.json"


@pytest.fixture
def empty_form(house: Database) -> str:
    """The form of a new procedure that asks nothing yet."""
    at, by = MONDAY_MORNING, machine("a test")
    with house.transaction() as session:
        province = session.scalars(select(Unit).where(Unit.key == "province")).one()
        people.official(session, province, "administrator", login="quantri").full_name = "Vũ Thị Quản"
        draft = begin_new(session, household_law.KEY, household_law.NAME, by=by, at=at)
        assert isinstance(draft, Draft)
        save(session, draft, FORM, form_text(EMPTY), revision=1, by=by, at=at)
        return f"/designer/drafts/{draft.id}/form"


@pytest.fixture
def author(browser: Any, door: str, empty_form: str) -> Iterator[Any]:
    with ExitStack() as doors:
        # High enough for a hand to reach every page without scrolling.
        page = doors.enter_context(opened(browser, base_url=door, viewport={"width": 1280, "height": 5200}))
        page.set_default_timeout(30_000)
        sign_in(page, "quantri", PASSWORD)
        yield page


@pytest.mark.parametrize("hand", [Mouse, Keys], ids=["mouse", "keys"])
def test_an_administrator_builds_the_whole_form_from_an_empty_page(
    author: Any, empty_form: str, hand: type[Mouse | Keys]
) -> None:
    household.build(hand(author), empty_form)
    look(author)
    household.insist(hand(author))
    author.goto(f"{empty_form}/source")
    built = parsed(author.locator("#content").input_value())
    # By whichever hand, it is the same form to the letter and in the same order.
    assert json.dumps(built, ensure_ascii=False) == json.dumps(stored(), ensure_ascii=False)


def test_what_was_built_passes_the_checks() -> None:
    found = check(household_law.procedure(stored()))
    assert [each for each in found if each.severity == "error"] == []


@pytest.fixture
def applicant(walk_in: Walk, house: Database) -> Any:
    """A citizen at the form of the procedure in force."""
    with house.transaction() as session:
        household_law.in_force(session, stored())
    page = walk_in(CITIZEN)
    page.goto(f"/procedures/{household_law.KEY}")
    follow(page, "Nộp hồ sơ trực tuyến")
    page.select_option("#unit", index=1)
    press(page, "Bắt đầu khai")
    return page


def test_a_citizen_fills_it_in_and_files_it(applicant: Any) -> None:
    page = applicant
    fill_in(page, OWNER)
    fill_in(page, {**BUSINESS, "ten_ho_kinh_doanh": "Công ty Lan"})
    assert "«Tên hộ kinh doanh» không đúng mẫu" in page.inner_text(".error-summary")
    fill_in(page, {"ten_ho_kinh_doanh": "Hộ kinh doanh công ty Lan"})
    assert "«Tên hộ kinh doanh» không được chấp nhận" in page.inner_text(".error-summary")
    page.locator("[name=ten_ho_kinh_doanh]").fill("Hộ kinh doanh Trần Thị Lan")
    press(page, "Thêm ngành, nghề")
    fill_in(page, SECOND_LINE)
    fill_in(page, TAX)
    page.locator("[name='thanh_vien_ho_gia_dinh.0.phan_von_gop']").wait_for()
    press(page, "Thêm thành viên")
    type_in(page, MEMBERS)
    attach(page, "van_ban_uy_quyen", "uy-quyen.pdf")
    press(page, "Lưu và tiếp tục")
    fill_in(page, PLEDGE)
    expect(page.locator("h1")).to_have_text("Giấy tờ đính kèm")
    upload(page, "Văn bản ủy quyền.pdf")
    follow(page, "Tiếp tục")
    content = told(page)
    for words in (
        "Hộ kinh doanh Trần Thị Lan",
        "5610",
        "4711",
        "200.000.000 đồng",
        "150.000 đồng",
        "uy-quyen.pdf",
        "Trần Văn Hùng",
    ):
        assert words in content, words
    # What is not asked of a Vietnamese is not told either.
    assert "Số hộ chiếu" not in content
    press(page, "Gửi hồ sơ")
    assert page.inner_text(".sent-number strong").startswith("N-000.")


def fill_in(page: Any, answers: dict[str, str]) -> None:
    type_in(page, answers)
    press(page, "Lưu và tiếp tục")


def type_in(page: Any, answers: dict[str, str]) -> None:
    for field, words in answers.items():
        if field.endswith((".province", ".commune")):
            page.locator(f"[name='{field}']").select_option(words)
            open_communes(page, field)
        else:
            answer(page, field, words)


def attach(page: Any, field: str, name: str) -> None:
    file = {"name": name, "mimeType": "application/pdf", "buffer": PDF + name.encode()}
    page.locator(f"input[name='{field}-file']").set_input_files(files=[file])
    page.locator(f"button[name=add-file][value={field}]").click()
    page.locator(f"#f-{field}-field .files", has_text=name).wait_for()


def open_communes(page: Any, field: str) -> None:
    """Without scripts a button brings the communes of the province."""
    button = page.locator(f"button[name=open-communes][value='{field.removesuffix('.province')}']")
    if button.count() and button.is_visible():
        button.click()


def stored() -> dict[str, Any]:
    return dict(parsed(STORED.read_text(encoding="utf-8")))
