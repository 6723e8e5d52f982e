"""The steps of the work permit, drawn with the mouse and described in the panel; three of them wrongly at first."""

from typing import Any

from tests.browser.drawing import centre, choose, connect, drop, lead, move, outcomes, wait_until_saved, write

EXAMINE, NEED, OPINION = "settle", "tham_tra_nhu_cau", "lay_y_kien_cong_an"
EXAMINED, BOTH, ALL = "sau_khi_tham_dinh", "hai_viec_cung_luc", "du_y_kien"
SIGN, SIGNED, DUE, COLLECT = "ky_giay_phep", "quyet_dinh", "co_le_phi_hay_khong", "thu_le_phi"
WAIT, REJECT, REFUSED = "cho_bo_sung_ho_so", "ky_van_ban_tu_choi", "tu_choi"


def draw(page: Any, draft: str) -> None:
    """From reception to hand-over. The two ways of the split meet in a branch, and nobody leads on to a refusal."""
    page.set_viewport_size({"width": 1600, "height": 1400})
    page.goto(f"{draft}/steps")
    page.locator(".djs-palette .entry").first.wait_for()
    _, line = centre(page, EXAMINE)
    for key, x in (("begin", 60), (EXAMINE, 155), ("done", 1160)):
        move(page, key, x, line)
    for words, x, name, key in (
        ("Rẽ nhánh", 265, "Sau khi thẩm định", EXAMINED),
        ("Tách song song", 400, "Hai việc cùng lúc", BOTH),
        ("Công việc", 505, "Thẩm tra nhu cầu", NEED),
        ("Rẽ nhánh", 607, "Đủ ý kiến", ALL),
        ("Công việc", 705, "Ký giấy phép", SIGN),
        ("Rẽ nhánh", 815, "Quyết định", SIGNED),
        ("Rẽ nhánh", 945, "Có lệ phí hay không", DUE),
    ):
        drop(page, words, x, line, name, key)
    drop(page, "Chờ bổ sung", 155, line + 170, "Chờ bổ sung hồ sơ", WAIT)
    drop(page, "Lấy ý kiến", 505, line + 170, "Lấy ý kiến Công an", OPINION)
    drop(page, "Kết thúc", 815, line + 170, "Từ chối", REFUSED)
    drop(page, "Công việc", 1040, line + 170, "Thu lệ phí", COLLECT)
    for source, target in (
        (EXAMINED, WAIT),
        (WAIT, EXAMINE),
        (BOTH, OPINION),
        (OPINION, ALL),
        (SIGNED, REFUSED),
        (DUE, COLLECT),
        (COLLECT, "done"),
    ):
        connect(page, source, target)
    describe(page)


def describe(page: Any) -> None:
    """What each step is; the signature takes longer than the law allows."""
    _examination(page)
    choose(page, NEED)
    write(page, "Tên tiếng Anh", "Look into the need")
    role(page, "Công chức thụ lý")
    days(page, "Làm trong", "3")
    outcomes(page, ("Đã thẩm tra", "Looked into", "", False))
    tick(page, "Trang được xem", "Người sử dụng lao động", "Vị trí việc làm")
    choose(page, OPINION)
    write(page, "Tên tiếng Anh", "Opinion of the police")
    _ask_the_police(page)
    choose(page, ALL)
    write(page, "Tên tiếng Anh", "All opinions are here")
    page.locator("#step-panel").get_by_label("Còn lại thì đi đường").select_option(label="Đến «Ký giấy phép»")
    _signature(page)
    choose(page, COLLECT)
    write(page, "Tên tiếng Anh", "Collect the fee")
    role(page, "Bộ phận thu phí, lệ phí")
    page.locator("#step-panel").get_by_label("Ở đâu").select_option(label="Tại nơi tiếp nhận")
    outcomes(page, ("Đã thu", "Collected", "", False))
    tick(page, "Khoản thu", "Lệ phí cấp giấy phép lao động")
    _lead_on(page)


def _examination(page: Any) -> None:
    choose(page, EXAMINE)
    write(page, "Tên", "Thẩm định hồ sơ")
    write(page, "Tên tiếng Anh", "Examine the dossier")
    days(page, "Làm trong", "2")
    page.get_by_role("button", name="Bỏ kết luận Đồng ý").click()
    page.locator("#step-panel").get_by_label("Chữ trên nút").wait_for(state="detached")
    outcomes(
        page,
        ("Đề nghị cấp", "Propose the permit", "", False),
        ("Yêu cầu bổ sung", "Ask for more", "", True),
        ("Đề nghị từ chối", "Propose a refusal", "", True),
    )
    others = ("Người sử dụng lao động", "Người lao động nước ngoài", "Vị trí việc làm", "Giấy tờ và cam đoan")
    tick(page, "Trang được xem", *others)
    tick(page, "Trang phải điền", "Kết quả thẩm định")


def _ask_the_police(page: Any) -> None:
    panel = page.locator("#step-panel")
    days(page, "Trả lời trong", "3")
    panel.get_by_label("Hết hạn không trả lời").check()
    panel.get_by_role("button", name="Thêm đơn vị").click()
    row = panel.locator('.step-outcome[data-outcome="0"]')
    for label, words in (
        ("Tên, ví dụ", "Công an tỉnh"),
        ("Tiếng Anh", "Provincial police"),
        ("Chức năng trong danh mục", "police"),
    ):
        row.get_by_label(label).fill(words)
        row.get_by_label(label).press("Tab")
    row.get_by_label("Ai trả lời").select_option(label="Lãnh đạo cơ quan")
    tick(page, "Trang được xem", "Người sử dụng lao động", "Người lao động nước ngoài", "Vị trí việc làm")


def _signature(page: Any) -> None:
    choose(page, SIGN)
    write(page, "Tên tiếng Anh", "Sign the permit")
    page.locator("#step-panel").get_by_label("quy tắc phân công").select_option(label="Người ký giấy phép")
    page.locator("#step-panel").get_by_label("Ai làm, theo quy tắc phân công").wait_for()
    days(page, "Làm trong", "7")
    outcomes(
        page,
        ("Ký giấy phép", "Sign", "Đồng ý giải quyết", False),
        ("Không cấp", "Refuse", "Từ chối giải quyết", True),
    )
    others = ("Người sử dụng lao động", "Người lao động nước ngoài", "Vị trí việc làm", "Kết quả thẩm định")
    tick(page, "Trang được xem", *others)


def _lead_on(page: Any) -> None:
    """How it ends, and which way a dossier takes."""
    choose(page, REFUSED)
    write(page, "Tên tiếng Anh", "Refused")
    ending = page.locator("#step-panel").get_by_label("Hồ sơ kết thúc thế nào")
    ending.select_option(label="Từ chối giải quyết")
    choose(page, WAIT)
    write(page, "Tên tiếng Anh", "Waiting for the supplement")
    choose(page, BOTH)
    write(page, "Tên tiếng Anh", "Two things at once")
    lead(
        page,
        EXAMINED,
        "After the examination",
        {"Hai việc cùng lúc": "Đề nghị cấp", "Chờ bổ sung hồ sơ": "Yêu cầu bổ sung"},
    )
    lead(page, SIGNED, "Decision", {"Có lệ phí hay không": "Ký giấy phép", "Từ chối": "Không cấp"})
    choose(page, DUE)
    page.locator("#step-panel").get_by_label("Chọn đường theo").select_option(
        label="Có lệ phí phải nộp khi trả giấy phép hay không"
    )
    lead(
        page,
        DUE,
        "Whether a fee is due",
        {"Thu lệ phí": "Có lệ phí phải nộp", "Đã giải quyết": "Không phải nộp"},
    )
    wait_until_saved(page)


def days(page: Any, label: str, amount: str) -> None:
    """How long the step may take, in working days."""
    box = page.locator("#step-panel").get_by_label(label)
    box.fill(amount)
    box.press("Tab")


def tick(page: Any, group: str, *names: str) -> None:
    """Ticks some of a list; a long one is closed until somebody opens it."""
    listed = page.get_by_role("group", name=group)
    for name in names:
        if not listed.locator("details").evaluate("each => each.open"):
            listed.locator("summary").click()
        listed.get_by_label(name, exact=True).check()


def role(page: Any, words: str) -> None:
    page.locator("#step-panel").get_by_label("Ai làm", exact=True).select_option(label=words)
