"""Whoever reads English sees the steps by their English names; what is saved keeps both."""

from collections.abc import Callable
from typing import Any

from tests.browser.drawing import STEPS, choose, shape, wait_until_saved
from tests.web.accessibility import barriers


def test_steps_are_called_by_their_english_names(draw: Callable[..., Any]) -> None:
    page = draw()
    before = drawn(page)
    page.goto(f"{STEPS}?language=en")
    page.locator(".djs-palette .entry").first.wait_for()
    assert "Sign the" in shape(page, "sign").text_content()
    assert "Ký" not in drawn(page)
    groups = page.locator("#chosen optgroup").all()
    assert [group.get_attribute("label") for group in groups] == ["Steps", "Transitions"]
    assert "Đối chiếu" not in page.locator("#chosen").inner_text()
    assert barriers(page) == []
    choose(page, "sign")
    page.locator("#step-panel").get_by_label("English name", exact=True).first.fill("Put the name")
    page.keyboard.press("Tab")
    wait_until_saved(page)
    assert "Put the" in shape(page, "sign").text_content()
    page.goto(f"{STEPS}?language=vi")
    page.locator(".djs-palette .entry").first.wait_for()
    assert drawn(page) == before


def drawn(page: Any) -> str:
    """All words in the drawing."""
    return " ".join(page.locator("#canvas .djs-element text").all_text_contents())
