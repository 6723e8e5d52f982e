"""A question that asks for files, answered over a line that breaks, on two devices, and without scripts."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from common.db import Database
from tests.browser.asking_for_files import begin, choose, publish
from tests.browser.steps import downloaded, look, press, tells
from tests.browser.test_uploads import NAME, SCAN, break_the_line_after, device  # noqa: F401 — a fixture here too
from tests.conftest import SettableClock

Walk = Callable[..., Any]


@pytest.fixture(autouse=True)
def asking(house: Database) -> None:
    publish(house)


def test_a_file_goes_on_the_next_day_and_is_the_answer(device: Walk, clock: SettableClock) -> None:  # noqa: F811
    first = device()
    address = begin(first)
    break_the_line_after(first, 3)
    choose(first, NAME, SCAN)
    expect(first.locator(".upload-words")).to_contain_text("Mất kết nối")
    assert first.get_by_label("Số bản", exact=True).input_value() == "3"
    clock.now += timedelta(days=1)
    second = device()
    second.goto(address)
    expect(second.locator(".unfinished")).to_contain_text("chọn lại tệp này để gửi tiếp")
    second.get_by_label("Số bản", exact=True).fill("4")
    choose(second, NAME, SCAN)
    expect(second.locator(".files .file")).to_have_text(NAME)
    expect(second.locator(".unfinished")).to_have_count(0)
    assert second.get_by_label("Số bản", exact=True).input_value() == "4"
    look(second)
    press(second, "Lưu và tiếp tục")
    second.goto(address.replace("/pages/person", "/check"))
    look(second)
    assert downloaded(second, NAME) == SCAN
    press(second, "Gửi hồ sơ")
    expect(second.locator(".sent-number strong")).to_have_count(1)


def test_a_bad_file_is_told_of_and_another_takes_its_place(device: Walk) -> None:  # noqa: F811
    page = device()
    begin(page)
    choose(page, "a.pdf", b"MZ" + bytes(300_000))
    expect(page.locator(".field-error")).to_contain_text("không phải là PDF, JPEG, PNG hay Word")
    page.locator("input[type=file]").set_input_files(files=[])
    page.get_by_role("button", name="Đính kèm").click()
    expect(page.locator(".field-error")).to_contain_text("Chọn một tệp")
    choose(page, NAME, SCAN)
    expect(page.locator(".files .file")).to_have_text(NAME)
    press(page, f"Bỏ tệp {NAME}")
    expect(page.locator(".files")).to_have_count(0)
    assert page.get_by_label("Số bản", exact=True).input_value() == "3"


def test_without_scripts_the_file_comes_with_the_page(device: Walk) -> None:  # noqa: F811
    page = device(java_script_enabled=False)
    address = begin(page)
    choose(page, "a.pdf", b"MZ" + bytes(300_000))
    tells(page, "không phải là PDF, JPEG, PNG hay Word")
    assert page.get_by_label("Số bản", exact=True).input_value() == "3"
    choose(page, NAME, SCAN)
    assert page.locator(".files .file").inner_text().strip() == NAME
    page.get_by_role("button", name="Lưu và tiếp tục").click()
    page.goto(address.replace("/pages/person", "/check"))
    assert downloaded(page, NAME) == SCAN
