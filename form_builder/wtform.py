"""WTForms classes made from the pages of a form, once per form, page and language.

They read and hold; they never judge: `form_builder.judge` does.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Any, ClassVar

from markupsafe import Markup

from common.problems import Problem
from form_builder.address import Address, CommuneInput
from form_builder.blocks import Group, Questions, Row, Rows
from form_builder.conditions import Clause, Relation, clauses, fields_read
from form_builder.drawn import Macro, Pattern, Sheet
from form_builder.files import Files
from form_builder.form import Field, Form, Page, nested
from form_builder.handing import Handing
from form_builder.inputs import Input, Look, Question
from form_builder.kinds import KINDS
from form_builder.places import PROVINCE
from form_builder.remarks import Computed, Remark
from form_builder.schema import Source, read_form

CLASSES_KEPT = 512
# The hidden inputs by which a page remembers what it said was wrong. Keys of fields have no hyphen.
MARKED = "marked-wrong"
# The hidden input that names the input somebody has just left; empty without scripts.
LEFT = "left-input"


@dataclass(frozen=True, slots=True)
class Said:
    """A clause of a condition in words: the field's title, a relation, the values it is compared with."""

    title: str
    relation: Relation
    values: tuple[str, ...]


class PageForm(Questions):
    """One page, bound. Iterating gives its fields in order.

    `PageForm(formdata=request.form)` reads a post, `PageForm(data=answers)` shows saved answers. `computed` are the
    values of `rules`, and `handing` the files, as whoever knows them has told. `dense`: for officials who copy from
    paper, several questions beside each other, a date in one piece.
    """

    form: ClassVar[Form]
    page: ClassVar[Page]
    language: ClassVar[str]
    # What was drawn of each question, by macros and density, then by its look.
    patterns: ClassVar[dict[tuple[Any, ...], dict[Look, Pattern]]]
    summary: tuple[tuple[str, Problem], ...] = ()
    marked_name = MARKED
    opens_at_errors = True
    dense = False
    computed: Mapping[str, Computed] = MappingProxyType({})
    # None where files can only be supposed, as on the pages of a draft.
    handing: Handing | None = None
    left: Question | None = None
    left_name = LEFT

    @cached_property
    def every(self) -> tuple[Question, ...]:
        """All bound fields of the page, blocks before what is inside them."""
        return tuple(_walk(self))

    def with_input(self, name: str) -> Question | None:
        """The question that has an input of this name; None: no question of the page has."""
        asked = (each for each in self.every if isinstance(each, Input))
        return next((each for each in asked if name in each.input_names), None)

    def mark(self, problems: Iterable[Problem]) -> None:
        """Ties each problem to its field; lists them for the error summary as (id to link to, problem)."""
        places = {question.name: question for question in self.every}
        listed = tuple(problems)
        for problem in listed:
            if problem.where in places:
                places[problem.where].problems += (problem,)
        self.summary = tuple((_anchor(places.get(p.where)), p) for p in listed)

    def begin(self) -> None:
        """Opens the page at the first question that is wrong; where none is, at its first."""
        self.opens_at_errors = False
        wrong = (each for each in self.every if each.problems)
        inputs = (each for each in self.every if isinstance(each, Input))
        first = next(wrong, None) or next(inputs, None)
        if first is not None:
            first.focused = True

    def open(self, visible: Collection[str]) -> None:
        """Tells each field with a condition whether the answers so far ask it."""
        for question in self.every:
            question.asked = not question.field.asked_when or question.name in visible

    def items(self) -> Iterator[Question | Remark]:
        """What stands on the page in its order: bound fields, and what is said between them."""
        return (item if isinstance(item, Remark) else self[item.key] for item in self.page.items)

    @property
    def has_remarks(self) -> bool:
        """Whether anything but questions stands on the page."""
        return len(self.page.items) > len(self.page.fields)

    @cached_property
    def has_files(self) -> bool:
        """Whether a question of the page asks for files."""
        return any(field.kind == "document" for field in nested(self.page.fields))

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules whose values the page shows."""
        return tuple(each.rule for each in self.page.items if isinstance(each, Remark) and each.rule)

    def drawn(self, questions: Iterable[Question], single: Macro, block: Macro, check_url: str) -> Markup:
        """The markup of bound fields, by their macros: `single` for one answer, `block` for what holds questions."""
        sheet = Sheet(self, single, block, check_url)
        sheet.draw(questions)
        return sheet.whole()

    def opens(self, question: Question) -> bool:
        """Whether other fields or a computed value may change with the answer: the page then asks the server."""
        return bool(self.rules) or question.field.path in _deciding(self.form)

    def cases(self, question: Question) -> tuple[tuple[Said, ...], ...]:
        """When a field is asked, to be read aloud: any of these cases, in each all that is said."""
        spelt = (clauses(self.form, case.holder, case.test) for case in question.field.asked_when)
        return tuple(tuple(said(clause, self.language) for clause in case) for case in spelt if case)


def said(clause: Clause, language: str) -> Said:
    """The clause in the words of the page."""
    told = KINDS[clause.field.kind].told
    values = tuple(told(clause.field, value, language) for value in clause.values)
    return Said(clause.field.title.in_(language), clause.relation, values)


def page_form(source: Source, page_key: str, language: str) -> type[PageForm]:
    """The class that binds one page in one language; KeyError when the form has no such page."""
    return _page_form(read_form(source), page_key, language)


def built() -> int:
    """How many classes of pages this process has made so far."""
    return _page_form.cache_info().misses


# A Form is read once per text and compares by identity, so this holds one class per form text.
@lru_cache(maxsize=CLASSES_KEPT)
def _page_form(form: Form, page_key: str, language: str) -> type[PageForm]:
    page = form.page(page_key)
    body: dict[str, Any] = {"form": form, "page": page, "language": language, "patterns": {}}
    return type("PageForm", (PageForm,), {**body, "questions": _questions(page.fields, language)})


@lru_cache(maxsize=CLASSES_KEPT)
def _deciding(form: Form) -> frozenset[str]:
    """The questions on whose answers depends what else is asked, and which communes are offered."""
    addresses = (field.path for field in form.every_field() if field.kind == "address")
    return fields_read(form) | {f"{path}.{PROVINCE}" for path in addresses}


def _questions(fields: tuple[Field, ...], language: str) -> tuple[tuple[str, Any], ...]:
    return tuple((field.key, _question(field, language)) for field in fields)


# What holds questions: the class of what is inside, and of the whole.
HOLDING: Mapping[str, tuple[type[Questions], type[Group] | type[Rows]]] = {
    "group": (Questions, Group),
    "address": (Questions, Address),
    "rows": (Row, Rows),
}


def _question(field: Field, language: str) -> Any:
    if field.kind == "document":
        return Files(field, language)
    if field.kind == "commune":
        return CommuneInput(field, language)
    if field.kind not in HOLDING:
        return Input(field, language)
    base, kind = HOLDING[field.kind]
    inner = type(base.__name__, (base,), {"field": field, "questions": _questions(field.fields, language)})
    return kind(field, language, inner)


def _walk(questions: Iterable[Question]) -> Iterator[Question]:
    for question in questions:
        yield question
        yield from _walk(question.inside())


def _anchor(question: Question | None) -> str:
    return question.id if question is not None else ""
