"""Pictures of the demo for docs/screenshots, at a desk and on a telephone: `make screenshots`.

Not a test, though it runs like one: the same instant gives the same dossiers, so pictures change with pages only.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser import certified_copy as copy
from tests.browser import rule_text
from tests.browser.drawing import entry, wait_for_panel, wait_until_saved
from tests.browser.keeping import submit
from tests.browser.steps import follow, upload

TABLE = """
bảng muc_thu "Mức thu theo cách nộp hồ sơ" (dossier.channel) duy_nhất
  căn_cứ "Nghị quyết của HĐND tỉnh"
  dòng counter thì 30_000 VND
  dòng {online, post} thì 25_000 VND
"""
GAP = (
    'còn_lại refuse "Không được chứng thực" tiếng_anh "May not be certified"',
    "refuse khi comparison.conclusion là erased",
)
FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
WIDTHS = (1280, 390)
TALLEST = 1800


def picture(page: Any, name: str) -> None:
    """The page from its top, as far down as a reader of the documentation would look."""
    width = page.viewport_size["width"]
    tall = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
    page.set_viewport_size({"width": width, "height": tall})
    page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    page.screenshot(path=FOLDER / f"{name}-{width}.png")
    page.set_viewport_size({"width": width, "height": 900})


def pictures(page: Any, part: str, **paths: str) -> None:
    """One picture for each page of a part of the house, named after it."""
    for name, path in paths.items():
        page.goto(path)
        picture(page, f"{part}-{name.replace('_', '-')}")


@pytest.mark.parametrize("width", WIDTHS)
def test_pictures_of_the_portal(visit: Callable[..., Any], width: int) -> None:
    page = visit(width)
    pictures(
        page,
        "portal",
        home="/",
        procedures="/procedures",
        procedure="/procedures/dang_ky_khai_sinh",
        look_up="/look-up",
        sign_in="/sign-in",
        register="/register",
        no_such_page="/not-here",
    )
    page = visit(width, "congdan")
    pictures(page, "portal", profile="/profile", begin="/procedures/dang_ky_khai_sinh/applications")
    copy.begin(page, unit="Tân An")
    page.get_by_label("Bản thân").check()
    page.get_by_role("button", name="Lưu và tiếp tục").click()
    copy.describe(page, pages="mười", copies="3")
    page.get_by_role("button", name="Lưu và tiếp tục").click()
    picture(page, "portal-form")
    page.get_by_label("Số trang của bản chính").fill("10")
    page.get_by_role("button", name="Lưu và tiếp tục").click()
    page.get_by_label("Tôi chịu trách nhiệm").check()
    page.get_by_role("button", name="Lưu và tiếp tục").click()
    upload(page, "Bằng tốt nghiệp.pdf")
    picture(page, "portal-papers")
    follow(page, "Tiếp tục")
    for reasons in page.locator("details.reasons summary").all():
        reasons.click()
    picture(page, "portal-check")
    page.get_by_role("button", name="Gửi hồ sơ").click()
    picture(page, "portal-sent")
    pictures(page, "portal", my_dossiers="/my/dossiers")
    follow(page, "Xem yêu cầu", exact=False)
    picture(page, "portal-dossier")
    follow(page, "Rút hồ sơ")
    picture(page, "portal-withdrawal")


@pytest.mark.parametrize("width", WIDTHS)
def test_pictures_of_the_desk(visit: Callable[..., Any], width: int) -> None:
    page = visit(width, "tiepnhan.hoa_binh")
    pictures(page, "desk", inbox="/desk", dossiers="/desk/dossiers", procedures="/desk/counter")
    page.get_by_role("button", name="Nhập hồ sơ").click()
    picture(page, "desk-counter")
    page.goto("/desk/dossiers?status=awaiting_supplement")
    page.locator("a.code").first.click()
    follow(page, "Nhận bổ sung tại quầy")
    picture(page, "desk-supplement")
    page.goto("/desk")
    page.get_by_role("row", name="Kiểm tra, tiếp nhận").first.get_by_role("link").click()
    picture(page, "desk-reception")
    follow(page, "Yêu cầu hoàn thiện")
    picture(page, "desk-completion-request")
    page = visit(width, "thuly.hoa_binh")
    page.locator("a.code").first.click()
    picture(page, "desk-dossier")
    page.get_by_role("button", name="Nhận việc").or_(page.get_by_role("link", name="Xử lý")).first.click()
    picture(page, "desk-task")
    page = visit(width, "lanhdao.hoa_binh")
    page.locator("a.code").first.click()
    follow(page, "Xin lỗi, hẹn lại ngày")
    picture(page, "desk-appointment")
    sign_the_first(page)
    page = visit(width, "tiepnhan.hoa_binh")
    page.get_by_role("row", name="Thu phí").first.get_by_role("link").click()
    page.get_by_role("button", name="Nhận việc").or_(page.get_by_role("link", name="Xử lý")).first.click()
    picture(page, "desk-collecting")
    page = visit(width, "quantri")
    pictures(
        page,
        "desk",
        figures="/desk/figures?period=2026-Q1",
        figures_dossiers="/desk/figures/dossiers?period=2026-Q1&figure=late",
    )


def sign_the_first(page: Any) -> None:
    """A copy to be certified goes on to the cashier."""
    page.goto("/desk")
    page.get_by_role("row", name="Ký chứng thực").first.get_by_role("link").click()
    page.get_by_role("button", name="Nhận việc").or_(page.get_by_role("link", name="Xử lý")).first.click()
    page.get_by_label("Ký chứng thực").check()
    page.get_by_role("button", name="Hoàn thành").click()


@pytest.mark.parametrize("width", WIDTHS)
def test_pictures_of_administration_and_the_designer(visit: Callable[..., Any], width: int) -> None:
    page = visit(width, "quantri")
    pictures(
        page,
        "administration",
        start="/administration",
        units="/administration/units",
        officials="/administration/officials",
        unit="/administration/units/tan_an",
        new_unit="/administration/new-unit",
        closure="/administration/units/tan_an/closure",
        new_official="/administration/new-official",
        jobs="/administration/jobs",
    )
    page.goto("/administration/officials")
    follow(page, "Trịnh Gia Huy")
    picture(page, "administration-official")
    version = "/designer/procedures/chung_thuc_ban_sao/versions/1"
    pictures(
        page,
        "designer",
        procedures="/designer/procedures",
        procedure="/designer/procedures/cap_giay_phep_xay_dung_nha_o",
        publications="/designer/publications",
        reference="/designer/reference",
        amounts="/designer/reference/amounts",
        amount="/designer/reference/amounts/dang_ky_khai_sinh/registration_amount",
        calendar="/designer/reference/calendar",
        calendar_year="/designer/reference/calendar/years/2027",
        interruption="/designer/reference/interruptions/new",
        drafts="/designer/drafts",
        version=version,
        steps=f"{version}/steps",
        form=f"{version}/form",
        rules=f"{version}/rules",
    )
    page.goto("/designer/reference/amounts/dang_ky_khai_sinh/registration_amount/new")
    page.get_by_label("Mức", exact=True).fill("10.000")
    page.get_by_label("Áp dụng từ ngày").fill("01/04/2026")
    page.get_by_label("Số, ký hiệu văn bản").fill("Nghị quyết 05/2026/NQ-HĐND")
    page.get_by_label("Ngày ký").fill("27/02/2026")
    page.get_by_role("button", name="Xem trước").click()
    picture(page, "designer-amount-shown")


@pytest.mark.parametrize("width", WIDTHS)
def test_pictures_of_drawing_a_new_version(visit: Callable[..., Any], width: int) -> None:
    page = visit(width, "quantri")
    page.goto("/designer/procedures/chung_thuc_ban_sao")
    page.get_by_role("button", name="Soạn phiên bản mới").click()
    draft = page.url
    picture(page, "designer-draft")
    parts = {"head": "head", "form": "form", "rules": "rules", "letters": "letters", "examples": "examples"}
    paths = {f"draft_{name}": f"{draft}/{path}" for name, path in parts.items()}
    pictures(page, "designer", **paths, new_field=f"{draft}/form/new-field", draft_history=f"{draft}/history")
    page.goto(f"{draft}/steps")
    page.locator("#chosen").select_option(label="Ký chứng thực")
    wait_for_panel(page, "sign")
    picture(page, "designer-canvas")
    page.locator("#chosen").select_option(label="Không chọn gì")
    entry(page, "Công việc").focus()
    page.keyboard.press("Enter")
    page.locator("#findings .finding-go").first.wait_for()
    picture(page, "designer-findings")
    page.goto(f"{draft}/submission")
    picture(page, "designer-blocked")
    page.goto(f"{draft}/steps")
    page.locator("#chosen").select_option("task_1")
    page.locator(".djs-context-pad .entry[title='Xóa']").click()
    page.locator("#chosen").select_option(label="Ký chứng thực")
    wait_for_panel(page, "sign")
    page.get_by_label("Tên", exact=True).fill("Lãnh đạo ký chứng thực")
    page.get_by_label("Tên", exact=True).press("Tab")
    wait_until_saved(page)
    submit(page, "Quyết định 21/QĐ-UBND", "Bước ký nay ghi rõ người ký.", draft=draft)
    picture(page, "designer-review")


@pytest.mark.parametrize("width", WIDTHS)
def test_pictures_of_writing_rules(visit: Callable[..., Any], width: int) -> None:
    page = visit(width, "quantri")
    page.goto("/designer/procedures/chung_thuc_ban_sao")
    page.get_by_role("button", name="Soạn phiên bản mới").click()
    page.goto(f"{page.url}/rules")
    page.locator("#finding-list[aria-live]").wait_for(state="attached")
    rule_text.write(page, rule_text.written(page).replace(*GAP) + TABLE)
    rule_text.found(page, "có thể gặp trường hợp không dòng nào áp dụng")
    page.locator("#proofs > summary").click()
    page.get_by_role("button", name="Chứng minh các quy tắc").click()
    page.locator('#rule-proofs [data-verdict="refuted"]').first.wait_for()
    picture(page, "designer-rule-editor")
    rule_text.keep(page)
    page.get_by_role("link", name="xem, tải xuống, tải lên bảng tính").click()
    sheet = (
        "Cách nộp (dossier.channel);Giá trị (= VND)\nTrực tiếp;30_000\nTrực tuyến;20_000\nBưu chính;25_000\n"
    )
    file = {"name": "muc_thu.csv", "mimeType": "text/csv", "buffer": sheet.encode()}
    page.set_input_files("#sheet", files=[file])
    page.get_by_role("button", name="Xem thay đổi").click()
    picture(page, "designer-rule-table")
