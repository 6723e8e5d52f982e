"""Is every field on exactly one page?"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from common.problems import Finding
from form_builder.remarks import keys_in, remark_of


def check_pages(schema: Mapping[str, Any]) -> Iterator[Finding]:
    """Pages that name the same key twice, unknown fields, no fields; fields on no page or on two."""
    pages = schema.get("x-motcua-pages")
    if pages is None:
        return
    asked = schema.get("properties", {})
    keys, shown = (
        Counter(page["key"] for page in pages),
        Counter(key for page in pages for key in keys_in(page["fields"])),
    )
    for number, page in enumerate(pages):
        yield from _page(f"/x-motcua-pages/{number}", page, keys, asked)
    for key in asked:
        if shown[key] == 0:
            yield Finding("form.field_on_no_page", f"/properties/{key}", {"key": key})
        elif shown[key] > 1:
            yield Finding("form.field_on_two_pages", f"/properties/{key}", {"key": key})


def _page(
    place: str, page: Mapping[str, Any], keys: Counter[str], asked: Mapping[str, Any]
) -> Iterator[Finding]:
    if keys[page["key"]] > 1:
        yield Finding("form.page_twice", place, {"page": page["key"]})
    if not page["fields"]:
        yield Finding("form.empty_page", place, {"page": page["key"]}, "warning")
    if isinstance(page["title"], str) or not page["title"].get("en"):
        title = page["title"] if isinstance(page["title"], str) else page["title"]["vi"]
        yield Finding("form.no_english", f"{place}/title", {"field": title}, "warning")
    for key in keys_in(page["fields"]):
        if key not in asked:
            yield Finding("form.page_names_unknown", f"{place}/fields", {"page": page["key"], "key": key})
    for number, item in enumerate(page["fields"]):
        remark = remark_of(item)
        if remark is not None and remark.text.vi and not remark.text.en:
            yield Finding("form.no_english", f"{place}/fields/{number}", {"field": remark.text.vi}, "warning")
