"""The hand at the rules of a draft: in the editor, or in the text area where scripts are off."""

from typing import Any

from tests.browser.steps import look, press


def written(page: Any) -> str:
    """The text as it now stands."""
    return str(page.input_value("#content"))


def write(page: Any, text: str) -> None:
    """Puts the text in the place of what stands there."""
    if not _has_editor(page):
        page.fill("#content", text)
        return
    page.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)
    look(page)


def lay_out(page: Any) -> None:
    """Puts the text into its canonical layout."""
    if not _has_editor(page):
        press(page, "Trình bày lại")
        return
    with page.expect_response("**/rules/layout"):
        press(page, "Trình bày lại")


def found(page: Any, words: str) -> None:
    """Waits until the findings say these words; without a script they are asked for."""
    if not _has_editor(page):
        press(page, "Kiểm tra")
    page.locator("#rule-findings", has_text=words).wait_for()


def keep(page: Any) -> None:
    """Saves, and sees that it is saved."""
    press(page, "Lưu quy tắc")
    if _has_editor(page):
        page.locator('#save-state[data-state="saved"]').wait_for()
    else:
        page.locator("#flash", has_text="Đã lưu.").wait_for()


def _has_editor(page: Any) -> bool:
    """Whether scripts run; then the editor comes in a moment."""
    page.wait_for_load_state()
    if page.evaluate("typeof window.htmx === 'undefined'"):
        return False
    page.locator(".cm-content").wait_for()
    return True
