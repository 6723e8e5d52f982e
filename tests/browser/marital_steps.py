"""The steps of the certificate of marital status, drawn with the mouse and described in the panel."""

from typing import Any

from tests.browser.drawing import (
    centre,
    choose,
    connect,
    drop,
    move,
    wait_until_saved,
)

CHECK, SIGN, COLLECT = "settle", "ky_giay_xac_nhan", "thu_le_phi"
CHECKED, SIGNED, DUE = "sau_khi_tra_so", "quyet_dinh", "co_le_phi_hay_khong"


def draw(page: Any, draft: str) -> None:
    """From reception to hand-over; afterwards nothing is left to find fault with."""
    page.set_viewport_size({"width": 1600, "height": 1100})
    page.goto(f"{draft}/steps")
    page.locator(".djs-palette .entry").first.wait_for()
    _, line = centre(page, CHECK)
    for key, x in (("begin", 70), (CHECK, 180), ("done", 1130)):
        move(page, key, x, line)
    for words, x, name, key in (
        ("Rẽ nhánh", 310, "Sau khi tra sổ", CHECKED),
        ("Công việc", 450, "Ký giấy xác nhận", SIGN),
        ("Rẽ nhánh", 590, "Quyết định", SIGNED),
        ("Rẽ nhánh", 720, "Có lệ phí hay không", DUE),
    ):
        drop(page, words, x, line, name, key)
    drop(page, "Chờ bổ sung", 310, line + 160, "Chờ người yêu cầu bổ sung", "cho_nguoi_yeu_cau_bo_sung")
    drop(page, "Công việc", 920, line + 160, "Thu lệ phí", COLLECT)
    drop(page, "Kết thúc", 590, line + 160, "Từ chối cấp giấy", "tu_choi_cap_giay")
    join(page)
    describe(page)


def join(page: Any) -> None:
    """The transitions that no step was dropped upon."""
    for source, target in (
        (CHECKED, "cho_nguoi_yeu_cau_bo_sung"),
        ("cho_nguoi_yeu_cau_bo_sung", CHECK),
        (SIGNED, "tu_choi_cap_giay"),
        (DUE, COLLECT),
        (COLLECT, "done"),
    ):
        connect(page, source, target)


def describe(page: Any) -> None:
    """What each step is."""
    choose(page, CHECK)
    write(page, "Tên", "Tra sổ hộ tịch, thẩm tra hồ sơ")
    write(page, "Tên tiếng Anh", "Check the registers")
    page.get_by_role("button", name="Bỏ kết luận Đồng ý").click()
    page.locator("#step-panel").get_by_label("Chữ trên nút").wait_for(state="detached")
    outcomes(page, ("Trình ký", "Submit", "", False), ("Yêu cầu bổ sung", "Ask for more", "", True))
    tick(page, "Trang được xem", "Nội dung xác nhận")
    tick(page, "Trang phải điền", "Kết quả tra sổ hộ tịch")
    choose(page, SIGN)
    write(page, "Tên tiếng Anh", "Sign")
    page.locator("#step-panel").get_by_label("Ai làm", exact=True).select_option(
        label="Người có thẩm quyền quyết định"
    )
    outcomes(
        page,
        ("Ký giấy", "Sign", "Đồng ý giải quyết", False),
        ("Từ chối", "Refuse", "Từ chối giải quyết", True),
    )
    tick(page, "Trang được xem", "Người yêu cầu", "Nội dung xác nhận", "Kết quả tra sổ hộ tịch")
    choose(page, COLLECT)
    write(page, "Tên tiếng Anh", "Collect the fee")
    page.locator("#step-panel").get_by_label("Ai làm", exact=True).select_option(
        label="Bộ phận thu phí, lệ phí"
    )
    page.locator("#step-panel").get_by_label("Ở đâu").select_option(label="Tại nơi tiếp nhận")
    outcomes(page, ("Đã thu", "Collected", "", False))
    tick(page, "Khoản thu", "Lệ phí cấp Giấy xác nhận tình trạng hôn nhân")
    lead_on(page)


def lead_on(page: Any) -> None:
    """How it ends, and which way a dossier takes."""
    choose(page, "tu_choi_cap_giay")
    write(page, "Tên tiếng Anh", "Refused")
    page.locator("#step-panel").get_by_label("Hồ sơ kết thúc thế nào").select_option(
        label="Từ chối giải quyết"
    )
    choose(page, "cho_nguoi_yeu_cau_bo_sung")
    write(page, "Tên tiếng Anh", "Waiting for the supplement")
    lead(
        page,
        CHECKED,
        "After checking",
        {"Ký giấy xác nhận": "Trình ký", "Chờ người yêu cầu bổ sung": "Yêu cầu bổ sung"},
    )
    lead(page, SIGNED, "Decision", {"Có lệ phí hay không": "Ký giấy", "Từ chối cấp giấy": "Từ chối"})
    choose(page, DUE)
    page.locator("#step-panel").get_by_label("Chọn đường theo").select_option(
        label="Có lệ phí phải nộp hay không"
    )
    lead(page, DUE, "Whether a fee is due", {"Thu lệ phí": "due", "Đã giải quyết": "nothing"})
    wait_until_saved(page)


def write(page: Any, label: str, words: str) -> None:
    """Types into the panel and goes on."""
    box = page.locator("#step-panel").get_by_label(label, exact=True)
    box.fill(words)
    box.press("Tab")


def outcomes(page: Any, *wanted: tuple[str, str, str, bool]) -> None:
    """Adds ways to complete the task: words, English, decision, whether a reason is asked."""
    for place, (words, english, decision, needs_reason) in enumerate(wanted):
        page.get_by_role("button", name="Thêm kết luận").click()
        row = page.locator(f'.step-outcome[data-outcome="{place}"]')
        for label, text in (("Chữ trên nút", words), ("Tiếng Anh", english)):
            row.get_by_label(label).fill(text)
            row.get_by_label(label).press("Tab")
        if decision:
            row.get_by_label("Là quyết định").select_option(label=decision)
        if needs_reason:
            row.get_by_label("Phải nêu lý do").check()


def tick(page: Any, group: str, *names: str) -> None:
    for name in names:
        page.get_by_role("group", name=group).get_by_label(name, exact=True).check()


def lead(page: Any, branch: str, english: str, ways: dict[str, str]) -> None:
    """Says which value leads where."""
    choose(page, branch)
    write(page, "Tên tiếng Anh", english)
    for target, value in ways.items():
        page.locator("#step-panel").get_by_label(f"Đến «{target}» khi").select_option(label=value)
