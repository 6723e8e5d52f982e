"""Which fields are asked, given the answers so far; answers to fields not asked are dropped, never judged."""

from collections.abc import Iterator, Mapping
from typing import Any

from form_builder.form import Field
from form_builder.schema import Source, read_form
from form_builder.validators import accepts

Answers = Mapping[str, Any]


def visible(source: Source, answers: Answers) -> frozenset[str]:
    """The paths of all fields asked, rows numbered ("documents.0.copies").

    Cases read only answers to fields that are themselves asked.
    """
    form = read_form(source)
    kept = prune(form, answers)
    return frozenset(_visible(form.fields, kept, "", {"": kept}))


def prune(source: Source, answers: Answers) -> dict[str, Any]:
    """The answers without those to fields that are not asked, and without optional groups emptied by it.

    Pruning twice gives the same. Keys the form does not know stay: the judge names them.
    """
    kept = _copy(answers)
    form = read_form(source)
    # Fields are judged in document order and cases read backwards only, so one round does; a form that
    # breaks this rule (a finding) still comes to rest, because each further round takes something away.
    while _drop_hidden(form.fields, kept, {"": kept}):
        pass
    return dict(kept)


def is_asked(field: Field, holders: Mapping[str, Answers]) -> bool:
    """Whether the field is asked; `holders` are the objects around it by path."""
    if not field.asked_when:
        return True
    return any(accepts(case.test, holders[case.holder]) for case in field.asked_when)


def _drop_hidden(fields: tuple[Field, ...], answers: dict[str, Any], holders: Mapping[str, Answers]) -> bool:
    dropped = False
    for field in fields:
        if field.key not in answers:
            continue
        if not is_asked(field, holders):
            del answers[field.key]
            dropped = True
            continue
        inner = [
            _drop_hidden(field.fields, block, {**holders, field.path: block})
            for block in _blocks(field, answers[field.key])
        ]
        if any(inner):
            dropped = True
            if not field.required and answers[field.key] == {}:
                del answers[field.key]
    return dropped


def _visible(
    fields: tuple[Field, ...], answers: Answers, prefix: str, holders: Mapping[str, Answers]
) -> Iterator[str]:
    for field in fields:
        if not is_asked(field, holders):
            continue
        path = prefix + field.key
        yield path
        if field.kind == "rows":
            for number, row in enumerate(_blocks(field, answers.get(field.key))):
                yield from _visible(field.fields, row, f"{path}.{number}.", {**holders, field.path: row})
        elif field.fields:
            group = next(iter(_blocks(field, answers.get(field.key))), {})
            yield from _visible(field.fields, group, f"{path}.", {**holders, field.path: group})


def _blocks(field: Field, value: Any) -> tuple[dict[str, Any], ...]:
    """The objects inside an answer: the group itself, or each row."""
    if not field.fields:
        return ()
    items = value if isinstance(value, list) else [value]
    return tuple(each for each in items if isinstance(each, dict))


def _copy(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _copy(each) for key, each in value.items()}
    return [_copy(each) for each in value] if isinstance(value, list | tuple) else value
