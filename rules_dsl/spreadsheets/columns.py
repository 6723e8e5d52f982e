"""What each column of a sheet holds: told by the key that its header carries behind the title."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from common.money import EXPONENTS
from common.problems import Finding
from common.text import folded
from rules_dsl.fact_types import FactType
from rules_dsl.keywords import KEYWORDS
from rules_dsl.nodes import Language, Table
from rules_dsl.spreadsheets.sheet import CellValue, finding_at

# Besides the keys of the table: a mark, and the words of the language that mean the same.
VALUE, BEFORE, BESIDE = "=", "##", "#"
LAW = ("from_on", "until_on", "cites")
SPOKEN: tuple[Language, ...] = ("vi", "en")
_KEY = re.compile(r"\(([^()]*)\)\s*$")
_UNIT = re.compile(rf"=\s*({'|'.join(EXPONENTS)}|%)?")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where to find what, counted from 0: the keys in their order, and the others by mark if they are there.

    `unit` is that of bare numbers in the column of values: a currency, "%", or "" for plain numbers.
    """

    keys: tuple[int, ...]
    others: Mapping[str, int]
    unit: str = ""


def columns_of(
    head: Sequence[CellValue], table: Table, facts: Mapping[str, FactType]
) -> Columns | tuple[Finding, ...]:
    """The columns by their headers, in whatever order they stand; or what is wrong with the headers."""
    marks = [_mark(str(cell), table, facts) if cell is not None else "" for cell in head]
    wrong = [*_unknown(head, marks, table), *_twice(marks), *_missing(marks, table)]
    if wrong:
        return tuple(wrong)
    where = {mark: number for number, mark in enumerate(marks) if mark}
    unit = next((found[1] for cell in head if cell and (found := _UNIT.fullmatch(_inside(str(cell))))), None)
    keys = tuple(where[key.path] for key in table.keys)
    return Columns(keys, {mark: number for mark, number in where.items() if number not in keys}, unit or "")


def _mark(text: str, table: Table, facts: Mapping[str, FactType]) -> str | None:
    """The key of the table, VALUE, BEFORE, BESIDE or one of LAW; None when it is none of these."""
    inside = _inside(text)
    keys = [key.path for key in table.keys]
    # A key that is also a word of the language stands between backticks, as in the rules.
    law = next((mark for mark in LAW if folded(inside) in _forms(mark)), None)
    if law or inside in (BEFORE, BESIDE):
        return law or inside
    if inside.strip("`") in keys:
        return inside.strip("`")
    if _UNIT.fullmatch(inside):
        return VALUE
    return next((key for key in keys if key in facts and _is_called(text, facts[key])), None)


def _forms(mark: str) -> frozenset[str]:
    return frozenset(folded(form) for language in SPOKEN for form in KEYWORDS[mark].forms(language))


def _inside(text: str) -> str:
    """What stands between the last parentheses; the whole when there are none."""
    found = _KEY.search(text)
    return (found[1] if found else text).strip()


def _is_called(text: str, fact: FactType) -> bool:
    return folded(text.strip()) in {folded(title) for title in (fact.title.vi, fact.title.en) if title}


def _unknown(head: Sequence[CellValue], marks: Sequence[str | None], table: Table) -> Iterator[Finding]:
    for column, mark in enumerate(marks, 1):
        if mark is None:
            found = str(head[column - 1])
            near = get_close_matches(_inside(found), [key.path for key in table.keys], 1, cutoff=0.5)
            offered = near[0] if near else ", ".join(key.path for key in table.keys)
            yield finding_at("rules.sheet.unknown_column", 1, column, found=found, offered=offered)


def _twice(marks: Sequence[str | None]) -> Iterator[Finding]:
    for column, mark in enumerate(marks, 1):
        if mark and mark in marks[: column - 1]:
            yield finding_at("rules.sheet.column_twice", 1, column, name=mark)


def _missing(marks: Sequence[str | None], table: Table) -> Iterator[Finding]:
    for wanted in (*(key.path for key in table.keys), VALUE):
        if wanted not in marks:
            yield finding_at("rules.sheet.missing_column", 1, len(marks) + 1, name=wanted)
