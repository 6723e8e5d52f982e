"""The work that is measured: eight acts of people, with a supplement and two consultations at the same time."""

from typing import Any

from common.text import Text
from procedure_library.definition import (
    CaseType,
    Citation,
    Definition,
    Duration,
    Outcome,
    ResultKind,
    Step,
    StepKind,
    Transition,
)

KEY = "measured"
FORM = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "x-motcua-pages": [
        {
            "key": "person",
            "title": {"vi": "Người yêu cầu", "en": "Applicant"},
            "fields": ["full_name", "copies"],
        }
    ],
    "properties": {
        "full_name": {
            "type": "string",
            "minLength": 1,
            "maxLength": 100,
            "title": "Họ và tên",
            "x-motcua-en": {"title": "Full name"},
        },
        "copies": {
            "type": "integer",
            "minimum": 1,
            "maximum": 10,
            "title": "Số bản",
            "x-motcua-en": {"title": "Copies"},
        },
    },
    "required": ["full_name", "copies"],
}
ANSWERS = {"full_name": "Nguyễn Thị Lan", "copies": 3}
RULES = """language en
term ten_days "Term"
  cites "Decree 1/2026, art. 7"
  10 working days
  suspended while supplement_requested
"""


def _text(words: str) -> Text:
    return Text(words, words)


def _step(key: str, kind: StepKind, **attributes: Any) -> Step:
    return Step(key, kind, _text(key), **attributes)


def _task(key: str, *outcomes: Outcome, role: str = "case_officer") -> Step:
    named = outcomes or (Outcome("done", _text("done")),)
    return _step(key, "task", role=role, outcomes=named, budget=Duration(2, "working_day"))


def _to(source: str, target: str, when: str | None = None) -> Transition:
    return Transition(f"{source}_{target}", source, target, when)


STEPS = (
    _step("started", "start"),
    _task("check", Outcome("fit", _text("fit")), Outcome("incomplete", _text("incomplete"))),
    _step("checked", "branch"),
    _step("supplement", "supplement", budget=Duration(7, "working_day")),
    _step("ask", "split"),
    _task("ask_land"),
    _task("ask_fire"),
    _step("asked", "join"),
    _task(
        "sign",
        Outcome("granted", _text("granted"), decision="granted"),
        Outcome("refused", _text("refused"), decision="refused", needs_reason=True),
        role="approver",
    ),
    _step("signed", "branch"),
    _step("given", "end", ending="granted"),
    _step("denied", "end", ending="refused"),
)
TRANSITIONS = (
    _to("started", "check"),
    _to("check", "checked"),
    _to("checked", "ask", "fit"),
    _to("checked", "supplement", "incomplete"),
    _to("supplement", "check"),
    _to("ask", "ask_land"),
    _to("ask", "ask_fire"),
    _to("ask_land", "asked"),
    _to("ask_fire", "asked"),
    _to("asked", "sign"),
    _to("sign", "signed"),
    _to("signed", "given", "granted"),
    _to("signed", "denied", "refused"),
)
DEFINITION = Definition(
    key=KEY,
    code="1.000001",
    name=_text("Measured"),
    domain_area=_text("Measures"),
    summary=_text("Eight acts of people."),
    levels=("commune",),
    applicants=("citizen",),
    channels=("counter", "online"),
    online_level="full",
    results=(ResultKind("letter", _text("Letter")),),
    legal_basis=(Citation("1/2026/NĐ-CP", _text("Decree 1")),),
    case_types=(CaseType("ordinary", _text("Ordinary"), term="ten_days"),),
    steps=STEPS,
    transitions=TRANSITIONS,
    form=FORM,
    rules=RULES,
)
