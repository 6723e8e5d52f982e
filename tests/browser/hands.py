"""What either hand does with a form on its page: a page, a question, and that something has moved."""

from typing import Any


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
