"""An address is picked from the official list, with scripts and without; a former one leads to its present commune."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from common.db import Database
from tests.browser import certified_copy as copy
from tests.browser.addresses import publish_address
from tests.browser.conftest import WITH_SCRIPT
from tests.browser.house import CITIZEN
from tests.browser.steps import look, press, tells

Walk = Callable[..., Any]
HOME = "applicant.home"
PROVINCE, COMMUNE, LINE, OLD = (
    f"[name='{HOME}{part}']" for part in (".province", ".commune", ".line", "-old")
)


@pytest.fixture(autouse=True)
def asking(house: Database) -> None:
    publish_address(house)


def at_the_address(page: Any) -> Any:
    copy.begin(page)
    page.get_by_label("Bản thân").check()
    return page


def pick_province(page: Any, code: str, *, script: bool) -> None:
    page.select_option(PROVINCE, code)
    if not script:
        press(page, "Chọn phường, xã")


def test_an_address_is_picked_and_kept(walk_in: Walk, request: pytest.FixtureRequest) -> None:
    script = "script" in request.node.callspec.id
    page = at_the_address(walk_in(CITIZEN))
    expect(page.locator(f"{COMMUNE} option")).to_have_count(1)
    page.fill(LINE, "Ấp 1, đường số 3")
    pick_province(page, "96", script=script)
    expect(page.locator(f"{COMMUNE} option")).to_have_count(65)
    assert page.input_value(LINE) == "Ấp 1, đường số 3"
    page.select_option(COMMUNE, label="Châu Thới (xã)")
    press(page, "Lưu và tiếp tục")
    page.goto(page.url.partition("/pages/")[0] + "/check")
    tells(page, "Ấp 1, đường số 3, xã Châu Thới, tỉnh Cà Mau")


def test_what_is_missing_is_said_of_its_part_and_a_former_name_helps(walk_in: Walk) -> None:
    page = at_the_address(walk_in(CITIZEN))
    page.fill(LINE, "Số 9")
    press(page, "Lưu và tiếp tục")
    wrong = page.locator(".error-summary a", has_text="Phường, xã, đặc khu")
    assert wrong.get_attribute("href") == "#f-applicant-home-commune"
    page.locator("details.former summary").click()
    page.fill(OLD, "Phúc Xá, Ba Đình")
    press(page, "Tìm tên mới")
    offered = page.locator(".former-found")
    expect(offered).to_contain_text("Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội")
    assert page.input_value(COMMUNE) == ""
    page.get_by_role("button", name="phường Hồng Hà, thành phố Hà Nội").click()
    expect(page.locator(COMMUNE)).to_have_value("00097")
    assert (page.input_value(PROVINCE), page.input_value(LINE)) == ("01", "Số 9")
    look(page)


@WITH_SCRIPT
def test_another_province_brings_its_own_communes(walk_in: Walk) -> None:
    page = at_the_address(walk_in(CITIZEN))
    page.select_option(PROVINCE, "01")
    expect(page.locator(f"{COMMUNE} option")).to_have_count(127)
    page.select_option(COMMUNE, "00004")
    page.select_option(PROVINCE, "31")
    expect(page.locator(f"{COMMUNE} option[value='00004']")).to_have_count(0)
    assert page.input_value(COMMUNE) == ""
