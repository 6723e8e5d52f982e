"""What one form changes against another, question by question, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from common.messages import word
from form_builder.differences import ABSENT, Difference, differences
from form_builder.faults import called
from form_builder.form import Form
from form_builder.nodes import pointer
from form_builder.schema import as_text, read_form

LONGEST = 160
WORDS = "@form.changed."
Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """One difference: `kind` added, removed or changed, `where` a JSON pointer, `field` a dotted path ("" when it
    is about the form), `keyword` what of it ("" when the question itself came or went); `text` says it."""

    kind: str
    where: str
    field: str
    keyword: str
    before: str
    after: str
    text: str


def told(before: Schema, after: Schema, language: str) -> Iterator[Told]:
    """All differences, in the order of the text."""
    forms = read_form(before), read_form(after)
    for change in _told_apart(before, after):
        field, keyword = _place(change.where)
        name = _name(forms, field, change, language)
        yield Told(
            change.kind,
            change.where,
            field,
            keyword,
            _value(change.before, language),
            _value(change.after, language),
            _sentence(change.kind, name, keyword, language),
        )


def _told_apart(before: Schema, after: Schema) -> Iterator[Difference]:
    """The differences; of `required`, where only members tell, what each question was and is."""
    demanded: dict[str, tuple[Any, Any]] = {}
    for change in differences(before, after):
        holder, required, _ = change.where.partition("/required")
        if not required or not _asks(holder):
            yield change
        elif holder not in demanded:
            demanded[holder] = _at(before, holder), _at(after, holder)
            yield from _demands(holder, *demanded[holder])


def _asks(holder: str) -> bool:
    """Whether it is an object whose questions stand in it: a case only names them, a question may be called so."""
    parts = _parts(holder)
    return not {"if", "then", "else", "allOf"} & set(parts) and parts[-1:] != ["properties"]


def _demands(holder: str, before: Schema, after: Schema) -> Iterator[Difference]:
    old, new = (dict.fromkeys(each.get("required", ()), True) for each in (before, after))
    for key in dict.fromkeys((*old, *new)):
        # A question that came or went says so itself.
        both = key in before.get("properties", {}) and key in after.get("properties", {})
        if both and old.get(key) != new.get(key):
            where = f"{holder}/properties{pointer((key,))}/required"
            yield Difference(where, old.get(key, False), new.get(key, False))


def _at(schema: Schema, place: str) -> Schema:
    node: Any = schema
    for part in _parts(place):
        node = node[int(part)] if isinstance(node, list) else node.get(part, {})
    return node if isinstance(node, Mapping) else {}


def _parts(place: str) -> list[str]:
    return [part.replace("~1", "/").replace("~0", "~") for part in place.split("/")[1:]]


def _place(where: str) -> tuple[str, str]:
    """The dotted path of the question, and what of it: the first keyword behind."""
    keys, parts = [], _parts(where)
    while parts[:1] == ["properties"] and len(parts) > 1:
        keys.append(parts[1])
        parts = parts[2:]
        if parts[:2] == ["items", "properties"]:
            parts = parts[1:]
    return ".".join(keys), parts[0] if parts else ""


def _name(forms: tuple[Form, Form], field: str, change: Difference, language: str) -> str:
    """What people call the question, as it is called afterwards where it still is."""
    form = forms[0] if change.after is ABSENT or forms[1].field_at(field) is None else forms[1]
    return called(form, field, language) if field else ""


def _sentence(kind: str, name: str, keyword: str, language: str) -> str:
    parts = [word(f"{WORDS}{kind}", language) or kind]
    if name:
        parts.append(f"«{name}»" if language == "vi" else f"“{name}”")
    if keyword:
        parts.append(f"({word(f'{WORDS}{keyword}', language) or keyword})")
    return " ".join(parts)


def _value(value: Any, language: str) -> str:
    """The value as one reads it, no longer than that; "" for nothing, and for a whole question: it has a name."""
    if value is ABSENT or (isinstance(value, Mapping) and "type" in value):
        return ""
    if isinstance(value, bool):
        return word(f"{WORDS}{'yes' if value else 'no'}", language) or str(value)
    text = value if isinstance(value, str) else as_text(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
