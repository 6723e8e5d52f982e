"""Headings, notes and computed values on a page. A remark has no key: its place on the page names it."""

from collections.abc import Callable
from typing import Any

from form_builder.editing.pages import moved, pages_of, with_pages
from form_builder.editing.tree import Schema
from form_builder.remarks import Remark, as_item, remark_of

Items = list[Any]


def remark_at(schema: Schema, page: str, place: int) -> Remark | None:
    """The remark at that place of the page; None: nothing stands there, or a question."""
    items = next((list(each["fields"]) for each in pages_of(schema) if each["key"] == page), [])
    return remark_of(items[place]) if place < len(items) else None


def add_remark(schema: Schema, page: str, remark: Remark) -> dict[str, Any]:
    """The form whose page ends with the remark."""
    return _on(schema, page, lambda items: [*items, as_item(remark)])


def change_remark(schema: Schema, page: str, place: int, remark: Remark) -> dict[str, Any]:
    """The form whose page says something else there."""
    return _on(schema, page, lambda items: [*items[:place], as_item(remark), *items[place + 1 :]])


def move_remark(schema: Schema, page: str, place: int, by: int) -> dict[str, Any]:
    """The form with the remark that many places later among questions and remarks (negative: earlier)."""
    return _on(schema, page, lambda items: moved(items, place, by))


def remove_remark(schema: Schema, page: str, place: int) -> dict[str, Any]:
    """The form without the remark."""
    return _on(schema, page, lambda items: [*items[:place], *items[place + 1 :]])


def _on(schema: Schema, page: str, change: Callable[[Items], Items]) -> dict[str, Any]:
    pages = pages_of(schema)
    for each in pages:
        if each["key"] == page:
            each["fields"] = change(list(each["fields"]))
    return with_pages(schema, pages)
