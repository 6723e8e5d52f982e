"""A citizen's line breaks in the middle of a file: it goes on, next day on another device too, to the last byte."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser import certified_copy as copy
from tests.browser.house import CITIZEN, PASSWORD, sign_in
from tests.browser.steps import downloaded, follow, look, press, says, tells, upload
from tests.conftest import SettableClock
from tests.support.browser import opened

Walk = Callable[..., Any]
# Three megabytes that no compression and no cache makes smaller.
SCAN = b"%PDF-1.4\n" + Random(6).randbytes(3 * 1024 * 1024) + b"\n%%EOF\n"
NAME = "giấy-chứng-sinh.pdf"


@pytest.fixture
def device(browser: Any, door: str) -> Iterator[Walk]:
    """Another browser of the same citizen, with nothing kept from before."""
    with ExitStack() as doors:

        def enter(**options: Any) -> Any:
            page = doors.enter_context(opened(browser, base_url=door, **options))
            sign_in(page, CITIZEN, PASSWORD)
            return page

        yield enter


def choose(page: Any, name: str = NAME, content: bytes | Path = SCAN) -> None:
    file = {"name": name, "mimeType": "application/pdf", "buffer": content}
    chosen = content if isinstance(content, Path) else [file]
    page.locator("form.upload input[type=file]").first.set_input_files(chosen)
    page.get_by_role("button", name="Đính kèm").first.click()


def at_the_papers(page: Any) -> str:
    copy.begin(page)
    copy.fill_in(page)
    assert page.url.endswith("/papers")
    return str(page.url)


def break_the_line_after(page: Any, pieces: int) -> None:
    """The line goes once so many pieces have arrived."""
    sent = []

    def count(answer: Any) -> None:
        if answer.request.method == "PATCH":
            sent.append(answer)
            if len(sent) == pieces:
                page.context.set_offline(True)

    page.on("response", count)


def test_a_file_goes_on_the_next_day_on_another_device(device: Walk, clock: SettableClock) -> None:
    first = device()
    papers = at_the_papers(first)
    break_the_line_after(first, 4)
    choose(first)
    expect(first.locator(".upload-words")).to_contain_text("Mất kết nối")
    expect(first.locator("progress")).to_have_attribute("aria-label", NAME)
    clock.now += timedelta(days=1)
    second = device()
    second.goto(papers)
    unfinished = second.locator(".unfinished li")
    expect(unfinished).to_contain_text(NAME)
    expect(unfinished).to_contain_text("trên 3,0 MB – chọn lại tệp này để gửi tiếp")
    look(second)
    before = int(
        second.request.head(
            unfinished.get_attribute("data-upload"), headers={"Tus-Resumable": "1.0.0"}
        ).headers["upload-offset"]
    )
    assert 0 < before < len(SCAN)
    parts: list[int] = []
    second.on(
        "request",
        lambda sent: (
            parts.append(int(sent.headers.get("upload-offset", -1))) if sent.method == "PATCH" else None
        ),
    )
    choose(second, "tên khác.pdf")
    expect(second.locator("#flash")).to_contain_text(f"Đã đính kèm «{NAME}»")
    assert parts[0] == before
    expect(second.locator(".unfinished")).to_have_count(0)
    look(second)
    assert downloaded(second, NAME) == SCAN
    follow(second, "Tiếp tục")
    press(second, "Gửi hồ sơ")
    expect(second.locator(".sent-number strong")).to_have_count(1)


def test_a_line_that_comes_back_is_enough(device: Walk) -> None:
    page = device()
    at_the_papers(page)
    break_the_line_after(page, 3)
    choose(page)
    expect(page.locator(".upload-words")).to_contain_text("Mất kết nối")
    page.context.set_offline(False)
    expect(page.locator("#flash")).to_contain_text("Đã đính kèm")
    assert downloaded(page, NAME) == SCAN


def test_a_file_that_cannot_be_taken_is_told_of_beside_its_input(device: Walk, tmp_path: Path) -> None:
    page, large = device(), tmp_path / "large.pdf"
    with large.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    at_the_papers(page)
    for content, words in (
        (b"", "Tệp này rỗng"),
        (large, "Tệp lớn hơn 20 MB"),
        (b"MZ" + bytes(300_000), "không phải là PDF, JPEG hay PNG"),
    ):
        choose(page, "bằng.pdf", content)
        expect(page.locator(".field-error")).to_contain_text(words)
        expect(page.locator(".upload-state")).to_have_count(0)
        assert page.evaluate("document.activeElement.type") == "file"
    look(page)
    choose(page)
    expect(page.locator("#flash")).to_contain_text("Đã đính kèm")


def test_sending_can_be_given_up(device: Walk) -> None:
    page = device()
    papers = at_the_papers(page)
    break_the_line_after(page, 2)
    choose(page)
    expect(page.locator(".upload-words")).to_contain_text("Mất kết nối")
    look(page)
    page.get_by_role("button", name="Dừng, không gửi tệp này").click()
    expect(page.locator(".upload-state")).to_have_count(0)
    page.context.set_offline(False)
    page.goto(papers)
    press(page, "Bỏ phần gửi dở", exact=False)
    says(page, f"Đã bỏ phần gửi dở của «{NAME}».")


def test_without_script_the_same_page_takes_the_file_whole(device: Walk) -> None:
    page = device(java_script_enabled=False)
    at_the_papers(page)
    upload(page, NAME, b"MZ no document")
    tells(page, "không phải là PDF, JPEG hay PNG")
    upload(page, NAME, SCAN)
    says(page, f"Đã đính kèm «{NAME}».")
    assert downloaded(page, NAME) == SCAN
