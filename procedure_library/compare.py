"""What one definition changes against another: things that came, went, or say something else.

Things are matched by their lasting keys, so that a renamed step is a changed name, not another step.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from form_builder.schema import read_form
from procedure_library.canonical import canonical
from procedure_library.definition import Definition
from procedure_library.structure import plain
from rules_dsl.formatter import format_rules
from rules_dsl.nodes import RuleFile
from rules_dsl.parser import parse

Kind = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `thing` is its family ("step", "field", "rule", "head" …), `key` its lasting key.

    `attribute` is what changed in it, "" when the thing itself came or went; `before` and `after` are the
    JSON texts of the values, "" where there is none.
    """

    kind: Kind
    thing: str
    key: str
    attribute: str = ""
    before: str = ""
    after: str = ""


def compare(before: Definition, after: Definition) -> tuple[Change, ...]:
    """What must be done to `before` to get `after`; empty when they say the same (drawings aside)."""
    old, new = _things(before), _things(after)
    return tuple(change for thing in new for change in _family(thing, old[thing], new[thing]))


_Family = Mapping[str, Mapping[str, Any]]


def _things(definition: Definition) -> Mapping[str, _Family]:
    """Everything a definition holds, by family and key; each thing as its attributes."""
    body = plain(definition)
    return {
        "head": {definition.key: {name: value for name, value in body.items() if name not in _ELSEWHERE}},
        "law": {item["number"]: item for item in body.get("legal_basis", ())},
        **{thing: {item["key"]: item for item in body.get(name, ())} for name, thing in _KEYED.items()},
        "page": {page["key"]: page for page in definition.form.get("x-motcua-pages", ())},
        "field": dict(_fields(definition)),
        "rule": {name: {"text": text} for name, text in _rules(definition)},
    }


_KEYED = {
    "results": "result",
    "case_types": "case_type",
    "steps": "step",
    "transitions": "transition",
    "letters": "letter",
    "examples": "example",
}
_ELSEWHERE = (*_KEYED, "legal_basis", "form", "rules", "drawing", "format")


def _fields(definition: Definition) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The fields by dotted path. What a group or row holds is told of its fields, not of itself."""
    inside = ("properties", "required", "items", "allOf", "if", "then")
    for field in read_form(definition.form).every_field():
        said = {name: value for name, value in field.schema.items() if name not in inside}
        asked_when = [{"if": case.test, "required": case.required} for case in field.asked_when]
        yield field.path, {**said, "required": field.required, "asked_when": asked_when}


def _rules(definition: Definition) -> Iterator[tuple[str, str]]:
    """The rules by name, as the formatter prints them: a changed indent is no change.

    What has no name goes by its title, and a claim by itself: another claim is another thing.
    """
    parsed = parse(definition.rules).rules
    for rule in parsed.rules:
        text = format_rules(RuleFile(parsed.language, (rule,)))
        yield rule.name or rule.title.vi or text.partition("\n\n")[2].strip(), text


def _family(thing: str, old: _Family, new: _Family) -> Iterator[Change]:
    for key in old.keys() - new.keys():
        yield Change("removed", thing, key, before=canonical(old[key]))
    for key, attributes in new.items():
        if key not in old:
            yield Change("added", thing, key, after=canonical(attributes))
            continue
        for name in sorted(old[key].keys() | attributes.keys()):
            one, other = (canonical(side[name]) if name in side else "" for side in (old[key], attributes))
            if one != other:
                yield Change("changed", thing, key, name, one, other)
