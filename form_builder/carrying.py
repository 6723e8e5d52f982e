"""Answers of an earlier form carried into a new one: by the same questions, and never a declaration."""

from collections.abc import Iterator, Mapping
from typing import Any

from form_builder.answers import without
from form_builder.form import ROW_ID, Field, Form
from form_builder.judge import judge
from form_builder.visibility import prune

Answers = Mapping[str, Any]
# Who declares something does so each time anew; files belong to the application they were handed in with.
NEVER = ("declaration", "document")


def carried(new: Form, old: Form, said: Answers, answers: Answers, *, whole: bool) -> dict[str, Any]:
    """`answers` with those of `said` where they say nothing yet.

    Carried is what both forms ask in the same place, of the same kind and from the same source, and what the new
    one accepts. `whole` False: only what has a source, that is, belongs to the person.
    """
    return _filled(answers, _accepted(new, old, said, whole))


def carried_paths(new: Form, old: Form, said: Answers, answers: Answers, *, whole: bool) -> frozenset[str]:
    """The fields whose answer is what can be carried; rows as one."""
    before = dict(_leaves(new.fields, _accepted(new, old, said, whole)))
    return frozenset(path for path, answer in _leaves(new.fields, answers) if before.get(path) == answer)


def _accepted(new: Form, old: Form, said: Answers, whole: bool) -> dict[str, Any]:
    common = _common(new.fields, old, said, whole)
    return dict(without(common, [problem.where for problem in judge(new, prune(new, common))]))


def _common(fields: tuple[Field, ...], old: Form, said: Answers, whole: bool) -> dict[str, Any]:
    found = {field.key: _one(field, old, said[field.key], whole) for field in fields if field.key in said}
    return {key: answer for key, answer in found.items() if answer not in (None, {}, [])}


def _one(field: Field, old: Form, answer: Any, whole: bool) -> Any:
    before = old.field_at(field.path)
    if before is None or before.kind != field.kind or field.kind in NEVER:
        return None
    if field.kind == "group" and isinstance(answer, Mapping):
        return _common(field.fields, old, answer, whole)
    if field.kind == "rows" and isinstance(answer, list):
        return [_row(field, old, row) for row in answer if isinstance(row, Mapping)] if whole else None
    return answer if before.prefill == field.prefill and (whole or field.prefill) else None


def _row(field: Field, old: Form, row: Answers) -> dict[str, Any]:
    return {ROW_ID: row[ROW_ID], **_common(field.fields, old, row, True)} if ROW_ID in row else {}


def _filled(answers: Answers, further: Answers) -> dict[str, Any]:
    """The answers, and what `further` adds to them; what is there stays."""
    both = {
        key: _filled(answers[key], more)
        for key, more in further.items()
        if isinstance(more, Mapping) and isinstance(answers.get(key), Mapping)
    }
    return {**further, **answers, **both}


def _leaves(fields: tuple[Field, ...], answers: Answers) -> Iterator[tuple[str, Any]]:
    for field in fields:
        answer = answers.get(field.key)
        if field.kind == "group" and isinstance(answer, Mapping):
            yield from _leaves(field.fields, answer)
        elif answer is not None:
            yield field.path, answer
