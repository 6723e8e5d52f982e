"""Reads a form out of its JSON Schema 2020-12 with `x-motcua-*` keywords.

It never fails: what cannot be shown as a form is left out here and named by `form_builder.checks`.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from common.text import Text, nfc
from form_builder.code_lists import choices_of
from form_builder.conditions import conditions_on, in_any_of
from form_builder.form import (
    ASKED_FROM_PLACES,
    ROW_ID,
    Choice,
    Condition,
    Field,
    Form,
    Page,
    unsure,
)
from form_builder.kinds import kind_of
from form_builder.places import PROVINCE, Places
from form_builder.remarks import Remark, remark_of
from rules_dsl.pointers import resolved

# Group in row in group in page: deeper nothing can be asked of a person. Ends circular references, too.
DEEPEST = 5
FORMS_KEPT = 256

Schema = Mapping[str, Any]
Source = Schema | Form


def read_form(source: Source, places: Places | None = None) -> Form:
    """The form of a schema, read once per text and list; a Form is handed back as it is.

    `places` is the list that addresses are asked from and judged by; without one no address is right.
    """
    form = source if isinstance(source, Form) else _form(as_text(source), None)
    return _form(form.text, places) if places is not None and form.asks_places else form


def as_text(schema: Schema) -> str:
    """The schema as JSON text. The order of members stays: it is the order of the questions."""
    return json.dumps(schema, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else float(value)


@lru_cache(maxsize=FORMS_KEPT)
def _form(text: str, places: Places | None) -> Form:
    schema = json.loads(text, parse_float=Decimal)
    fields = {field.key: field for field in _fields(_Whole(schema, places), schema, "", DEEPEST)}
    return Form(tuple(_pages(schema, fields)), schema, text, places)


@dataclass(frozen=True, slots=True)
class _Whole:
    """What a field is read with besides what is said of it: where references lead, and the list of places."""

    schema: Schema
    places: Places | None

    def resolved(self, node: Schema) -> Schema:
        return resolved(self.schema, node)

    def offered(self, kind: str, node: Schema, items: Schema) -> tuple[Choice, ...]:
        if kind == PROVINCE and self.places is not None:
            return self.places.province_choices
        return choices_of(kind) or tuple(_choices(node)) or tuple(_choices(items))


def _pages(schema: Schema, fields: Mapping[str, Field]) -> Iterator[Page]:
    """The pages as declared; a form that declares none has one page, called "form", with all fields."""
    declared = schema.get("x-motcua-pages")
    if not isinstance(declared, list):
        whole = tuple(fields.values())
        yield Page("form", title_of(schema), help_of(schema), whole, whole)
        return
    for each in declared:
        items = tuple(_items(each.get("fields", ()), fields))
        shown = tuple(item for item in items if isinstance(item, Field))
        title, explained = (Text.from_json(each.get(part, "")) for part in ("title", "help"))
        yield Page(each["key"], title, explained, shown, items)


def _items(written: Iterable[Any], fields: Mapping[str, Field]) -> Iterator[Field | Remark]:
    for item in written:
        found = fields.get(item) if isinstance(item, str) else remark_of(item)
        if found is not None:
            yield found


def _fields(whole: _Whole, holder: Schema, path: str, depth: int, reserved: str = "") -> Iterator[Field]:
    for key, node in holder.get("properties", {}).items() if depth else ():
        if isinstance(node, Mapping) and key != reserved:
            yield _field(whole, holder, key, path, depth)


def _field(whole: _Whole, holder: Schema, key: str, holder_path: str, depth: int) -> Field:
    node = whole.resolved(holder["properties"][key])
    path = f"{holder_path}.{key}" if holder_path else key
    cases = conditions_on(key, holder_path, holder)
    items = whole.resolved(node["items"]) if isinstance(node.get("items"), Mapping) else {}
    inside = tuple(
        _fields(whole, items, path, depth - 1, reserved=ROW_ID)
        if "properties" in items
        else _fields(whole, node, path, depth - 1)
    )
    kind = kind_of(node)
    return Field(
        key=key,
        path=path,
        kind=kind,
        title=title_of(node, key),
        help=help_of(node),
        schema=node,
        required=_is_required(key, holder, cases),
        asked_when=cases,
        asks=in_any_of(cases),
        choices=whole.offered(kind, node, items),
        fields=inside,
        unsure=unsure(inside),
        row_title=title_of(items, ""),
        prefill=str(node.get("x-motcua-prefill", "")),
        personal=str(node.get("x-motcua-personal", "")),
        places=whole.places if kind in ASKED_FROM_PLACES else None,
    )


def _is_required(key: str, holder: Schema, cases: tuple[Condition, ...]) -> bool:
    return key in holder.get("required", ()) or (bool(cases) and all(case.required for case in cases))


def _choices(node: Schema) -> Iterator[Choice]:
    for each in node.get("oneOf", ()):
        if isinstance(each, Mapping) and isinstance(each.get("const"), str):
            yield Choice(each["const"], title_of(each, each["const"]))
    for value in node.get("enum", ()):
        if isinstance(value, str):
            yield Choice(value, Text(value))


def title_of(node: Schema, otherwise: str = "") -> Text:
    """What the node is called in both languages; `otherwise` when nobody wrote a title."""
    return _text(node, "title", otherwise)


def help_of(node: Schema) -> Text:
    """The sentence that helps to answer, empty when there is none."""
    return _text(node, "description", "")


def _text(node: Schema, keyword: str, otherwise: str) -> Text:
    english = node.get("x-motcua-en")
    english = english.get(keyword, "") if isinstance(english, Mapping) else ""
    return Text(nfc(str(node.get(keyword, otherwise))), nfc(str(english)))
