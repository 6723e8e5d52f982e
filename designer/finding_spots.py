"""Which part of a procedure a finding is about, and the thing in it by the name that people gave it."""

from collections.abc import Iterator
from dataclasses import dataclass

from common.problems import Finding
from common.text import Text
from designer.draft_parts import part_of
from form_builder.schema import read_form
from procedure_library.checks.titles import page_titles
from procedure_library.compiled import read_rules
from procedure_library.definition import Definition
from procedure_library.package import FORM, HEAD, RULES, STEPS

# Findings about the graph as a whole name the procedure, not a step.
DRAWN = ("procedures.start.", "procedures.end.", "procedures.bpmn.", "procedures.steps.")


@dataclass(frozen=True, slots=True)
class Spot:
    """`part` is one of `designer.draft_parts`; `title` None: the part as a whole. `key` is the thing's own key,
    of a question its dotted path; `kind` "case_type", "page" or "" for what a part otherwise consists of."""

    part: str
    title: Text | None = None
    key: str = ""
    kind: str = ""


def spot_of(finding: Finding, definition: object = None) -> Spot:
    """Where its author mends it; of a draft that cannot be read only the part is known."""
    part, where = _part(finding), finding.where
    if part == "form" and where.startswith("/"):
        return _question(where, definition)
    known = [spot for spot in _spots(definition) if spot.key == _key(where) and part in (spot.part, None)]
    return known[0] if known else Spot(part or "head")


def field_path(pointer: str) -> str:
    """The dotted path of the field that a JSON pointer into the form leads to; "" when to none.

    "/properties/documents/items/properties/pages/title" → "documents.pages".
    """
    parts, path, number = pointer.strip("/").split("/"), [], 0
    while number + 1 < len(parts) and parts[number] in ("properties", "items"):
        if parts[number] == "items":
            number += 1
            continue
        path.append(parts[number + 1])
        number += 2
    return ".".join(path)


def _part(finding: Finding) -> str | None:
    """The part, as far as code and place alone tell it."""
    code, where = finding.code, finding.where
    if where.startswith("/") or code.startswith(("form.", "procedures.computed.")):
        return "form"
    if code.startswith("procedures.example."):
        return "examples"
    in_the_text = code.startswith("procedures.rule.") and finding.line is not None
    if in_the_text or code.startswith(("rules.", "procedures.rule.unused", "procedures.rule.fact_")):
        return "rules"
    if where in (HEAD, STEPS, FORM, RULES) or where.startswith(("letters/", "examples/")):
        return part_of(where)
    return "steps" if code.startswith(DRAWN) else None


def _key(where: str) -> str:
    """A step's key of its outcome's ("sign.granted"), a letter's of its file ("letters/result.typ")."""
    return where.rpartition("/")[2].partition(".")[0]


def _question(pointer: str, definition: object) -> Spot:
    path = field_path(pointer)
    field = read_form(definition.form).field_at(path) if isinstance(definition, Definition) and path else None
    return Spot("form", field.title if field else None, path)


def _spots(definition: object) -> Iterator[Spot]:
    """Everything in the definition that a finding may name."""
    if not isinstance(definition, Definition):
        return
    names = {step.key: step.name if step.name.vi else Text(step.key) for step in definition.steps}
    yield from (Spot("steps", name, key) for key, name in names.items())
    for way in definition.transitions:
        ends = [names.get(key, Text(key)) for key in (way.source, way.target)]
        yield Spot(
            "steps", Text(*(" → ".join(e.in_(speak) for e in ends) for speak in ("vi", "en"))), way.key
        )
    yield from (Spot("form", title, key, "page") for key, title in page_titles(definition).items())
    yield from (Spot("head", each.name, each.key, "case_type") for each in definition.case_types)
    yield from (Spot("letters", each.name, each.key) for each in definition.letters)
    yield from (Spot("examples", each.name, each.key) for each in definition.examples)
    yield from (Spot("rules", r.title, r.name) for r in read_rules(definition.rules).rules.rules if r.name)
    yield from (Spot("head", each.name, each.key) for each in definition.results)
