"""Definitions to try things on: a small sound one, and block-structured graphs of any shape."""

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from common.text import Text
from procedure_library.definition import (
    Ask,
    CaseType,
    Citation,
    Definition,
    Duration,
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


@dataclass(frozen=True)
class Block:
    """A piece of graph with one way in and one way out; `entry` and `leaving` are step keys."""

    entry: str
    leaving: str
    steps: tuple[Step, ...]
    transitions: tuple[Transition, ...]


@st.composite
def block_structured(draw: st.DrawFn) -> Definition:
    """Tasks in sequence, choices, loops through a supplement and parallel parts, nested to any depth."""
    numbers = iter(range(1, 10_000))
    body = draw(_blocks(numbers, depth=3))
    steps = (step("started", "start"), *body.steps, step("finished", "end", ending="granted"))
    transitions = (to("started", body.entry), *body.transitions, to(body.leaving, "finished"))
    return definition(steps=steps, transitions=transitions)


@st.composite
def _blocks(draw: st.DrawFn, numbers: Any, depth: int) -> Block:
    deep = ("task", "asked", "wait", "sequence", "either", "both", "loop", "interrupted")
    shape = draw(st.sampled_from(deep if depth else deep[:3]))
    if shape == "task":
        key = f"task{next(numbers)}"
        return Block(key, key, (task(key),), ())
    if shape == "wait":
        return _wait(next(numbers), draw(st.sampled_from(("payment", "message", "moment"))))
    if shape == "asked":
        return _asked(next(numbers), draw(st.sampled_from(("consent", None))))
    fewest = 2 if shape in ("either", "both") else 1
    parts = [draw(_blocks(numbers, depth - 1)) for _ in range(draw(st.integers(fewest, 3)))]
    return {
        "sequence": _sequence,
        "either": _either,
        "both": _both,
        "loop": _loop,
        "interrupted": _interrupted,
    }[shape](parts, next(numbers))


def _gathered(entry: str, leaving: str, parts: list[Block], steps: Any, transitions: Any) -> Block:
    return Block(
        entry,
        leaving,
        (*steps, *(s for p in parts for s in p.steps)),
        (*transitions, *(t for p in parts for t in p.transitions)),
    )


def _asked(number: int, silence: Any) -> Block:
    key = f"asked_for{number}"
    asks = (
        Ask("police", Text("Công an", "Police"), "case_officer"),
        Ask("land", Text("Địa chính", "Land office"), "approver", budget=Duration(2, "working_day")),
    )
    consult = step(key, "consultation", asks=asks, silence=silence, budget=Duration(5, "working_day"))
    return Block(key, key, (consult,), ())


def _interrupted(parts: list[Block], number: int) -> Block:
    """A task in whose place the parts are done when it is late, or when the applicant withdraws."""
    body = _sequence(parts, number)
    work, after = f"work{number}", f"after{number}"
    steps = (task(work, budget=Duration(1, "working_day")), task(after))
    ways = (
        to(work, after),
        replace(to(work, body.entry, "late"), when=None, on="overdue"),
        replace(to(work, after, "out"), when=None, on="withdrawn"),
        to(body.leaving, after),
    )
    return _gathered(work, after, [body], steps, ways)


WAITS: dict[str, dict[str, Any]] = {
    "payment": {"collects": ("copies",)},
    "message": {"message": "tax_paid"},
    "moment": {"budget": Duration(1, "working_day")},
}


def _wait(number: int, kind: str) -> Block:
    key = f"{kind}{number}"
    return Block(key, key, (step(key, kind, **WAITS[kind]),), ())


def _sequence(parts: list[Block], number: int) -> Block:
    links = [to(a.leaving, b.entry) for a, b in pairwise(parts)]
    return _gathered(parts[0].entry, parts[-1].leaving, parts, (), links)


def _either(parts: list[Block], number: int) -> Block:
    ask, asked, after = f"ask{number}", f"asked{number}", f"after{number}"
    outcomes = [f"way{i}" for i in range(len(parts))]
    ways = [to(asked, p.entry, o) for p, o in zip(parts, outcomes, strict=True)]
    back = [to(p.leaving, after) for p in parts]
    steps = (task(ask, *outcomes), step(asked, "branch"), task(after))
    return _gathered(ask, after, parts, steps, (to(ask, asked), *ways, *back))


def _both(parts: list[Block], number: int) -> Block:
    split, join = f"split{number}", f"join{number}"
    ways = [t for p in parts for t in (to(split, p.entry), to(p.leaving, join))]
    return _gathered(split, join, parts, (step(split, "split"), step(join, "join")), ways)


def _loop(parts: list[Block], number: int) -> Block:
    body = _sequence(parts, number)
    check, checked, wait, after = (f"{word}{number}" for word in ("check", "checked", "wait", "after"))
    steps = (task(check, "good", "again"), step(checked, "branch"), step(wait, "supplement"), task(after))
    ways = (
        to(body.leaving, check),
        to(check, checked),
        to(checked, after, "good"),
        to(checked, wait, "again"),
        to(wait, body.entry),
    )
    return _gathered(body.entry, after, [body], steps, ways)


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
