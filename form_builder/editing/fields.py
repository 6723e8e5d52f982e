"""Fields of a form: added to a page or a block, decided anew, moved among their siblings, sent to a page, removed."""

from typing import Any

from form_builder.editing.cases import with_cases, without_field
from form_builder.editing.keys import key_from
from form_builder.editing.pages import moved, pages_of, with_pages
from form_builder.editing.question import Question, question_at, written
from form_builder.editing.rewriting import rewritten
from form_builder.editing.tree import Schema, holder_at, split, with_holder
from form_builder.form import ROW_ID


def add_field(
    schema: Schema, question: Question, *, page: str = "", block: str = ""
) -> tuple[dict[str, Any], str]:
    """The form that asks one question more, and the path of the new field.

    It comes last in the group or rows at `block`, or else on `page`; a form without pages gets its first.
    """
    key = key_from(question.title.vi, holder_at(schema, block).get("properties", {}))
    grown = with_holder(schema, block, lambda holder: _with(holder, key, question))
    if block:
        return grown, f"{block}.{key}"
    # The pages of the form as it was: on a form that declares none, they are all its fields.
    return with_pages(grown, _listed(pages_of(schema), key, page, question)), key


def change_field(schema: Schema, path: str, question: Question) -> dict[str, Any]:
    """The form whose field at `path` is decided so; its key stays, and so does all that was not decided anew."""
    before = question_at(schema, path)
    if before is None or before == question:
        return dict(schema)
    holder, key = split(path)
    same_cases = (before.required, before.asked_when) == (question.required, question.asked_when)

    def change(inside: dict[str, Any]) -> dict[str, Any]:
        node = rewritten(schema, inside["properties"][key], before, question)
        decided = {**inside, "properties": {**inside["properties"], key: node}}
        if same_cases:
            return decided
        return with_cases(decided, key, question.asked_when, required=question.required)

    return with_holder(schema, holder, change)


def move_field(schema: Schema, path: str, by: int) -> dict[str, Any]:
    """The form that asks the field that many places later among those beside it (negative: earlier)."""
    holder, key = split(path)
    if holder:
        return with_holder(schema, holder, lambda inside: _reordered(inside, key, by))
    pages = pages_of(schema)
    for page in pages:
        if key in page["fields"]:
            page["fields"] = moved(list(page["fields"]), list(page["fields"]).index(key), by)
    return with_pages(schema, pages)


def send_field(schema: Schema, key: str, page: str) -> dict[str, Any]:
    """The form that asks the top-level field at the end of another page."""
    pages = [{**each, "fields": [k for k in each["fields"] if k != key]} for each in pages_of(schema)]
    for each in pages:
        if each["key"] == page:
            each["fields"].append(key)
    return with_pages(schema, pages)


def remove_field(schema: Schema, path: str) -> dict[str, Any]:
    """The form without the field and the fields inside it. A case that reads it stays, and is a finding."""
    holder, key = split(path)
    smaller = with_holder(schema, holder, lambda inside: without_field(inside, key))
    if holder:
        return smaller
    pages = [
        {**page, "fields": [each for each in page["fields"] if each != key]} for page in pages_of(schema)
    ]
    return with_pages(smaller, pages if "x-motcua-pages" in schema else [])


def _with(holder: Schema, key: str, question: Question) -> dict[str, Any]:
    grown = {**holder, "properties": {**holder.get("properties", {}), key: written(question, {})}}
    return with_cases(grown, key, question.asked_when, required=question.required)


def _listed(pages: list[dict[str, Any]], key: str, page: str, question: Question) -> list[dict[str, Any]]:
    if not pages:
        first = page or key_from(question.title.vi)
        return [{"key": first, "title": question.title.to_json(), "fields": [key]}]
    known = page if page in {each["key"] for each in pages} else pages[-1]["key"]
    return [{**each, "fields": [*each["fields"], key]} if each["key"] == known else each for each in pages]


def _reordered(holder: Schema, key: str, by: int) -> dict[str, Any]:
    """The object with its field elsewhere among its fields; a row's own name stays the first."""
    properties = holder["properties"]
    order = [name for name in properties if name != ROW_ID]
    order = moved(order, order.index(key), by)
    first = [ROW_ID] if ROW_ID in properties else []
    return {**holder, "properties": {name: properties[name] for name in (*first, *order)}}
