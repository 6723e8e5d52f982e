"""The differences between two definitions in the words of those who must agree to them."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from form_builder.remarks import REMARKS
from form_builder.schema import read_form
from procedure_library.compare import Change
from procedure_library.definition import Definition
from procedure_library.package import RULES
from rules_dsl.parser import parse

# Attributes that name other things, by the family of what they name.
NAMING = {
    "fields": "field", "pages": "page", "shows": "page", "fills": "page", "corrects": "page", "term": "rule",
    "amounts": "rule", "components": "rule", "conditions": "rule", "collects": "rule", "choice": "rule",
    "assign": "rule", "prints": "letter", "must_print": "letter", "source": "step", "target": "step",
}  # fmt: skip
# Where the title of a member of a list stands.
TITLES = ("vi", "title", "label", "name", *REMARKS, "text")
# In the order in which a reader of a decision asks.
FAMILIES = (
    "head", "law", "case_type", "page", "field", "rule", "step", "transition", "result", "letter", "example",
)  # fmt: skip


# (family, key) → what people call it.
Names = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that came, went or changed. `name` is what people call it; `details` its changed attributes.

    Each detail is (attribute, before, after), "" where there is none.
    """

    kind: str
    thing: str
    key: str
    name: str
    details: tuple[tuple[str, str, str], ...]


def told(
    changes: tuple[Change, ...], before: Definition, after: Definition, language: str
) -> tuple[Told, ...]:
    """The changes, one entry for each thing, in the order of the parts of a procedure."""
    names = {**dict(_names(before, language)), **dict(_names(after, language))}
    things: dict[tuple[str, str, str], list[Change]] = {}
    for change in changes:
        things.setdefault((change.kind, change.thing, change.key), []).append(change)
    found = (
        Told(kind, thing, key, names.get((thing, key), key), tuple(_details(several, names)))
        for (kind, thing, key), several in things.items()
    )
    return tuple(sorted(found, key=lambda each: FAMILIES.index(each.thing)))


def _details(changes: list[Change], names: Names) -> Iterator[tuple[str, str, str]]:
    for change in changes:
        if change.thing in ("rule", "letter") or change.kind == "changed":
            said = [_said(text, change.attribute, names) for text in (change.before, change.after)]
            # Where people read the same words, the difference is in what the file says besides.
            if said[0] == said[1]:
                said = [_plain(text) for text in (change.before, change.after)]
            yield change.attribute, said[0], said[1]


def _said(text: str, attribute: str, names: Names) -> str:
    """A JSON text in people's words: things by their names, several with commas between them."""
    value = json.loads(text) if text else ""
    family = NAMING.get(attribute, "")
    if isinstance(value, str) and family:
        return names.get((family, value), value)
    if isinstance(value, list) and value and all(_title(each) for each in value):
        return ", ".join(names.get((family, _title(each)), _title(each)) for each in value)
    return "" if value == [] else _plain(text)


def _title(value: Any) -> str:
    """What a member of a list is called: itself, its Vietnamese text, or that of its name; "" when it has none."""
    if isinstance(value, dict):
        return _title(next((value[name] for name in TITLES if value.get(name)), ""))
    return value if isinstance(value, str) else ""


def _plain(text: str) -> str:
    """A JSON text as it is read: a string without quotes, a bilingual text in both its languages, whose a step is
    with its law."""
    value = json.loads(text) if text else ""
    if isinstance(value, dict) and ("basis" in value or "who" in value):
        return " · ".join(filter(None, (_title(value.get("who", "")), value.get("basis", ""))))
    if isinstance(value, dict) and "text" in value:
        value = value["text"]
    if isinstance(value, dict) and "vi" in value:
        value = value["vi"] if set(value) == {"vi"} else f"{value['vi']} / {value['en']}"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=1)


def _names(definition: Definition, language: str) -> Iterator[tuple[tuple[str, str], str]]:
    yield ("head", definition.key), definition.name.in_(language)
    keyed: Mapping[str, Any] = {
        "case_type": definition.case_types,
        "step": definition.steps,
        "result": definition.results,
        "letter": definition.letters,
        "example": definition.examples,
    }
    for thing, several in keyed.items():
        yield from (((thing, each.key), each.name.in_(language)) for each in several)
    steps = {step.key: step.name.in_(language) for step in definition.steps}
    for flow in definition.transitions:
        yield ("transition", flow.key), f"{steps.get(flow.source)} → {steps.get(flow.target)}"
    yield from (((RULE, rule.name), rule.title.in_(language)) for rule in _rules(definition) if rule.name)
    form = read_form(definition.form)
    yield from ((("field", each.path), each.title.in_(language)) for each in form.every_field())
    yield from ((("page", page.key), page.title.in_(language)) for page in form.pages)


RULE = "rule"


def _rules(definition: Definition) -> Any:
    return parse(definition.rules, RULES).rules.rules
