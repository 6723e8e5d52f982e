"""Answers as an application on paper has them: questions numbered through, rows in tables, declarations at the end.

What was not asked is absent; what was asked and left out is there without an answer.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from form_builder.faults import row_title
from form_builder.form import Field, Page
from form_builder.kinds import KINDS
from form_builder.remarks import HEADING, Remark
from form_builder.schema import Source, read_form
from form_builder.visibility import visible

# How many letters stand side by side in a table, how many a column asks for at most, and how many its lines take.
SHEET, WIDEST, LINES = 78, 40, 2
# A longer text in a column would fill a page by itself.
LONGEST_CELL = 300
# Letters in a row that a narrow column cannot hold: a break is allowed after so many.
LONGEST_WORD = 24
LONG = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")
BREAK = "\N{ZERO WIDTH SPACE}"
Numbers = Callable[[], str]
Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Heading:
    """A line between questions."""

    text: str
    kind: str = field(default="heading", init=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """A question with its answer in words; `text` "" when it was left out."""

    number: str
    label: str
    text: str
    kind: str = field(default="entry", init=False)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of short answers; `widths` are in letters. `title` "": it stands under that of the page."""

    number: str
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    kind: str = field(default="table", init=False)


@dataclass(frozen=True, slots=True)
class Block:
    """A group, or a row that fits no table, with what is asked in it."""

    number: str
    title: str
    items: tuple["Item", ...]
    kind: str = field(default="block", init=False)


Item = Heading | Entry | Table | Block


@dataclass(frozen=True, slots=True)
class Part:
    """What a page of the form asks."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """The whole application; `declarations` are what the applicant has declared, word by word."""

    parts: tuple[Part, ...]
    declarations: tuple[str, ...]


def paper(source: Source, answers: Answers, language: str) -> Paper:
    """The answers to the form as they are printed; parts in which nothing is asked are left out."""
    form = read_form(source)
    telling = _Telling(visible(form, answers), language, {})
    numbers = _from_one("")
    parts = tuple(telling.part(page, answers, numbers) for page in form.pages)
    return Paper(tuple(part for part in parts if part.items), tuple(telling.declared))


@dataclass(frozen=True, slots=True)
class _Telling:
    """What stays the same while one application is told, and what was declared so far."""

    shown: frozenset[str]
    language: str
    declared: dict[str, None]

    def part(self, page: Page, answers: Answers, numbers: Numbers) -> Part:
        title = page.title.in_(self.language)
        only = page.fields[0] if len(page.fields) == 1 else None
        if only is not None and only.kind == "group" and _title(only, self.language) == title:
            inner = _object(answers.get(only.key)) if only.path in self.shown else {}
            inside = only.fields if only.path in self.shown else ()
            return Part(title, self.items(inside, inner, f"{only.key}.", numbers))
        return Part(title, self.items(page.items, answers, "", numbers, title))

    def items(
        self,
        asked: Iterable[Field | Remark],
        answers: Answers,
        prefix: str,
        numbers: Numbers,
        above: str = "",
    ) -> tuple[Item, ...]:
        """`above`: the title under which they stand, not to be said again."""
        found: list[Item] = []
        for each in asked:
            if isinstance(each, Remark):
                found += [Heading(each.text.in_(self.language))] if each.kind == HEADING else []
            elif prefix + each.key not in self.shown:
                continue
            elif each.kind == "declaration":
                self.declared.update(
                    {_title(each, self.language): None} if answers.get(each.key) is True else {}
                )
            else:
                found += self._asked(each, answers.get(each.key), prefix + each.key, numbers, above)
        followed = zip(found, [*found[1:], Heading("")], strict=False)
        return tuple(
            one for one, then in followed if not (isinstance(one, Heading) and isinstance(then, Heading))
        )

    def _asked(self, each: Field, answer: Any, path: str, numbers: Numbers, above: str) -> Iterator[Item]:
        number, title = numbers(), _title(each, self.language)
        if each.kind == "group":
            inside = self.items(each.fields, _object(answer), f"{path}.", _from_one(f"{number}."))
            yield Block(number, title, inside)
        elif each.kind == "rows" and isinstance(answer, list) and answer:
            yield from self._rows(each, answer, path, number, "" if title == above else title)
        else:
            yield Entry(number, title, self._told(each, answer))

    def _rows(self, each: Field, answer: list[Any], path: str, number: str, title: str) -> Iterator[Item]:
        rows = [_object(row) for row in answer]
        if (table := self._table(each, rows, path, number, title)) is not None:
            yield table
            return
        name = row_title(each).in_(self.language)
        blocks = (
            Block(
                f"{number}.{at + 1}",
                f"{name} {at + 1}",
                self.items(each.fields, row, f"{path}.{at}.", _from_one(f"{number}.{at + 1}.")),
            )
            for at, row in enumerate(rows)
        )
        yield Block(number, title, tuple(blocks))

    def _table(self, each: Field, rows: list[Answers], path: str, number: str, title: str) -> Table | None:
        """Without columns that are asked in no row; None when the rows do not fit side by side."""
        if any(column.fields or column.kind in ("long_text", "declaration") for column in each.fields):
            return None
        asked = [
            column
            for column in each.fields
            if any(f"{path}.{at}.{column.key}" in self.shown for at in range(len(rows)))
        ]
        cells = tuple(tuple(self._told(column, row.get(column.key)) for column in asked) for row in rows)
        head = tuple(_title(column, self.language) for column in asked)
        widths = _widths(list(zip(head, *cells, strict=True)))
        return None if widths is None else Table(number, title, head, cells, widths)

    def _told(self, each: Field, answer: Any) -> str:
        return "" if answer is None else breakable(KINDS[each.kind].told(each, answer, self.language))


def breakable(text: str) -> str:
    """The text with places at which a word may be broken that is longer than a line."""
    return LONG.sub(lambda found: _broken(found[0]), text)


def _broken(word: str) -> str:
    return BREAK.join(word[at : at + LONGEST_WORD] for at in range(0, len(word), LONGEST_WORD))


def _widths(columns: list[tuple[str, ...]]) -> tuple[int, ...] | None:
    """Room for each column: that of its longest word, and of what is left by how long its texts are; None: no room."""
    needed = [max(len(word) for text in texts for word in _words(text)) + LINES for texts in columns]
    wanted = [min(max(len(text) for text in texts), WIDEST) + LINES for texts in columns]
    left = SHEET - sum(needed)
    if left < 0 or any(len(text) > LONGEST_CELL for texts in columns for text in texts):
        return None
    further = [max(want - need, 0) for want, need in zip(wanted, needed, strict=True)]
    shares = further if sum(further) > left else wanted
    return tuple(need + left * share // sum(shares) for need, share in zip(needed, shares, strict=True))


def _words(text: str) -> list[str]:
    return text.replace(BREAK, " ").split() or [""]


def _title(each: Field, language: str) -> str:
    return breakable(each.title.in_(language))


def _object(answer: Any) -> Answers:
    return answer if isinstance(answer, Mapping) else {}


def _from_one(prefix: str) -> Numbers:
    numbers = count(1)
    return lambda: f"{prefix}{next(numbers)}"
