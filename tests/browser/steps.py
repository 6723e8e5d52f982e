"""What people do in the journeys, in the words they see; after each stop a look around for barriers."""

import re
from typing import Any

from playwright.sync_api import expect

from tests.web.accessibility import barriers, overflow

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def look(page: Any) -> None:
    """Nobody meets a barrier here, at a desk or on a telephone. Only a page with script can be asked.

    A page is looked at once in each of its states: asking takes as long as everything else together.
    """
    page.wait_for_load_state()
    state = _state(page)
    if state in _seen or not _has_script(page):
        return
    _seen.add(state)
    assert barriers(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert overflow(page) <= 0, f"{page.url} is wider than a telephone"
    page.set_viewport_size({"width": 1280, "height": 900})


def press(page: Any, words: str, exact: bool = True) -> None:
    """Presses the one button with these words."""
    page.get_by_role("button", name=words, exact=exact).click()
    look(page)


def follow(page: Any, words: str, exact: bool = True) -> None:
    """Follows the link with these words in the content of the page."""
    page.get_by_role("main").get_by_role("link", name=words, exact=exact).first.click()
    look(page)


def says(page: Any, words: str, exact: bool = True) -> None:
    """The page comes to say that this has just happened; without `exact`, this and more."""
    flash = expect(page.locator("#flash"))
    (flash.to_have_text if exact else flash.to_contain_text)(words, use_inner_text=True)


def tells(page: Any, words: str) -> None:
    """The content of the page comes to hold these words."""
    expect(page.locator("main")).to_contain_text(words, use_inner_text=True)


def told(page: Any) -> str:
    """The whole content, as it is read now."""
    return re.sub(r"\s+", " ", page.inner_text("main"))


def answer(page: Any, field: str, words: str) -> None:
    """Answers one question, whatever way it is asked."""
    if page.locator(f"[name='{field}-day']").count():
        for part, text in zip(("day", "month", "year"), words.split("/"), strict=True):
            page.locator(f"[name='{field}-{part}']").fill(text)
        return
    asked = page.locator(f"[name='{field}']")
    shape = asked.first.evaluate("each => each.tagName + each.type")
    if shape.startswith("SELECT"):
        asked.select_option(label=words)
    elif shape == "INPUTcheckbox":
        asked.check()
    elif shape == "INPUTradio":
        asked.and_(page.get_by_label(words, exact=True)).check()
    else:
        asked.fill(words)


def upload(page: Any, name: str, content: bytes = PDF) -> None:
    """Attaches a file to the first paper of the page, and waits until it is there or was refused."""
    file = {"name": name, "mimeType": "application/pdf", "buffer": content}
    page.locator("input[type=file]").first.set_input_files(files=[file])
    page.get_by_role("button", name="Đính kèm").first.click()
    page.locator(f"#flash:has-text('{name}'), .field-error").first.wait_for()
    look(page)


def downloaded(page: Any, words: str) -> bytes:
    """The file behind the link."""
    with page.expect_download() as coming:
        page.get_by_role("link", name=words).first.click()
    return bytes(coming.value.path().read_bytes())


_seen: set[tuple[str, ...]] = set()


def _state(page: Any) -> tuple[str, ...]:
    """Which page it is, numbers aside, and what it shows: its heading, its buttons, whether it complains."""
    path = re.sub(r"[0-9]+", "#", page.url.partition("://")[2].partition("/")[2].partition("?")[0])
    complaints = page.locator("main .error-summary, main .notice").count()
    return (path, str(complaints), *page.locator("main h1, main h2, main button").all_inner_texts())


def _has_script(page: Any) -> bool:
    """Whether scripts of the page itself run; those of Playwright always do."""
    return bool(page.evaluate("typeof window.htmx !== 'undefined'"))
