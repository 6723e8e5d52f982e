"""The questions of a form as an author decides them, and the hand that asks them one by one."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Asked:
    """A question; `within` the words of the page or block it is added to."""

    within: str
    title: str
    english: str
    kind: str = "text"
    required: bool = True
    help: tuple[str, str] = ("", "")
    row: tuple[str, str] = ("", "")
    choices: tuple[tuple[str, str], ...] = ()
    least: str = ""
    most: str = ""
    personal: str = ""
    when: str = ""


def on(page: tuple[str, str], *asked: Any, **more: Any) -> Asked:
    return Asked(f"vào trang «{page[0]}»", *asked, **more)


def inside(block: str, *asked: Any, **more: Any) -> Asked:
    return Asked(f"trong «{block}»", *asked, **more)


def add_page(hand: Any, title: str, english: str) -> None:
    hand.follow("Thêm trang")
    hand.page.wait_for_url("**/new-page")
    hand.type("#title_vi", title)
    hand.type("#title_en", english)
    hand.press("Lưu trang")
    hand.page.wait_for_url("**/form#page-*")


def ask(hand: Any, asked: Asked) -> None:
    hand.follow(f"Thêm câu hỏi {asked.within}")
    hand.page.wait_for_url("**/new-field*")
    hand.type("#title_vi", asked.title)
    hand.type("#title_en", asked.english)
    for box, words in zip(("#help_vi", "#help_en"), asked.help, strict=True):
        if words:
            hand.type(box, words)
    if asked.kind != "text":
        hand.pick("#kind", asked.kind)
        hand.press("Đổi loại")
        # As the page that comes has it.
        hand.page.locator(f"#kind option[selected][value={asked.kind}]").wait_for(state="attached")
    if asked.required:
        hand.tick("#required")
    _parts(hand, asked)
    hand.press("Lưu câu hỏi")
    hand.page.wait_for_url("**/form#field-*")


def _parts(hand: Any, asked: Asked) -> None:
    """What only some kinds have, in the order of the page."""
    if asked.row[0]:
        hand.type("#row_vi", asked.row[0])
        hand.type("#row_en", asked.row[1])
    for place, (words, english) in enumerate(asked.choices):
        row = hand.page.locator(f"#choices-{place}-vi")
        if not row.count():
            hand.press("Thêm dòng trống")
            row.wait_for()
        hand.type(f"#choices-{place}-vi", words)
        hand.type(f"#choices-{place}-en", english)
    for box, words in (("#least", asked.least), ("#most", asked.most)):
        if words:
            hand.type(box, words)
    if asked.personal:
        hand.pick("#personal", asked.personal)
    if asked.when:
        hand.pick_words("#cases-0-case", asked.when)
