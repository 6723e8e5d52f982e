"""The small good definition with a further page of its form, or a question that names steps."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from procedure_library.canonical import canonical, parsed
from procedure_library.definition import Definition
from tests.procedure_library.samples import FORM, STEPS, definition


def with_page(key: str, **steps: Any) -> Definition:
    """The good definition with a further form page holding one field; `steps` change the steps named."""
    form = parsed(canonical(FORM))
    title = {"vi": "Trang thêm", "en": "Further page"}
    form["x-motcua-pages"].append({"key": key, "title": title, "fields": [key]})
    form["required"].append(key)
    form["properties"][key] = {"type": "string", "title": "Ghi chú", "x-motcua-en": {"title": "Note"}}
    changed = tuple(replace(s, **steps[s.key]) if s.key in steps else s for s in STEPS)
    return definition(form=form, steps=changed)


def with_note_at(said: Mapping[str, Any], **more: Any) -> Definition:
    """The good definition with a further page whose one field names the steps that fill and see it."""
    procedure = with_page("note")
    properties = procedure.form["properties"]
    note = {**properties["note"], "x-motcua-steps": said}
    return replace(procedure, form={**procedure.form, "properties": {**properties, "note": note}, **more})


IF_NOTED = {
    "if": {"properties": {"note": {"const": "x"}}, "required": ["note"]},
    "then": {"required": ["why"]},
}


def with_question_after_note() -> Definition:
    """The applicant is asked why, by what the officer notes later."""
    procedure = with_note_at({"fills": ["examine"]}, allOf=[IF_NOTED])
    form = parsed(canonical(procedure.form))
    form["x-motcua-pages"][1]["fields"].append("why")
    form["properties"]["why"] = {"type": "string", "title": "Lý do", "x-motcua-en": {"title": "Reason"}}
    return replace(procedure, form=form)
