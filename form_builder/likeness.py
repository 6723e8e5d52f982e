"""Whether the answer to one question is an answer to another, and that answer as the other takes it."""

from typing import Any

from form_builder.form import Field

# Kinds whose answer is a word: any of them answers a question for text.
_WORDS = frozenset({"text", "long_text", "choice", "email", "phone", "identity_number", "tax_number"})
_TEXT = frozenset({"text", "long_text"})


def answers(target: Field, source: Field) -> bool:
    """Whether every answer to `source` is of the kind that `target` asks for. Lengths and limits are not compared."""
    if target.kind in _TEXT:
        return source.kind in _WORDS
    if target.kind != source.kind:
        return False
    if target.choices:
        return {each.value for each in source.choices} <= {each.value for each in target.choices}
    return _inside(target, source)


def _inside(target: Field, source: Field) -> bool:
    """Of groups and rows: what both ask is alike, and nothing that must be answered is missing."""
    there = {each.key: each for each in source.fields}
    return all(
        answers(each, there[each.key]) if each.key in there else not each.required for each in target.fields
    )


def taken(target: Field, answer: Any) -> Any:
    """The answer without what the target does not ask."""
    if not target.fields:
        return answer
    known = {each.key: each for each in target.fields}
    if isinstance(answer, list):
        return [_of_object(known, row) for row in answer]
    return _of_object(known, answer) if isinstance(answer, dict) else answer


def _of_object(known: dict[str, Field], said: Any) -> Any:
    if not isinstance(said, dict):
        return said
    return {key: taken(known[key], each) for key, each in said.items() if key in known}
