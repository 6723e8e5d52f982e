"""Pages of a form: added at the end, called otherwise, moved among each other, taken out with their fields."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from common.text import Text
from form_builder.editing.cases import without_field
from form_builder.editing.keys import key_from
from form_builder.editing.tree import Schema
from form_builder.remarks import keys_in
from form_builder.schema import read_form

NOTHING = Text("")
PAGES = "x-motcua-pages"
Page = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PageHead:
    """What stands above the questions of a page; `help` empty: nothing."""

    title: Text
    help: Text = NOTHING


def pages_of(schema: Schema) -> list[Page]:
    """The pages as they are written; a form that declares none and asks something has one."""
    if PAGES in schema:
        return [dict(page) for page in schema[PAGES]]
    if not schema.get("properties"):
        return []
    page = read_form(schema).pages[0]
    return [{"key": page.key, "title": page.title.to_json(), "fields": list(schema["properties"])}]


def with_pages(schema: Schema, pages: list[Page]) -> dict[str, Any]:
    """The schema with these pages; its fields stand in the order in which they are asked."""
    rest = {name: part for name, part in schema.items() if name != PAGES}
    order = [key for page in pages for key in keys_in(page["fields"])]
    properties = schema.get("properties", {})
    asked = {key: properties[key] for key in order if key in properties}
    rest["properties"] = (
        {**asked, **properties} if list({**asked, **properties}) != list(properties) else properties
    )
    return {**rest, PAGES: pages} if pages else rest


def page_head(schema: Schema, key: str) -> PageHead | None:
    """What the page says above its questions; None: the form has no such page."""
    page = next((page for page in pages_of(schema) if page["key"] == key), None)
    if page is None:
        return None
    return PageHead(Text.from_json(page["title"]), Text.from_json(page.get("help", "")))


def add_page(schema: Schema, head: PageHead) -> tuple[dict[str, Any], str]:
    """The form with an empty page at its end, and the key of that page."""
    pages = pages_of(schema)
    key = key_from(head.title.vi, [page["key"] for page in pages])
    return with_pages(schema, [*pages, _headed({"key": key, "fields": []}, head)]), key


def change_page(schema: Schema, key: str, head: PageHead) -> dict[str, Any]:
    """The form whose page says something else; its key stays."""
    return _each(schema, lambda page: _headed(page, head) if page["key"] == key else page)


def move_page(schema: Schema, key: str, by: int) -> dict[str, Any]:
    """The form with the page that many places later (negative: earlier); at an end it stays where it is."""
    pages = pages_of(schema)
    return with_pages(schema, moved(pages, [page["key"] for page in pages].index(key), by))


def place_page(schema: Schema, key: str, at: int) -> dict[str, Any]:
    """The form with the page as the one that has `at` pages before it."""
    pages = pages_of(schema)
    place = [page["key"] for page in pages].index(key)
    return with_pages(schema, moved(pages, place, at - place))


def remove_page(schema: Schema, key: str) -> dict[str, Any]:
    """The form without the page and the fields on it."""
    pages = pages_of(schema)
    gone = next(page for page in pages if page["key"] == key)
    rest: dict[str, Any] = dict(schema)
    for field in keys_in(gone["fields"]):
        if field in rest["properties"]:
            rest = without_field(rest, field)
    return with_pages(rest, [page for page in pages if page["key"] != key])


def moved(items: list[Any], place: int, by: int) -> list[Any]:
    """The list with the item at `place` moved; never beyond its ends."""
    rest = [*items[:place], *items[place + 1 :]]
    rest.insert(max(0, min(len(rest), place + by)), items[place])
    return rest


def _each(schema: Schema, change: Callable[[Page], Page]) -> dict[str, Any]:
    return with_pages(schema, [change(page) for page in pages_of(schema)])


def _headed(page: Page, head: PageHead) -> Page:
    body = {**page, "title": head.title.to_json()}
    body.pop("help", None)
    return {**body, "help": head.help.to_json()} if head.help.vi else body
