"""Two hands that build a form on its page: a mouse that points and drags, and a keyboard that goes on with Tab."""

from typing import Any

# Further than the last stop of the longest page.
MOST_STOPS = 600
# Where the mouse is, SortableJS asks every 50 ms; nobody lets go sooner than the page can show where it would land.
NOTICED = 150
MOST_NUDGES = 20
BLANKS = r"/\s+/g"


class Mouse:
    """Points and clicks; only words are typed."""

    def __init__(self, page: Any) -> None:
        self.page = page

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


class Keys:
    """Never touches the mouse: goes on with Tab until it is there."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def follow(self, words: str) -> None:
        self._go_to(f"element.matches('a') && {self._says(words)}")
        self.page.keyboard.press("Enter")

    def press(self, words: str) -> None:
        self._go_to(f"element.matches('button') && {self._says(words)}")
        self.page.keyboard.press("Enter")

    def type(self, field: str, words: str) -> None:
        self._go_to(f"element.matches('{field}')")
        self.page.keyboard.type(words)

    def tick(self, field: str) -> None:
        self._go_to(f"element.matches('{field}')")
        self.page.keyboard.press("Space")

    def pick(self, field: str, value: str) -> None:
        self._down_to(field, f"element.value === '{value}'")

    def pick_words(self, field: str, words: str) -> None:
        self._down_to(field, f"element.selectedOptions[0].label.trim() === '{words}'")

    def _down_to(self, field: str, test: str) -> None:
        self._go_to(f"element.matches('{field}')")
        self._down(test)

    def _down(self, test: str) -> None:
        self.page.keyboard.press("Home")
        self._until(test, "ArrowDown")

    def _until(self, test: str, key: str) -> None:
        for _ in range(MOST_STOPS):
            if self.page.evaluate(f"() => {{ const element = document.activeElement; return {test}; }}"):
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"no {key} leads to {test}")

    def pick_labelled(self, label: str, words: str) -> None:
        """In the list that bears this label."""
        self._go_to(f"element.matches('select') && element.labels[0].textContent.includes('{label}')")
        self._down(f"element.selectedOptions[0].label.trim() === '{words}'")

    def tick_labelled(self, label: str) -> None:
        """The box whose words begin so."""
        self._go_to(
            f"element.matches('[type=checkbox]') && element.labels[0].textContent.trim().startsWith('{label}')"
        )
        self.page.keyboard.press("Space")

    def retype(self, field: str, words: str) -> None:
        """In the place of what stands there."""
        self._go_to(f"element.matches('{field}')")
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(words)

    def paste(self, field: str, text: str) -> None:
        """A whole text in the place of what stands there."""
        self._go_to(f"element.matches('{field}')")
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)

    def answer(self, field: str, words: str) -> None:
        """One question of an application, whatever way it is asked."""
        asked = self.page.locator(f"[name='{field}-day'], [name='{field}']").first
        shape = asked.evaluate("each => each.name.endsWith('-day') ? 'day' : each.tagName + each.type")
        if shape == "day":
            for part, text in zip(("day", "month", "year"), words.split("/"), strict=True):
                self.type(f'[name="{field}-{part}"]', text)
        elif shape.startswith("SELECT"):
            self.pick_words(f'[name="{field}"]', words)
        elif shape == "INPUTcheckbox":
            self.tick(f'[name="{field}"]')
        elif shape == "INPUTradio":
            self.tick(f'[name="{field}"]')
            self._until(f"element.checked && element.labels[0].textContent.trim() === '{words}'", "ArrowDown")
        else:
            self.type(f'[name="{field}"]', words)

    def choose_file(self, field: str, **file: Any) -> None:
        """The window that the key opens is the system's own."""
        self._go_to(f"element.matches('{field}')")
        with self.page.expect_file_chooser() as choosing:
            self.page.keyboard.press("Space")
        choosing.value.set_files(files=[file])

    def open_list(self, name: str) -> None:
        """The boxes of that name, where a long list of them is closed."""
        boxes = self.page.locator(f"details:has([name={name}])")
        if not boxes.evaluate("each => each.open"):
            self._go_to(f"element.matches('summary') && element.parentElement.querySelector('[name={name}]')")
            self.page.keyboard.press("Enter")

    def enter_text(self) -> None:
        self._go_to("element.matches('.cm-content')")

    def page_first(self, words: str) -> None:
        self._move(words, "ArrowUp")

    def to_page(self, words: str, _page: str) -> None:
        self._move(words, "ArrowUp")

    def into(self, words: str, _block: str) -> None:
        self._move(words, "ArrowRight")

    def _move(self, words: str, key: str) -> None:
        self._go_to(f"element.matches('[data-handle]') && {self._says(words)}")
        self.page.keyboard.press(key)

    def _go_to(self, test: str) -> None:
        self._until(test, "Tab")

    def _says(self, words: str) -> str:
        return f"(element.ariaLabel || element.textContent).replace({BLANKS}, ' ').includes('{words}')"


def add_page(hand: Any, title: str) -> None:
    hand.follow("Thêm trang")
    hand.page.wait_for_url("**/new-page")
    hand.type("#title_vi", title)
    hand.press("Lưu trang")
    hand.page.wait_for_url("**/form#page-*")


def add_question(hand: Any, page: str, title: str, kind: str) -> None:
    hand.follow(f"Thêm câu hỏi vào trang «{page}»")
    hand.page.wait_for_url("**/new-field*")
    hand.type("#title_vi", title)
    hand.pick("#kind", kind)
    hand.press("Lưu câu hỏi")
    hand.page.wait_for_url("**/form#field-*")


def moved(page: Any, words: str) -> None:
    """It was told, as it is read aloud, that this has moved."""
    page.wait_for_function(
        "words => document.getElementById('builder-told').textContent.includes(words)", arg=words
    )
