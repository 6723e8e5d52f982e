"""What an update of a block changes, in the words of its author: which question, what about it, from what to what."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from form_builder.bank import Change
from form_builder.conditions import clauses, named_by
from form_builder.differences import ABSENT
from form_builder.form import Form
from form_builder.schema import read_form
from form_builder.wtform import Said, said
from procedure_library.canonical import canonical
from rules_dsl.pointers import parts

LONGEST = 160


@dataclass(frozen=True, slots=True)
class ToldChange:
    """One change. `where` is its place in the block, `questions` the titles of those it is about, `attribute` the
    keyword ("" the question as a whole, "asked_when" a condition, spelled in `case`).

    The three texts are "" where there is nothing; of what is only there or not ("required") they are "yes" or "".
    """

    where: str
    kind: str
    questions: tuple[str, ...]
    attribute: str
    base: str
    mine: str
    theirs: str
    case: tuple[Said, ...] = ()


def told(
    changes: Iterable[Change], blocks: Sequence[Mapping[str, Any]], language: str
) -> tuple[ToldChange, ...]:
    """The changes in their order; `blocks` are asked one after another what a question is called."""
    telling = _Telling(tuple(read_form(block) for block in blocks), language)
    return tuple(telling.change(each) for each in changes)


@dataclass(frozen=True, slots=True)
class _Telling:
    forms: tuple[Form, ...]
    language: str

    def change(self, change: Change) -> ToldChange:
        path, rest = _split(change.where)
        match rest:
            case ["allOf", test, *inner]:
                return self._case(change, path, test, inner)
            case ["required", key]:
                return self._told(change, [_under(path, key)], "required", "yes")
            case ["required" | "allOf" as attribute]:
                return self._told(change, [path], "asked_when" if attribute == "allOf" else attribute, "yes")
            case [attribute, *_more]:
                return self._told(change, [path], attribute)
        return self._told(change, [path], "")

    def _case(self, change: Change, path: str, test: str, inner: list[str]) -> ToldChange:
        texts = (change.theirs, change.mine, change.base)
        whole = next((each for each in texts if isinstance(each, Mapping) and "then" in each), {"then": {}})
        asked = [inner[-1]] if len(inner) > 1 else named_by(whole["then"])
        spelt = (clauses(form, path, json.loads(test)) for form in self.forms)
        case = tuple(said(clause, self.language) for clause in next(filter(None, spelt), ()))
        return self._told(change, [_under(path, key) for key in asked], "asked_when", "yes", case)

    def _told(
        self,
        change: Change,
        paths: Sequence[str],
        attribute: str,
        there: str = "",
        case: tuple[Said, ...] = (),
    ) -> ToldChange:
        texts = (
            there if there and each is not ABSENT else _words(each)
            for each in (change.base, change.mine, change.theirs)
        )
        titles = tuple(self._title(path) for path in paths if path)
        return ToldChange(change.where, change.kind, titles, attribute, *texts, case)

    def _title(self, path: str) -> str:
        found = (form.field_at(path) for form in self.forms)
        return next((field.title.in_(self.language) for field in found if field), path)


def _split(where: str) -> tuple[str, list[str]]:
    """The path of the question that the pointer leads into, and the rest of the way."""
    way, path = parts(where) if where else [], list[str]()
    while way and (way[0] == "items" or (way[0] == "properties" and len(way) > 1)):
        if way[0] == "properties":
            path.append(way[1])
        way = way[2 if way[0] == "properties" else 1 :]
    return ".".join(path), way


def _under(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _words(value: Any) -> str:
    """The value as one reads it: a text as it is, of a question or an answer its title, else JSON."""
    if value is ABSENT:
        return ""
    if isinstance(value, Mapping) and isinstance(value.get("title"), str):
        return str(value["title"])
    text = value if isinstance(value, str) else canonical(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
