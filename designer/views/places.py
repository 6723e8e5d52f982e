"""Where in a draft a finding is mended: the page, and the place on it."""

from collections.abc import Iterable

from flask import url_for

from common.problems import Finding
from procedure_library.definition import Definition
from procedure_library.package import FORM, HEAD, RULES, STEPS

Linked = tuple[tuple[Finding, str | None], ...]


def linked(number: int, findings: Iterable[Finding], definition: object = None) -> Linked:
    """Each finding with the address where its author mends it."""
    return tuple((finding, place_of(number, finding, definition)) for finding in findings)


def place_of(number: int, finding: Finding, definition: object = None) -> str:
    """The page of the draft that speaks of the place; the overview of its head when no page is nearer."""
    where = finding.where
    if where.startswith("/") or (not where and finding.code.startswith("form.")):
        return _in_form(number, where)
    in_the_text = finding.line is not None and finding.code.startswith("procedures.rule.")
    if where == RULES or finding.code.startswith("rules.") or in_the_text or where in _rules(definition):
        line = f"line-{finding.line}" if finding.line else None
        return url_for("designer.draft_rules", number=number, _anchor=line)
    if where.startswith("letters/"):
        return url_for("designer.draft_letters", number=number)
    if where.startswith("examples/") or finding.code.startswith("procedures.example."):
        return url_for("designer.draft_examples", number=number)
    if where == FORM or where in _pages(definition):
        return url_for("designer.draft_form", number=number)
    if where == STEPS or where in _drawn(definition):
        return url_for("designer.draft_steps", number=number)
    if where in _cases(definition):
        return url_for("designer.case_type", number=number, key=where)
    return url_for("designer.draft_head", number=number, _anchor=None if where == HEAD else "head")


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


def _in_form(number: int, pointer: str) -> str:
    path = field_path(pointer)
    anchor = f"field-{path}" if path else None
    return url_for("designer.draft_form", number=number, _anchor=anchor)


def _rules(definition: object) -> frozenset[str]:
    if not isinstance(definition, Definition):
        return frozenset()
    kinds = definition.case_types
    terms = {kind.term for kind in kinds if kind.term}
    return frozenset(terms.union(*((*kind.amounts, *kind.components, *kind.conditions) for kind in kinds)))


def _pages(definition: object) -> frozenset[str]:
    if not isinstance(definition, Definition):
        return frozenset()
    return frozenset(page["key"] for page in definition.form.get("x-motcua-pages", ()))


def _drawn(definition: object) -> frozenset[str]:
    if not isinstance(definition, Definition):
        return frozenset()
    return frozenset(each.key for each in (*definition.steps, *definition.transitions))


def _cases(definition: object) -> frozenset[str]:
    if not isinstance(definition, Definition):
        return frozenset()
    return frozenset(kind.key for kind in definition.case_types)
