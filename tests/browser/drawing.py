"""The hand at the canvas: what a mouse takes hold of, drops and clicks. Never a call into the modeler."""

from typing import Any

from playwright.sync_api import TimeoutError as TooLate

STEPS = "/designer/drafts/1/steps"
# What the palette calls them, and the keys they have before they are named.
KINDS = {
    "Công việc": "task",
    "Rẽ nhánh": "branch",
    "Tách song song": "split",
    "Chờ đủ các nhánh": "join",
    "Chờ bổ sung": "supplement",
    "Lấy ý kiến": "consultation",
    "Kết thúc": "end",
}

# Whether the tools beside the chosen step lie over a place.
COVERED = "([x, y]) => Boolean(document.elementFromPoint(x, y)?.closest('.djs-context-pad'))"


def drag(page: Any, source: Any, x: float, y: float) -> None:
    """Takes hold of a thing and lets it go at a place of the window, as a hand does."""
    box = source.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(x - 40, y - 25, steps=8)
    page.mouse.move(x, y, steps=8)
    page.mouse.up()


def entry(page: Any, words: str) -> Any:
    """An entry of the palette by its words."""
    return page.locator(".djs-palette .entry", has_text=words)


def shape(page: Any, key: str) -> Any:
    """A step in the drawing, by its key."""
    return page.locator(f'.djs-element.djs-shape[data-element-id="{key}"] .djs-visual').first


def centre(page: Any, key: str) -> tuple[float, float]:
    shape(page, key).scroll_into_view_if_needed()
    box = shape(page, key).bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def middle(page: Any, key: str) -> tuple[float, float]:
    """The middle of anything drawn, words beside a transition as well."""
    box = page.locator(f'.djs-element[data-element-id="{key}"] .djs-visual').first.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def between(page: Any, key: str, other: str) -> tuple[float, float]:
    """The middle of the straight transition from one step to another."""
    one, two = (shape(page, each).bounding_box() for each in (key, other))
    return (one["x"] + one["width"] + two["x"]) / 2, one["y"] + one["height"] / 2


def wait_for_panel(page: Any, key: str) -> None:
    """Until the panel speaks of that step: then it is the selected one."""
    page.locator(f'#step-panel form[data-element="{key}"]').wait_for()


def choose(page: Any, key: str) -> None:
    if page.evaluate(COVERED, centre(page, key)):
        page.mouse.click(*empty_place(page))
    page.mouse.click(*centre(page, key))
    try:
        page.locator(f'#step-panel form[data-element="{key}"]').wait_for(timeout=2000)
    except TooLate:
        # The drawing was just being made anew, or tools came to lie over the step: a hand clicks beside it, and again.
        page.mouse.click(*empty_place(page))
        page.mouse.click(*centre(page, key))
    wait_for_panel(page, key)


def wait_until_saved(page: Any) -> None:
    page.locator('#save-state[data-state="saved"]').wait_for()


def move(page: Any, key: str, x: float, y: float) -> None:
    drag(page, shape(page, key), x, y)


def drop(page: Any, words: str, x: float, y: float, name: str, key: str) -> None:
    """Drags a kind of step out of the palette and gives the step its name."""
    drag(page, entry(page, words), x, y)
    page.locator(f'#step-panel form[data-element^="{KINDS[words]}_"]').wait_for()
    if words in ("Công việc", "Chờ bổ sung", "Lấy ý kiến"):
        page.keyboard.press("Escape")
    page.locator("#step-panel").get_by_label("Tên", exact=True).fill(name)
    page.keyboard.press("Tab")
    wait_for_panel(page, key)


def connect(page: Any, source: str, target: str) -> None:
    """Pulls a transition from the arrow beside a step to another step."""
    choose(page, source)
    drag(page, page.locator('.djs-context-pad.open [data-action="connect"]'), *centre(page, target))
    wait_for_panel(page, f"{source}_to_{target}")


def findings(page: Any) -> list[str]:
    return [each.inner_text() for each in page.locator("#findings .finding-go").all()]


def empty_place(page: Any) -> tuple[float, float]:
    """A place of the canvas where nothing stands: right below the palette, however many lines that takes."""
    box = page.locator(".djs-palette").bounding_box()
    return box["x"] + 300, box["y"] + box["height"] + 40


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


def lead(page: Any, branch: str, english: str, ways: dict[str, str]) -> None:
    """Says which value leads where."""
    choose(page, branch)
    write(page, "Tên tiếng Anh", english)
    for target, value in ways.items():
        page.locator("#step-panel").get_by_label(f"Đến «{target}» khi").select_option(label=value)
