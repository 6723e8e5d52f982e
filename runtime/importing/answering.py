"""Answers and amounts of a row: those that the form asks and the rules know, nothing else."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from common.money import Money
from common.text import folded
from form_builder.form import Field
from form_builder.judge import judge
from form_builder.prefill import prefill
from procedure_library.compiled import Compiled
from rules_dsl.spreadsheets.sheet import CellValue
from runtime.engine.imported import PaidBefore
from runtime.importing.cells import words

YES, NO = ("co", "x", "yes", "true", "dung", "1"), ("khong", "no", "false", "sai", "0")


def askable(compiled: Compiled, case_type: str) -> Mapping[str, Field]:
    """The questions that a column can answer, by path: no rows, no files, no addresses."""
    form = compiled.form_at("filing", case_type)
    return {field.path: field for field in _single(form.fields)}


def _single(fields: tuple[Field, ...]) -> Iterator[Field]:
    for field in fields:
        if field.kind == "group":
            yield from _single(field.fields)
        elif field.schema.get("type") in ("string", "integer", "number", "boolean"):
            yield field


def answer(field: Field, value: CellValue) -> Any:
    """The answer as the form keeps it; a text that is none is kept, and judged with the rest."""
    said = words(value)
    if field.choices:
        named = (c.value for c in field.choices if folded(said) in (folded(c.value), folded(c.label.vi)))
        return next(named, said)
    match field.schema.get("type"):
        case "boolean":
            return True if folded(said) in YES else False if folded(said) in NO else said
        case "integer" | "number":
            return _number(value, said)
    return said


def _number(value: CellValue, said: str) -> Any:
    exact = value if isinstance(value, Decimal) else None
    if exact is None and said.lstrip("-").isdigit():
        exact = Decimal(said)
    if exact is None:
        return said
    return int(exact) if exact % 1 == 0 else exact


def placed(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers by path as one nested whole."""
    whole: dict[str, Any] = {}
    for path, said in answers.items():
        *groups, last = path.split(".")
        here = whole
        for group in groups:
            here = here.setdefault(group, {})
        here[last] = said
    return whole


def merged(first: Mapping[str, Any], then: Mapping[str, Any]) -> dict[str, Any]:
    """Both, the second standing where they differ."""
    both = dict(first)
    for key, said in then.items():
        before = both.get(key)
        if isinstance(before, Mapping) and isinstance(said, Mapping):
            both[key] = merged(before, said)
        else:
            both[key] = said
    return both


def known_of(compiled: Compiled, case_type: str, person: Mapping[str, str], said: Mapping[str, Any]) -> Any:
    """The answers with what is known of the person besides."""
    form = compiled.form_at("filing", case_type)
    return merged(prefill(form, {name: text for name, text in person.items() if text}), placed(said))


def wrong_paths(compiled: Compiled, case_type: str, answers: Any, asked: Mapping[str, Any]) -> set[str]:
    """Which of the answers given the form would not take; what was not said is no fault of an old dossier."""
    problems = judge(compiled.form_at("filing", case_type), answers)
    return {problem.where for problem in problems} & set(asked)


def paid_before(compiled: Compiled, case_type: str, rule: str, value: CellValue) -> PaidBefore | None:
    """What had been taken by that rule of the case type, in đồng; None when there is no such rule or amount."""
    kind = compiled.case_type(case_type)
    said = words(value).replace(".", "").replace(" ", "")
    if kind is None or rule not in kind.amounts or not said.isdigit():
        return None
    return PaidBefore(rule, Money(int(said), "VND"))
