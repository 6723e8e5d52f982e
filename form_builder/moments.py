"""The form as it stands at one moment: only the pages, or parts of pages, filled in by then."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from form_builder.conditions import named_by
from form_builder.parts import part_of, parts_of
from form_builder.remarks import keys_in

Schema = Mapping[str, Any]
DEMANDS = ("required", "dependentRequired", "minItems", "minProperties")


def schema_at(schema: Schema, pages: Collection[str] | None) -> dict[str, Any]:
    """The schema with these pages alone: their properties, what is required, the cases that name them.

    `pages` are parts of pages (`form_builder.parts`): whole pages where no question names steps. None keeps all. A
    form that declares no pages is one page called "form". Pages the form does not have are passed over. A case is
    kept even if it reads a field that is not asked yet: it then does not apply.
    """
    declared = schema.get("x-motcua-pages")
    if pages is None or (declared is None and "form" in pages):
        return dict(schema)
    kept = [page for each in declared or () if (page := _kept(schema, each, pages)) is not None]
    return of_keys(schema, {key for page in kept for key in keys_in(page.get("fields", ()))}, kept)


def _kept(schema: Schema, page: Schema, wanted: Collection[str]) -> Schema | None:
    """The page with its wanted parts alone; what it says between its questions belongs to the first of them."""
    own = parts_of(schema, page)
    if not any(part in wanted for part in own):
        return None
    said = [
        item
        for item in page.get("fields", ())
        if (part_of(schema, page["key"], item) if isinstance(item, str) else own[0]) in wanted
    ]
    return page if len(said) == len(page.get("fields", ())) else {**page, "fields": said}


def of_keys(schema: Schema, keys: Collection[str], pages: Sequence[Any] = ()) -> dict[str, Any]:
    """The schema of an object with these fields alone, what is required of them, and the cases that name them."""
    return {keyword: part for keyword, part in _parts(schema, keys, pages) if part not in ([], {}, ())}


def unfinished(schema: Schema) -> dict[str, Any]:
    """The schema for pages that may be left unfinished: what is said must be right, nothing must be said."""
    lenient = {keyword: _lenient(keyword, part) for keyword, part in schema.items()}
    return {keyword: part for keyword, part in lenient.items() if keyword not in DEMANDS}


def answers_at(schema: Schema, answers: Schema) -> dict[str, Any]:
    """Of the answers, those that a schema of one moment asks for."""
    asked = schema.get("properties", {})
    return {key: answer for key, answer in answers.items() if key in asked}


def _lenient(keyword: str, part: Any) -> Any:
    """A keyword's part without its demands. What a case names stays asked for, it only need not be said."""
    match keyword:
        case "properties" | "$defs":
            return {
                key: unfinished(node) if isinstance(node, Mapping) else node for key, node in part.items()
            }
        case "items":
            return unfinished(part)
        case "allOf":
            return [unfinished(case) for case in part]
        case "then":
            asked = dict.fromkeys(part.get("required", ()), True)
            return {**unfinished(part), "properties": {**asked, **unfinished(part).get("properties", {})}}
        case _:
            return part


def _parts(schema: Schema, keys: Collection[str], kept: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    for keyword, value in schema.items():
        match keyword:
            case "x-motcua-pages":
                yield keyword, kept
            case "properties":
                yield keyword, {key: node for key, node in value.items() if key in keys}
            case "required":
                yield keyword, [key for key in value if key in keys]
            case "dependentRequired":
                yield keyword, _dependent(value, keys)
            case "allOf":
                yield keyword, list(_trimmed_all(value, keys))
            case "if" | "then" | "else":
                continue
            case _:
                yield keyword, value
    yield from _own_case(schema, keys)


def _own_case(schema: Schema, keys: Collection[str]) -> Iterator[tuple[str, Any]]:
    """The case that stands in the object itself, when it names something that is asked."""
    if "if" in schema and (then := _trimmed(schema.get("then", {}), keys)):
        yield "if", schema["if"]
        yield "then", then


def _dependent(needs: Schema, keys: Collection[str]) -> dict[str, list[str]]:
    trimmed = {key: [need for need in each if need in keys] for key, each in needs.items() if key in keys}
    return {key: each for key, each in trimmed.items() if each}


def _trimmed_all(cases: list[Any], keys: Collection[str]) -> Iterator[Any]:
    for case in cases:
        if "if" not in case:
            yield case
        elif then := _trimmed(case.get("then", {}), keys):
            yield {**case, "then": then}


def _trimmed(then: Schema, keys: Collection[str]) -> dict[str, Any]:
    """The `then` of a case without the fields that are not asked; empty when it names none that is."""
    if not any(key in keys for key in (*named_by(then), *then.get("properties", {}))):
        return {}
    parts = dict(then)
    if "required" in then:
        parts["required"] = [key for key in then["required"] if key in keys]
    if "properties" in then:
        parts["properties"] = {key: node for key, node in then["properties"].items() if key in keys}
    return {keyword: part for keyword, part in parts.items() if part not in ([], {})}
