"""What was typed into the panel as a page: the fields that the page asked for replace what stands, all else stays."""

import re
from collections.abc import Collection, Iterator
from typing import Any, Protocol

from common.problems import Finding, Refusal
from designer.step_notices import PARAGRAPHS
from designer.step_panel import Element, step_said
from procedure_library.bpmn import Steps
from procedure_library.definition import Step
from procedure_library.step_editing import Edited, change_step, change_way
from procedure_library.step_editing.keys import free, key_from

# By the list that a step has: what its rows are called in the form, and the field that names one.
ROWS = {"outcomes": ("outcome", "label"), "asks": ("ask", "name"), "passings": ("passing", "source")}
FRESH: dict[str, Element] = {
    "outcomes": {"label": ""},
    "asks": {"name": "", "role": "leader"},
    "passings": {"way": "passes", "source": "", "target": ""},
}
# What a step is, and where it stands: said by the graph, not by its panel.
FIXED = ("key", "kind", "before", "from", "to", "from_kind", "on")


class Typed(Protocol):
    """A posted form. `asked` in it names the ticks and lists of rows that the page showed: one that is not sent was
    taken out, one that was not asked for stays."""

    def get(self, name: str, default: str, /) -> str: ...

    def getlist(self, name: str, /) -> list[str]: ...

    def __iter__(self) -> Iterator[str]: ...

    def __contains__(self, name: object, /) -> bool: ...


def typed(element: Element, form: Typed) -> Element:
    """The element as the form has it, spelled as it was typed."""
    asked = set(form.getlist("asked"))
    return {
        name: value if name in FIXED else _typed(name, value, form, asked) for name, value in element.items()
    }


def with_row(element: Element, row: str) -> Element:
    """With one more empty row of the list whose rows are called so; as it is where there is no such list."""
    return {
        name: [*value, {**FRESH[name], "fresh": True}] if name in ROWS and ROWS[name][0] == row else value
        for name, value in element.items()
    }


def without_row(element: Element, row: str, place: int) -> Element:
    """Without one of them; `taken_out` says of which list, so that the page goes on there."""
    left = {
        name: [each for i, each in enumerate(value) if i != place]
        if name in ROWS and ROWS[name][0] == row
        else value
        for name, value in element.items()
    }
    return {**left, "taken_out": row}


def step_changed(
    steps: Steps, step: Step, element: Element, kept: Collection[str]
) -> Edited | Refusal | tuple[Finding, ...]:
    """The steps with what the panel of one of them says; `kept` are keys that never change."""
    keyed = _alone({name: _keyed(name, value) for name, value in element.items()})
    said = step_said(step, keyed)
    if not isinstance(said, Step):
        return said
    follow = {row.get("was"): row["key"] for row in keyed.get("outcomes", ())}
    answer = change_step(steps, step.key, said, rows=follow.get, kept=kept)
    if isinstance(answer, Refusal) or "ways" not in element:
        return answer
    return _with_ways(answer, element, dict(zip(_keys(steps), _keys(answer.steps), strict=True)))


def way_changed(steps: Steps, element: Element) -> Edited | Refusal:
    """The steps with what the panel of a transition says."""
    return change_way(steps, element["key"], element["when"] or None, default=bool(element["is_default"]))


def _with_ways(edited: Edited, element: Element, called: dict[str, str]) -> Edited | Refusal:
    """`called`: transitions may have got other keys with the step's name."""
    steps = edited.steps
    for way in element["ways"]:
        is_default = way["key"] == element["default"]
        answer = change_way(steps, called[way["key"]], way["when"] or None, default=is_default)
        if isinstance(answer, Refusal):
            return answer
        steps = answer.steps
    return Edited(steps, edited.key)


def _keys(steps: Steps) -> list[str]:
    return [way.key for way in steps.transitions]


def _typed(name: str, value: Any, form: Typed, asked: Collection[str]) -> Any:
    if name == "ways":
        return [{**way, "when": form.get(f"when.{way['key']}", way["when"]).strip()} for way in value]
    if name in ROWS:
        return list(_rows(ROWS[name], form)) if ROWS[name][0] in asked else value
    if isinstance(value, list):
        return [key for said in form.getlist(name) for key in said.split()] if name in asked else value
    if isinstance(value, bool):
        return name in form if name in asked else value
    if name in form:
        return _lines(name, form.get(name, ""))
    return "" if name in asked else value


def _lines(name: str, said: str) -> str:
    lines = re.sub(r"\r\n?", "\n", said).strip()
    return lines if name in PARAGRAPHS else re.sub(r"\s*\n\s*", " ", lines)


def _rows(called: tuple[str, str], form: Typed) -> Iterator[Element]:
    """The rows in the order of their numbers, which may have gaps."""
    row, words = called
    numbers = sorted(
        {int(m[1]) for name in form if (m := re.fullmatch(rf"{row}\.(\d{{1,4}})\.{words}", name))}
    )
    for number in numbers:
        start = f"{row}.{number}."
        parts = [name for name in form if name.startswith(start)]
        yield {"key": "", **{name.removeprefix(start): _lines("", form.get(name, "")) for name in parts}}


def _keyed(name: str, value: Any) -> Any:
    """Rows with their keys. Named once, a key stays: dossiers and transitions go by it."""
    if name not in ROWS:
        return value
    (row, words), taken, keyed = ROWS[name], set[str](), []
    for number, each in enumerate(value, 1):
        said = key_from(each.get("key", ""))
        made_up = re.fullmatch(rf"{row}_\d+", said)
        stem = said if said and not made_up else key_from(each.get(words, "")) or said or f"{row}_{number}"
        taken.add(key := free(stem, taken))
        keyed.append({**each, "key": key, **_function(name, each)})
    return keyed


def _function(name: str, row: Element) -> Element:
    return {"function": key_from(row.get("function", ""))} if name == "asks" else {}


def _alone(element: Element) -> Element:
    """Where a rule says who works on a task, nobody else does."""
    return {**element, "role": "", "area": ""} if element.get("assign") else element
