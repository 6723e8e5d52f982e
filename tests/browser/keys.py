"""A hand that never touches the mouse: it goes on with Tab until it is there."""

from typing import Any

# Further than the last stop of the longest page.
MOST_STOPS = 600
BLANKS = r"/\s+/g"


class Keys:
    """Each stop is a key; what it looks for, it looks for where the focus is."""

    def __init__(self, page: Any) -> None:
        self.page = page
        # Windows that choose files are taken from the first one on, not only once somebody asks.
        page.on("filechooser", lambda _: None)

    def follow(self, words: str) -> None:
        self._comes(self.page.get_by_role("link", name=words))
        self._go_to(f"element.matches('a') && {self._says(words)}")
        self.page.keyboard.press("Enter")

    def press(self, words: str) -> None:
        self._comes(self.page.get_by_role("button", name=words))
        self._go_to(f"element.matches('button') && {self._says(words)}")
        self.page.keyboard.press("Enter")

    def type(self, field: str, words: str) -> None:
        self._to_field(field)
        self.page.keyboard.type(words)

    def tick(self, field: str) -> None:
        self._to_field(field)
        self.page.keyboard.press("Space")

    def pick(self, field: str, value: str) -> None:
        self._down_to(field, f"element.value === '{value}'")

    def pick_words(self, field: str, words: str) -> None:
        self._down_to(field, f"element.selectedOptions[0].label.trim() === '{words}'")

    def _down_to(self, field: str, test: str) -> None:
        self._to_field(field)
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
        self._to_field(field)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(words)

    def paste(self, field: str, text: str) -> None:
        """A whole text in the place of what stands there."""
        self._to_field(field)
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
            self._choose(f'[name="{field}"]', words)
        else:
            self.type(f'[name="{field}"]', words)

    def choose_file(self, field: str, **file: Any) -> None:
        """The window that the key opens is the system's own."""
        self._to_field(field)
        with self.page.expect_file_chooser() as choosing:
            self.page.keyboard.press("Space")
        choosing.value.set_files(files=[file])

    def choose(self, within: str, words: str) -> None:
        """One of those between which there is a choice."""
        self._comes(self.page.locator(within))
        self._choose(f"{within} [type=radio]", words)

    def _choose(self, first: str, words: str) -> None:
        self._go_to(f"element.matches('{first}')")
        self.page.keyboard.press("Space")
        self._until(f"element.checked && element.labels[0].textContent.trim() === '{words}'", "ArrowDown")

    def unfold(self, words: str) -> None:
        self._go_to(f"element.matches('summary') && {self._says(words)}")
        self.page.keyboard.press("Enter")

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

    def _to_field(self, field: str) -> None:
        self._comes(self.page.locator(field))
        self._go_to(f"element.matches('{field}')")

    def _comes(self, wanted: Any) -> None:
        """Whoever has pressed a key waits for what it brings."""
        wanted.first.wait_for(state="attached")

    def _go_to(self, test: str) -> None:
        self._until(test, "Tab")

    def _says(self, words: str) -> str:
        return f"(element.ariaLabel || element.textContent).replace({BLANKS}, ' ').includes('{words}')"
