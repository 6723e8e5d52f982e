"""Puts the parts of a rule together."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from common.problems import Finding
from common.text import Text
from rules_dsl.grammar.parts import Said, law_of
from rules_dsl.nodes import (
    NO_LAW,
    UNTITLED,
    All,
    Always,
    AmountRule,
    AnyRule,
    Assign,
    Choice,
    Clause,
    Component,
    Condition,
    Example,
    Interpolation,
    Let,
    Parameter,
    Place,
    Rate,
    Table,
    Term,
)

VALUED = {"charge", "fee", "term", "condition", "component", "choice", "assign"}
REPEATABLE = {"cites", "given", "expected", "requires", "copies", "points"}


def assemble(kind: str, parts: list[Any], place: Place, where: str) -> tuple[AnyRule | None, list[Finding]]:
    """The rule, and what is wrong with it as a whole; None when it says nothing that could be a rule."""
    things = [part for part in parts if isinstance(part, Said)]
    lines = tuple(part for part in parts if isinstance(part, Clause))
    findings = list(_repeated(things, where))
    said = _Told(things)
    common = {"name": said.one("name", ""), "title": said.title(), "law": law_of(things), "place": place}
    if kind in VALUED:
        common["as_of"] = said.one("as_of", "reception")
    rule = _BUILDERS[kind](kind, said, lines, common)
    if rule is None:
        findings.append(
            Finding("rules.empty_rule", where, {"name": common["name"]}, line=place.line, column=place.column)
        )
    return rule, findings


class _Told:
    """What was said, by key."""

    def __init__(self, things: list[Said]) -> None:
        self.things = things

    def every(self, key: str) -> list[Any]:
        return [thing.value for thing in self.things if thing.key == key]

    def one(self, key: str, instead: Any = None) -> Any:
        return next(iter(self.every(key)), instead)

    def title(self) -> Text:
        words, english = self.one("title", ""), self.one("english", "")
        return Text(words, english) if words or english else UNTITLED


def _repeated(things: Iterable[Said], where: str) -> Iterable[Finding]:
    seen: Counter[str] = Counter()
    for thing in things:
        seen[thing.key] += 1
        if seen[thing.key] == 2 and thing.key not in REPEATABLE:
            yield Finding("rules.repeated_line", where, {}, line=thing.place.line, column=thing.place.column)


def _amount(kind: Any, said: _Told, lines: tuple[Any, ...], common: dict[str, Any]) -> AmountRule | None:
    if not lines:
        return None
    return AmountRule(
        kind=kind,
        clauses=lines,
        each=said.one("each"),
        combine=said.one("combine"),
        **common,
    )


def _term(_kind: str, said: _Told, lines: tuple[Any, ...], common: dict[str, Any]) -> Term | None:
    if not lines:
        return None
    keys = ("cut_off", "hours", "supplement", "extension", "since")
    return Term(clauses=lines, **{key: said.one(key) for key in keys}, **common)


def _condition(_kind: str, said: _Told, _lines: tuple[Any, ...], common: dict[str, Any]) -> Condition | None:
    required = tuple(said.every("requires"))
    if not required:
        return None
    whole = required[0] if len(required) == 1 else All(required, place=required[0].place)
    return Condition(requires=whole, **common)


def _component(_kind: str, said: _Told, _lines: tuple[Any, ...], common: dict[str, Any]) -> Component:
    counts: Counter[str] = Counter()
    for sort, count in said.every("copies"):
        counts[sort] += count
    return Component(
        originals=counts["original"],
        certified=counts["certified"],
        photocopies=counts["photocopy"],
        when=said.one("when"),
        one_of=said.one("one_of"),
        **common,
    )


def _choice(_kind: str, _said: _Told, lines: tuple[Any, ...], common: dict[str, Any]) -> Choice | None:
    return Choice(options=lines, **common) if lines else None


def _assign(_kind: str, _said: _Told, lines: tuple[Any, ...], common: dict[str, Any]) -> Assign | None:
    return Assign(assignees=lines, **common) if lines else None


def _parameter(_kind: str, said: _Told, lines: tuple[Any, ...], common: dict[str, Any]) -> Parameter | None:
    local = said.one("local")
    return Parameter(values=lines, local=local, **common) if lines or local else None


def _table(_kind: str, said: _Told, lines: tuple[Any, ...], common: dict[str, Any]) -> Table | None:
    keys, policy = said.one("keys"), said.one("policy", "unique")
    return Table(keys=keys, policy=policy, rows=lines, **common) if lines else None


def _interpolation(
    _kind: str, said: _Told, _lines: tuple[Any, ...], common: dict[str, Any]
) -> Interpolation | None:
    points = tuple(said.every("points"))
    return Interpolation(quantity=said.one("quantity"), points=points, **common) if points else None


def _rate(_kind: str, said: _Told, _lines: tuple[Any, ...], common: dict[str, Any]) -> Rate:
    return Rate(source=said.one("source"), target=said.one("target"), on=said.one("on"), **common)


def _always(_kind: str, said: _Told, _lines: tuple[Any, ...], common: dict[str, Any]) -> Always:
    return Always(claim=said.one("claim"), **common)


def _let(_kind: str, said: _Told, _lines: tuple[Any, ...], common: dict[str, Any]) -> Let | None:
    value = said.one("value")
    return None if value is None else Let(value=value, **{**common, "law": NO_LAW})


def _example(_kind: str, said: _Told, _lines: tuple[Any, ...], common: dict[str, Any]) -> Example | None:
    given = tuple(setting for settings in said.every("given") for setting in settings)
    expected = tuple(setting for settings in said.every("expected") for setting in settings)
    return Example(given=given, expected=expected, **common) if expected else None


_BUILDERS: dict[str, Any] = {
    "charge": _amount,
    "fee": _amount,
    "term": _term,
    "condition": _condition,
    "component": _component,
    "choice": _choice,
    "assign": _assign,
    "parameter": _parameter,
    "table": _table,
    "interpolation": _interpolation,
    "rate": _rate,
    "let": _let,
    "always": _always,
    "example": _example,
}
