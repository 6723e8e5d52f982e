"""Definitions to try things on: a small sound one and its relatives."""

from dataclasses import replace
from typing import Any

from common.text import Text
from procedure_library.definition import (
    CASE_TYPE,
    CaseType,
    Citation,
    Definition,
    Example,
    Outcome,
    ResultKind,
    Step,
    Transition,
)


def definition(**changes: Any) -> Definition:
    """Letter of good standing: one officer examines, may ask for a supplement, an approver decides."""
    return Definition(**{**_SMALL, **changes})


def step(key: str, kind: Any, **attributes: Any) -> Step:
    return Step(key, kind, Text(f"Bước {key}", f"Step {key}"), **attributes)


def task(key: str, *outcomes: str, role: str = "case_officer", **attributes: Any) -> Step:
    named = tuple(Outcome(o, Text(f"Chọn {o}", f"Choose {o}")) for o in outcomes or ("done",))
    return step(key, "task", role=role, outcomes=named, **attributes)


def to(source: str, target: str, when: str | None = None, *, default: bool = False) -> Transition:
    return Transition(f"{source}_{target}" + (f"_{when}" if when else ""), source, target, when, default)


DECIDED = (
    Outcome("granted", Text("Ký cấp", "Sign"), decision="granted"),
    Outcome("refused", Text("Từ chối", "Refuse"), decision="refused", needs_reason=True),
)

STEPS = (
    step("started", "start"),
    task("examine", "fit", "incomplete", shows=("person",)),
    step("examined", "branch"),
    step("supplement", "supplement"),
    step("sign", "task", role="approver", shows=("person",), outcomes=DECIDED),
    step("signed", "branch"),
    step("granted", "end", ending="granted"),
    step("refused", "end", ending="refused"),
)
TRANSITIONS = (
    to("started", "examine"),
    to("examine", "examined"),
    to("examined", "sign", "fit"),
    to("examined", "supplement", "incomplete"),
    to("supplement", "examine"),
    to("sign", "signed"),
    to("signed", "granted", "granted"),
    to("signed", "refused", "refused"),
)

FORM = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "x-motcua-pages": [
        {"key": "person", "title": {"vi": "Người yêu cầu", "en": "Applicant"}, "fields": ["person"]}
    ],
    "properties": {
        "person": {
            "type": "object",
            "title": "Người yêu cầu",
            "x-motcua-en": {"title": "Applicant"},
            "required": ["full_name", "copies"],
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
        }
    },
    "required": ["person"],
}

RULES = """ngôn_ngữ vi

phí issue "Phí cấp giấy xác nhận"
  tiếng_anh "Charge for the letter"
  căn_cứ "Luật 60/2014/QH13, Điều 11"
  thu 5_000 VND
  nhân person.copies

thời_hạn three_days "Thời hạn giải quyết"
  tiếng_anh "Term"
  căn_cứ "Luật 60/2014/QH13, Điều 5"
  3 ngày_làm_việc
  tạm_dừng_khi yêu_cầu_bổ_sung

thành_phần identity "Giấy tờ tùy thân"
  tiếng_anh "Identity paper"
  căn_cứ "Luật 60/2014/QH13, Điều 6"
  1 bản_chụp

điều_kiện few "Mỗi lần không quá 10 bản"
  tiếng_anh "At most 10 copies at a time"
  căn_cứ "Luật 60/2014/QH13, Điều 7"
  yêu_cầu person.copies <= 10
"""

FACTS = {
    "answers": {"person": {"full_name": "Trần Thị Mai", "copies": 2}},
    "dossier": {
        "submitted_at": "2026-03-02T09:00:00+07:00",
        "received_at": "2026-03-02T09:00:00+07:00",
        "channel": "online",
        "case_type": "ordinary",
        "area": "92",
    },
}
EXPECT = {
    "amounts": {"issue": {"amount": 10_000, "currency": "VND"}},
    "total": {"amount": 10_000, "currency": "VND"},
    "components": ["identity"],
    "conditions": {"few": True},
    "due_on": "2026-03-05",
}

_SMALL = {
    "key": "good_standing",
    "code": "9.000001",
    "name": Text("Cấp giấy xác nhận", "Letter of good standing"),
    "domain_area": Text("Hộ tịch", "Civil status"),
    "summary": Text("Xác nhận theo yêu cầu.", "Confirms on request."),
    "levels": ("commune",),
    "applicants": ("citizen",),
    "channels": ("counter", "online"),
    "online_level": "full",
    "results": (ResultKind("letter", Text("Giấy xác nhận", "Letter"), "KQ.G15.000001"),),
    "legal_basis": (Citation("Luật 60/2014/QH13", Text("Luật Hộ tịch", "Law on civil status")),),
    "case_types": (
        CaseType(
            "ordinary", Text("Thông thường", "Ordinary"), "three_days", ("issue",), ("identity",), ("few",)
        ),
    ),
    "steps": STEPS,
    "transitions": TRANSITIONS,
    "form": FORM,
    "rules": RULES,
    "examples": (Example("two_copies", Text("Hai bản", "Two copies"), FACTS, EXPECT),),
}


def with_computed(rule: str) -> Definition:
    """The good definition whose page shows the value of that rule."""
    (page,) = FORM["x-motcua-pages"]
    shown = {**page, "fields": [*page["fields"], {"computed": rule}]}
    return definition(form={**FORM, "x-motcua-pages": [shown]})


def with_documents(sound: Definition, page: str, component: str = "") -> Definition:
    """The definition that asks for files on a page of it."""
    pages = sound.form["x-motcua-pages"]
    shown = [
        {**each, "fields": [*each["fields"], "scans"]} if each["key"] == page else each for each in pages
    ]
    asked = {
        "type": "array",
        "items": {"type": "string", "format": "file-digest"},
        "title": "Bản chụp",
        "x-motcua-en": {"title": "Scans"},
        **({"x-motcua-component": component} if component else {}),
    }
    form = {
        **sound.form,
        "x-motcua-pages": shown,
        "properties": {**sound.form["properties"], "scans": asked},
    }
    return replace(sound, form=form)


URGENT = CaseType(
    "urgent", Text("Giải quyết ngay", "At once"), "three_days", ("issue",), ("identity",), ("few",)
)


def by_case_type(*values: str, default: str = "", **changes: Any) -> Definition:
    """The good definition with a second case type, and a branch by the case type before the examination: ordinary
    dossiers are examined, urgent ones go to be signed."""
    leads = {"ordinary": "examine", "urgent": "sign"}
    ways = [
        replace(to("kinds", leads.get(value, "examine"), value), default=value == default) for value in values
    ]
    moved = tuple(replace(t, target="kinds") if t.key == "started_examine" else t for t in TRANSITIONS)
    body = {
        "case_types": (*definition().case_types, URGENT),
        "steps": (*STEPS, step("kinds", "branch", choice=CASE_TYPE)),
        "transitions": (*moved, *ways),
    }
    return definition(**{**body, **changes})


CHOICE = """
lựa_chọn size "Cỡ hồ sơ"
  tiếng_anh "Size"
  large khi person.copies > 5
  còn_lại small
"""


def by_choice(*values: str) -> Definition:
    """The good definition with a choice of size between signing and the end."""
    ways = [to("sized", "granted", value) for value in values]
    more = (step("sized", "branch", choice="size"), *ways)
    steps = STEPS + tuple(thing for thing in more if isinstance(thing, Step))
    moved = tuple(replace(t, target="sized") if t.key == "signed_granted_granted" else t for t in TRANSITIONS)
    return definition(rules=RULES + CHOICE, steps=steps, transitions=(*moved, *ways))
