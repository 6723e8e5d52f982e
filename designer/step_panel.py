"""A step or transition as the panel shows it, and back: one dictionary of what the fields are called, the same that the
canvas sends (static/src/canvas/description.js).

How an attribute becomes fields follows from its type in `procedure_library.definition`: a text is NAME and NAME_en, a
duration NAME_amount and NAME_unit, a list of keys some ticks, a list of records rows called OUTCOME.0.LABEL, and a
record the fields of its own attributes. So an attribute that is added there, with a field in
templates/designer/_step*.html, is read and written here already.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from common.problems import Finding
from common.text import Text
from designer.step_notices import notice_fields, notices_said
from procedure_library.bpmn import Steps
from procedure_library.bpmn.steps import PASSINGS
from procedure_library.definition import Duration, Outcome, Step, Transition
from procedure_library.linking import Call
from procedure_library.step_editing.rules import CHOOSING
from procedure_library.structure import read

Element = dict[str, Any]
# What the form calls an attribute otherwise than the definition does.
CALLED = {"who": "responsible"}
# What a step is called, for a list of ways.
Called = Callable[[Step], str]


def step_element(steps: Steps, step: Step, called: Called) -> Element:
    """What the panel shows of a step."""
    element: Element = {**_fields_of(Step, step), **notice_fields(step), "kind": step.kind, "key": step.key}
    if step.kind in CHOOSING:
        known = {each.key: each for each in steps.steps}
        out = [w for w in steps.transitions if w.source == step.key and w.on is None and w.target in known]
        element["ways"] = [
            {"key": way.key, "to": called(known[way.target]), "when": way.when or ""} for way in out
        ]
        element["default"] = next((way.key for way in out if way.default), "")
        element["before"] = _before(steps, step)
    return element


def way_element(steps: Steps, way: Transition, called: Called) -> Element:
    """What the panel shows of a transition whose ends are there."""
    known = {step.key: step for step in steps.steps}
    source = known[way.source]
    element: Element = {"kind": "transition", "key": way.key, "on": way.on or "", "when": way.when or ""}
    element |= {"from": called(source), "to": called(known[way.target]), "from_kind": source.kind}
    element |= {"is_default": way.default, "choice": source.choice or "", "before": _before(steps, source)}
    return element


def step_said(step: Step, element: Mapping[str, Any]) -> Step | tuple[Finding, ...]:
    """The step as the fields say it. Findings: what cannot be such an attribute."""
    found: list[Finding] = []
    body = {**_body(Step, element), "key": step.key, "kind": step.kind, "notices": [*notices_said(element)]}
    body.pop("call", None)
    if step.kind == "call":
        body["call"] = {**_body(Call, element), **_handed_on(element)}
    said: Step = read(Step, body, step.key, found.append)
    return tuple(found) or said


def _fields_of(kind: type, record: Any) -> Element:
    """The fields of a record, those of the records in it among them; empty where there is none."""
    found: Element = {}
    for name, hint in _hints(kind).items():
        value = getattr(record, name) if record is not None else None
        if hint is Call:
            found |= {**_fields_of(Call, value), "passings": list(_passings(value))} if value else {}
        elif _is_record(hint):
            found |= _fields_of(hint, value)
        else:
            found |= _fields(CALLED.get(name, name), hint, value)
    return found


def _fields(name: str, hint: Any, value: Any) -> Element:
    if hint is Text:
        return {name: value.vi if value else "", f"{name}_en": value.en if value else ""}
    if hint is Duration:
        said = (str(value.amount), value.unit) if value else ("", "")
        return dict(zip((f"{name}_amount", f"{name}_unit"), said, strict=True))
    if get_origin(hint) is tuple and is_dataclass(member := get_args(hint)[0]):
        rows = [(_fields_of(member, row), getattr(row, "key", "")) for row in value or ()]
        return {name: [{**row, "was": key} for row, key in rows]}
    if get_origin(hint) is tuple:
        return {name: list(value or ())}
    return {name: value if isinstance(value, bool) else "" if value is None else str(value)}


def _body(kind: type, element: Mapping[str, Any]) -> dict[str, Any]:
    """The record as a file spells it; what is left empty is not said where it need not be."""
    required = {f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING}
    spelled = ((name, _spelled(CALLED.get(name, name), hint, element)) for name, hint in _hints(kind).items())
    return {name: value for name, value in spelled if name in required or _is_said(value)}


def _is_said(value: Any) -> bool:
    return any(map(_is_said, value.values())) if isinstance(value, dict) else value not in ("", None)


def _spelled(name: str, hint: Any, element: Mapping[str, Any]) -> Any:
    if hint is Text:
        return {"vi": element.get(name, ""), "en": element.get(f"{name}_en", "")}
    if hint is Duration:
        amount = "".join(element.get(f"{name}_amount", "").split())
        return {"amount": _number(amount), "unit": element.get(f"{name}_unit", "")} if amount else None
    if _is_record(hint):
        return _body(hint, element)
    if get_origin(hint) is tuple and is_dataclass(member := get_args(hint)[0]):
        return [_body(member, row) for row in element.get(name, ())]
    value = element.get(name, "")
    if hint is bool:
        return bool(value)
    return _number(value) if hint is int and value else value


def _is_record(hint: Any) -> bool:
    return is_dataclass(hint) and hint not in (Text, Duration)


def _number(typed: str) -> int | str:
    return int(typed) if typed.isdecimal() and len(typed) < 9 else typed


def _passings(call: Call) -> Iterator[dict[str, str]]:
    for way in PASSINGS:
        for each in getattr(call, way):
            yield {"key": "", "way": way, "source": each.source, "target": each.target}


def _handed_on(element: Mapping[str, Any]) -> dict[str, Any]:
    rows = element.get("passings", ())
    return {
        way: [{"source": row["source"], "target": row["target"]} for row in rows if row["way"] == way]
        for way in PASSINGS
    }


def _before(steps: Steps, branch: Step) -> list[Element]:
    """The outcomes that a branch may go by: those of the steps right before it."""
    ends = {way.source for way in steps.transitions if way.target == branch.key and way.on is None}
    return [_fields_of(Outcome, outcome) for step in steps.steps if step.key in ends for outcome in step.ways]


@cache
def _hints(kind: type) -> dict[str, Any]:
    """By attribute its type, where it may be None that of what is given; notices have fields of their own."""
    return {name: _given(hint) for name, hint in get_type_hints(kind).items() if name != "notices"}


def _given(hint: Any) -> Any:
    members = get_args(hint)
    return next(m for m in members if m is not NoneType) if NoneType in members else hint
