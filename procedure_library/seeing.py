"""What a task has before it: the questions that it answers, those whose answers it reads, the letters it prints.

A question that names the steps that see it is kept from all others, also from those that fill or put right the rest
of its page.
"""

from collections.abc import Collection
from typing import Any

from form_builder.moments import of_keys, schema_at
from form_builder.parts import FILLS, SHOWS, page_of, parts, steps_of
from form_builder.remarks import keys_in
from procedure_library.definition import Definition, Step
from procedure_library.moments import filled_at


def work_schema(definition: Definition, step: Step) -> dict[str, Any] | None:
    """The questions that the task fills in or puts right; None when there are none."""
    touched = (
        *filled_at(definition, step),
        *(part for part in parts(definition.form) if part in step.corrects),
    )
    if not touched:
        return None
    schema = schema_at(definition.form, touched)
    hidden = {key for key in schema.get("properties", {}) if not may_see(definition, key, (step.key,))}
    if not hidden:
        return schema
    pages = [{**page, "fields": _without(page["fields"], hidden)} for page in schema["x-motcua-pages"]]
    return of_keys(schema, schema["properties"].keys() - hidden, pages)


def read_at(definition: Definition, step: Step) -> frozenset[str]:
    """The top-level questions whose answers the task reads, without those it answers itself."""
    work = work_schema(definition, step) or {}
    around = {*step.shows, *(page_of(part) for part in filled_at(definition, step)), *step.corrects}
    seen = {
        key
        for page in definition.form.get("x-motcua-pages", ())
        for key in keys_in(page["fields"])
        if page["key"] in around or step.key in steps_of(definition.form, key, SHOWS)
    }
    return frozenset(
        key for key in seen - work.get("properties", {}).keys() if may_see(definition, key, (step.key,))
    )


def may_see(definition: Definition, key: str, steps: Collection[str]) -> bool:
    """Whether who works on these steps may see the answer to the top-level question: all may where it names none."""
    named = steps_of(definition.form, key, SHOWS)
    return not named or any(step in (*named, *steps_of(definition.form, key, FILLS)) for step in steps)


def letters_at(step: Step) -> tuple[str, ...]:
    """The letters that the task offers: first those that must be printed."""
    return (*step.must_print, *(key for key in step.prints if key not in step.must_print))


def _without(items: Collection[Any], keys: Collection[str]) -> list[Any]:
    return [item for item in items if not isinstance(item, str) or item not in keys]
