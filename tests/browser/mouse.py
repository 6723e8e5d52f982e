"""A hand that points, drags and clicks."""

from typing import Any

from tests.browser.steps import answer

# Where the mouse is, SortableJS asks every 50 ms; nobody lets go sooner than the page can show where it would land.
NOTICED = 150
MOST_NUDGES = 20


class Mouse:
    """Points and clicks; only words are typed."""

    def __init__(self, page: Any) -> None:
        self.page = page
        # Windows that choose files are taken from the first one on, not only once somebody asks.
        page.on("filechooser", lambda _: None)

    def follow(self, words: str) -> None:
        self.page.get_by_role("link", name=words).first.click()

    def press(self, words: str) -> None:
        self.page.get_by_role("button", name=words, exact=True).first.click()

    def type(self, field: str, words: str) -> None:
        self.page.locator(field).click()
        self.page.keyboard.type(words)

    def tick(self, field: str) -> None:
        self.page.locator(field).click()

    def pick(self, field: str, value: str) -> None:
        self.page.locator(field).select_option(value)

    def pick_words(self, field: str, words: str) -> None:
        self.page.locator(field).select_option(label=words)

    def tick_labelled(self, label: str) -> None:
        """The box whose words begin so."""
        self.page.get_by_role("checkbox", name=label).first.check()

    def choose(self, within: str, words: str) -> None:
        """One of those between which there is a choice."""
        self.page.locator(within).get_by_role("radio", name=words, exact=True).check()

    def retype(self, field: str, words: str) -> None:
        """In the place of what stands there."""
        self.page.locator(field).fill(words)

    def paste(self, field: str, text: str) -> None:
        """A whole text in the place of what stands there."""
        self.page.locator(field).click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)

    def answer(self, field: str, words: str) -> None:
        """One question of an application, whatever way it is asked."""
        answer(self.page, field, words)

    def choose_file(self, field: str, **file: Any) -> None:
        """In the window that opens, the system's own."""
        with self.page.expect_file_chooser() as choosing:
            self.page.locator(field).click()
        choosing.value.set_files(files=[file])

    def unfold(self, words: str) -> None:
        self.page.locator("summary", has_text=words).click()

    def enter_text(self) -> None:
        """Into the editor of a text."""
        self.page.locator(".cm-content").click()

    def page_first(self, words: str) -> None:
        first = self.page.locator("[data-page-key]").first.bounding_box()
        self._drag(words, first["x"] + 60, first["y"] + 12)

    def to_page(self, words: str, page: str) -> None:
        box = self.page.locator(f"[data-page={page}]").bounding_box()
        self._drag(words, box["x"] + 60, box["y"] + box["height"] - 4)

    def into(self, words: str, block: str) -> None:
        """Behind what stands in the block, or in the middle where nothing does."""
        inside = self.page.locator(f"[data-block={block}]")
        self._take(words, *self._end_of(inside))
        # What is dragged makes room for itself on its way: the hand goes after it until it sees it where it belongs.
        for nudge in range(MOST_NUDGES):
            if inside.locator(":scope > li:last-child.sortable-ghost").count():
                break
            x, y = self._end_of(inside)
            self.page.mouse.move(x, y + nudge % 2)
            self.page.wait_for_timeout(NOTICED)
        self.page.mouse.up()

    def _end_of(self, inside: Any) -> tuple[float, float]:
        """Between the last that stands in the block and its edge."""
        box, last = inside.bounding_box(), inside.locator(":scope > li:not(.sortable-ghost)").last
        bottom = box["y"] + box["height"]
        above = last.bounding_box() if last.count() else None
        top = above["y"] + above["height"] if above else box["y"]
        return box["x"] + 60, min((top + bottom) / 2, top + 6) if above else (top + bottom) / 2

    def _drag(self, words: str, x: float, y: float) -> None:
        self._take(words, x, y)
        self.page.mouse.up()

    def _take(self, words: str, x: float, y: float) -> None:
        handle = self.page.get_by_role("button", name=f"Di chuyển: {words}")
        box = handle.bounding_box()
        self.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        self.page.mouse.down()
        self.page.mouse.move(box["x"] + box["width"] / 2, box["y"] - 15, steps=4)
        self.page.mouse.move(x, y - 3, steps=12)
        self.page.mouse.move(x, y, steps=4)
        self.page.wait_for_timeout(NOTICED)
