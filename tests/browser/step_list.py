"""The list of steps under a hand (tests/browser/hands.py): a mouse without script, or a keyboard alone.

Steps are called by their names, ways by when they are taken and where they lead, all in the words of the page.
"""

import re
from typing import Any

from playwright.sync_api import expect

THEN = "Rồi"


class StepList:
    """The steps of a draft, as a list that is worked on."""

    def __init__(self, hand: Any, draft: int) -> None:
        self.hand, self.page, self.address = hand, hand.page, f"/designer/drafts/{draft}/steps/list"

    def open(self) -> "StepList":
        self.page.goto(self.address)
        return self

    def steps(self) -> Any:
        """The headings, numbers aside; for `expect`."""
        return self.page.locator(".steps-listed h3 a")

    def ways(self, step: str) -> Any:
        """The ways out of a step in words; for `expect`."""
        heading = self.page.get_by_role("heading", name=step)
        return self.page.locator(".steps-listed > li").filter(has=heading).locator(".listed-way")

    def findings(self) -> Any:
        return self.page.locator(".finding-words")

    def add_after(self, step: str, kind: str, name: str, place: str = "", english: str = "") -> None:
        """`place` by its words; "" takes what the page offers first."""
        self.hand.follow(f"Thêm bước sau «{step}»")
        self._fill_new(kind, name, english, place)

    def put_on(self, when: str, target: str, kind: str, name: str, english: str = "") -> None:
        """A step on a way."""
        self.hand.follow(f"Chèn bước vào đường «{when}», tới «{target}»")
        self._fill_new(kind, name, english, "")

    def add_way(self, step: str, target: str, when: str = "") -> None:
        self.hand.follow(f"Thêm đường từ «{step}»")
        self._at("next-way")
        if when:
            self.hand.pick_words("#on", when)
        self.hand.pick_words("#target", target)
        self.hand.press("Thêm đường")
        self._listed()

    def lead(self, when: str, target: str, other: str) -> None:
        """A way to another step."""
        self.open_way(when, target)
        self.hand.pick_words("#target", other)
        self.hand.press("Dẫn tới bước này")
        self._listed()

    def open_step(self, name: str) -> None:
        self.hand.follow(f"Khai bước «{name}»")
        self.page.locator("#panel").wait_for()

    def open_way(self, when: str, target: str) -> None:
        self.hand.follow(f"Sửa đường «{when}», tới «{target}»")
        self.page.locator("#panel").wait_for()

    def say(self, field: str, words: str) -> None:
        """Into a field of the panel by its name, in place of what stands there."""
        self.hand.type(_named(field), "")
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(words)

    def choose(self, field: str, words: str) -> None:
        self.hand.pick_words(_named(field), words)

    def tick(self, field: str, value: str = "1") -> None:
        self.hand.tick(f'{_named(field)}[value="{value}"]')

    def add_row(self, button: str, row: str, **said: str) -> None:
        """A row more ("Thêm kết luận", "outcome"), with text in its fields; what is typed elsewhere stays."""
        number = self.page.locator(f'[data-remove][name="act"][value^="remove.{row}."]').count()
        self.hand.press(button)
        for field, words in said.items():
            self.page.locator(_named(f"{row}.{number}.{field}")).wait_for()
            self.say(f"{row}.{number}.{field}", words)

    def rows(self, row: str) -> int:
        """How many there are now; a row added last has the number before."""
        return int(self.page.locator(f'[data-remove][value^="remove.{row}."]').count())

    def save(self) -> None:
        self.hand.press("Lưu, về danh sách")
        self._listed()

    def take_out_step(self, name: str) -> None:
        self.open_step(name)
        self.hand.press("Bỏ bước này")
        self._listed()

    def _fill_new(self, kind: str, name: str, english: str, place: str) -> None:
        self._at("next-step")
        self.hand.pick_words("#kind", kind)
        if name:
            self.hand.type("#name_vi", name)
        if english:
            self.hand.type("#name_en", english)
        if place:
            self.hand.pick_words("#place", place)
        self.hand.press("Thêm bước")
        self._listed()

    def _at(self, end: str) -> None:
        expect(self.page).to_have_url(re.compile(rf"/{end}$"))

    def _listed(self) -> None:
        """Back on the list, at what was just made."""
        expect(self.page).to_have_url(re.compile(r"/steps/list(#.*)?$"))
        expect(self.page.locator("#flash")).to_contain_text(re.compile(r"Đã|nay"))


def _named(field: str) -> str:
    return f'[name="{field}"]'
