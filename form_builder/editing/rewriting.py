"""A field decided anew in the text that stands there: what was not decided otherwise stays as it is written."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from form_builder.editing.question import Question, told, written
from form_builder.kinds import kind_of
from rules_dsl.pointers import resolved

Schema = Mapping[str, Any]


def rewritten(root: Schema, node: Schema, before: Question, question: Question) -> dict[str, Any]:
    """The field's own schema. A reference stays as long as what is new can be told beside it."""
    whole = resolved(root, node)
    if kind_of(whole) != question.kind:
        items = whole.get("items")
        return written(
            question, {**whole, "items": resolved(root, items)} if isinstance(items, Mapping) else whole
        )
    changed = _merged(root, whole, told(before), told(question))
    if question.kind == "choice" and not question.choices and not {"oneOf", "enum"} & changed.keys():
        changed["x-motcua-kind"] = question.kind
    return _beside(node, whole, changed) if "$ref" in node else changed


def _beside(node: Schema, whole: Schema, changed: dict[str, Any]) -> dict[str, Any]:
    """The reference with what is new beside it. A limit beside it would hold besides the one that it refers to,
    and nothing beside it takes anything away: then it is written out."""
    new = {name: part for name, part in changed.items() if name not in whole or whole[name] != part}
    gone = whole.keys() - changed.keys()
    if gone <= node.keys() and all(_is_told(name) for name in (*new, *gone)):
        return {**{name: part for name, part in node.items() if name not in gone}, **new}
    return changed


def _is_told(keyword: str) -> bool:
    """Whether the keyword is told to people and judges nothing."""
    return keyword in ("title", "description", "examples") or keyword.startswith("x-motcua-")


def _merged(root: Schema, node: Schema, was: Schema, now: Schema) -> dict[str, Any]:
    """The text with those members changed that say something else now."""
    merged = dict(node)
    for name in (*was, *(each for each in now if each not in was)):
        if was.get(name) == now.get(name):
            continue
        if name == "oneOf":
            merged = _choosing(root, resolved(root, merged), was.get(name, ()), now.get(name, ()))
        elif isinstance(merged.get(name), Mapping):
            merged[name] = _merged(root, merged[name], was.get(name, {}), now.get(name, {}))
            if not merged[name] and name != "items":
                del merged[name]
        elif name in now:
            merged[name] = now[name]
        else:
            merged.pop(name, None)
    return merged


def _choosing(root: Schema, node: Schema, was: Sequence[Any], now: Sequence[Any]) -> dict[str, Any]:
    """The text with other answers to pick, each with what else is written about it; what no box can hold comes
    last."""
    before = {each["const"]: each for each in was}
    kept = [_merged(root, _entry(node, each), before.get(each["const"], each), each) for each in now]
    others = list(_not_words(node))
    rest = {name: part for name, part in node.items() if name not in ("oneOf", "enum")}
    return {**rest, "oneOf": [*kept, *others]} if kept or others else rest


def _entry(node: Schema, choice: Schema) -> Schema:
    """What is written about the answer already; the answer itself where nothing is."""
    listed = (each for each in node.get("oneOf", ()) if isinstance(each, Mapping))
    return next((each for each in listed if each.get("const") == choice["const"]), choice)


def _not_words(node: Schema) -> Iterator[Any]:
    for each in node.get("oneOf", ()):
        if not (isinstance(each, Mapping) and isinstance(each.get("const"), str)):
            yield each
    yield from ({"const": value} for value in node.get("enum", ()) if not isinstance(value, str))
