"""Which fields are asked, given the answers so far; answers to fields not asked are dropped, never judged."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from form_builder.conditions import read_by
from form_builder.form import Field, Form
from form_builder.schema import Source, read_form

Answers = Mapping[str, Any]
# What is left of a group when all in it is dropped, and of an answer to a field that is not asked.
NOTHING = object()
ORDERS_KEPT = 512


def visible(source: Source, answers: Answers) -> frozenset[str]:
    """The paths of all fields asked, rows numbered ("documents.0.copies").

    Cases read only answers to fields that are themselves asked.
    """
    form = read_form(source)
    return frozenset(_visible(form.fields, prune(form, answers), ""))


def prune(source: Source, answers: Answers) -> dict[str, Any]:
    """The answers without those to fields that are not asked, and without optional groups emptied by it.

    Pruning twice gives the same. Keys the form does not know stay: the judge names them. What nothing was taken
    from is in it as it came, not as a copy.
    """
    form = read_form(source)
    before = answers if isinstance(answers, dict) else dict(answers)
    kept = _without_hidden(form.unsure, before)
    # A form that breaks the order of questions (a finding) comes to rest, too: each round takes something away.
    while kept is not before and not _is_in_order(form):
        before, kept = kept, _without_hidden(form.unsure, kept)
    return kept if kept is not answers else dict(kept)


@lru_cache(maxsize=ORDERS_KEPT)
def _is_in_order(form: Form) -> bool:
    """Whether all cases read only what is asked before the field they decide about: then one round does."""
    place = {field.path: number for number, field in enumerate(form.every_field())}
    return all(
        place.get(f"{case.holder}.{key}" if case.holder else key, -1) < place[field.path]
        for field in form.every_field()
        for case in field.asked_when
        for key in read_by(case.test)
    )


def _without_hidden(unsure: tuple[Field, ...], answers: dict[str, Any]) -> dict[str, Any]:
    """The answers themselves when nothing is dropped."""
    kept = answers
    for field in unsure:
        if field.key not in kept:
            continue
        value = kept[field.key]
        left = NOTHING if field.asks and not field.asks(kept) else _left(field, value)
        if left is not value:
            kept = _changed(kept if kept is not answers else dict(answers), field.key, left)
    return kept


def _changed(own: dict[str, Any], key: str, left: Any) -> dict[str, Any]:
    own[key] = left
    if left is NOTHING:
        del own[key]
    return own


def _left(field: Field, value: Any) -> Any:
    """What is left of an answer; NOTHING of a group that could be left out and is empty now."""
    if not field.unsure:
        return value
    if isinstance(value, list):
        rows = [_without_hidden(field.unsure, each) if isinstance(each, dict) else each for each in value]
        return value if all(one is other for one, other in zip(rows, value, strict=True)) else rows
    if not isinstance(value, dict):
        return value
    inner = _without_hidden(field.unsure, value)
    return NOTHING if inner == {} and inner is not value and not field.required else inner


def _visible(fields: tuple[Field, ...], answers: Answers, prefix: str) -> Iterator[str]:
    for field in fields:
        if field.asks and not field.asks(answers):
            continue
        path = prefix + field.key
        yield path
        if field.kind == "rows":
            for number, row in enumerate(_blocks(field, answers.get(field.key))):
                yield from _visible(field.fields, row, f"{path}.{number}.")
        elif field.fields:
            group = next(iter(_blocks(field, answers.get(field.key))), {})
            yield from _visible(field.fields, group, f"{path}.")


def _blocks(field: Field, value: Any) -> tuple[dict[str, Any], ...]:
    """The objects inside an answer: the group itself, or each row."""
    if not field.fields:
        return ()
    items = value if isinstance(value, list) else [value]
    return tuple(each for each in items if isinstance(each, dict))
