"""Who forgets how it goes finds it beside the page; who comes for the first time is shown round."""

import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.drawing import STEPS
from tests.web.accessibility import barriers, overflow

HOUSE = Path(__file__).parents[2]
# By the endpoint of a tour, who comes to its page, and where it is (None: the first link of the inbox).
DRAFT = STEPS.removesuffix("/steps")
DRAFTING = {
    "designer.draft_list": "/designer/drafts",
    "designer.draft": DRAFT,
    "designer.draft_steps": STEPS,
    "designer.draft_form": f"{DRAFT}/form",
    "designer.draft_rules": f"{DRAFT}/rules",
    "designer.draft_submission": f"{DRAFT}/submission",
}
WORKING = {
    "desk.inbox": ("thuly", "/desk"),
    "desk.counter": ("tiepnhan", "/desk/counter"),
    "desk.figures_page": ("lanhdao", "/desk/figures"),
}


def tours(part: str) -> Iterator[tuple[str, list[str]]]:
    """The page of each tour, and the selectors of its stops."""
    for tour in tomllib.loads((HOUSE / part / "tours.toml").read_text(encoding="utf-8"))["tour"]:
        yield tour["page"], [stop["at"] for stop in tour["stop"]]


def test_the_guide_opens_beside_the_page_and_leaves_it_as_it_was(visit: Callable[..., Any]) -> None:
    page = visit(1280)
    page.goto("/look-up")
    page.locator("main input:visible").first.fill("000.21.01")
    page.get_by_role("link", name="Hướng dẫn").press("Enter")
    beside = page.get_by_role("dialog")
    expect(beside.get_by_role("heading", name="Tra cứu không cần đăng nhập")).to_be_visible()
    assert barriers(page) == []
    page.keyboard.press("Escape")
    expect(beside).to_be_hidden()
    expect(page.get_by_role("link", name="Hướng dẫn")).to_be_focused()
    assert page.locator("main input:visible").first.input_value() == "000.21.01"


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("address", ["/guide", "/guide?q=ho so", "/docs/guide/vi/quan-tri", "/docs/formats"])
def test_the_guide_is_readable(visit: Callable[..., Any], width: int, address: str) -> None:
    page = visit(width)
    page.goto(address)
    assert barriers(page) == []
    assert overflow(page) <= 0


def test_a_tour_is_offered_once_and_given_again_from_the_guide(visit: Callable[..., Any]) -> None:
    page = visit(1280, "lanhdao")
    page.goto("/desk/figures")
    page.get_by_role("button", name="Xem giới thiệu").press("Enter")
    told = page.locator(".driver-popover")
    expect(told).to_contain_text("Kỳ, đơn vị, thủ tục")
    expect(told).to_contain_text("1 trên 2")
    assert barriers(page) == []
    page.keyboard.press("ArrowRight")
    expect(told).to_contain_text("Bấm vào một số để mở danh sách")
    with page.expect_response(lambda answer: "/guide/tours/figures/seen" in answer.url):
        page.keyboard.press("Escape")
    expect(told).to_have_count(0)
    page.reload()
    expect(page.locator("#tour")).to_be_hidden()
    page.get_by_role("link", name="Hướng dẫn").click()
    page.get_by_role("button", name="Giới thiệu từng phần của trang này").click()
    expect(told).to_contain_text("1 trên 2")


def test_who_needs_no_tour_says_so_once(visit: Callable[..., Any]) -> None:
    page = visit(390, "lanhdao")
    page.goto("/desk/figures")
    assert overflow(page) <= 0
    with page.expect_response(lambda answer: "/guide/tours/figures/seen" in answer.url):
        page.get_by_role("button", name="Không cần").click()
    expect(page.locator("#tour")).to_be_hidden()
    page.reload()
    expect(page.locator("#tour")).to_be_hidden()


def test_every_stop_of_the_designer_is_on_its_page(draw: Callable[..., Any]) -> None:
    page = draw()
    assert {endpoint for endpoint, _stops in tours("designer")} == set(DRAFTING)
    for endpoint, stops in tours("designer"):
        page.goto(DRAFTING[endpoint])
        for stop in stops:
            expect(page.locator(stop).first).to_be_visible()


def test_every_stop_of_the_office_is_on_its_page(visit: Callable[..., Any]) -> None:
    assert {endpoint for endpoint, _stops in tours("runtime")} == {*WORKING, "desk.dossier"}
    for endpoint, stops in tours("runtime"):
        login, address = WORKING.get(endpoint, ("tiepnhan", "/desk"))
        page = visit(1280, login)
        page.goto(address)
        if endpoint == "desk.dossier":
            page.locator("main a.code").first.click()
        for stop in stops:
            expect(page.locator(stop).first).to_be_visible()
