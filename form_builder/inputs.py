"""Fields of a page bound to what was typed or saved: what all of them tell, and single answers.

The name of an input is the field's dotted path, rows numbered from 0 ("documents.0.copies"). What was typed
is kept beside what was read: nothing typed is lost when it cannot be read.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, ClassVar, Self

import wtforms

from common.messages import Message
from common.problems import Problem
from common.text import folded, sort_key
from form_builder.code_lists import LISTS
from form_builder.exemplified import hint_of
from form_builder.form import Field
from form_builder.kinds import KINDS
from form_builder.kinds.kind import Kind, Typed, Unreadable
from form_builder.posted import Posted

AUTOCOMPLETE = {
    "profile.full_name": "name",
    "profile.phone": "tel",
    "profile.email": "email",
    "profile.address": "street-address",
}
# What decides how a question is drawn, but for the texts that fill its gaps: see `form_builder.drawn`.
Look = tuple[str | bool, ...]
# Inputs of up to so many characters are as wide as their answer.
SHORT = 30


class Question(wtforms.Field):  # type: ignore[misc]
    """What every bound field tells the templates.

    `problems` are what is wrong with it, `asked` whether the answers so far ask it, `prefilled` whether its
    answer came from the account of who fills in the form, `earlier` the number of the dossier it came from,
    `focused` whether the page opens at it.
    """

    # What is different for each person, besides name, id and what is wrong: see `form_builder.drawn`.
    GAPS: ClassVar[tuple[str, ...]] = ()
    # False: its markup depends on more than its look.
    is_drawn_once = False

    def __init__(self, field: Field, language: str, **bound: Any) -> None:
        super().__init__(label=field.title.in_(language), description=hint_of(field, language), **bound)
        self.field = field
        self.language = language
        self.kind: Kind = KINDS[field.kind]
        self.problems: tuple[Problem, ...] = ()
        self.asked = not field.asked_when
        self.prefilled = False
        self.earlier = ""
        self.focused = False
        self.id = anchor_of(self.name)

    def copied(self, prefix: str) -> Self:
        """The same field for another person, or in another row, with nothing in it yet."""
        copy = object.__new__(type(self))
        copy.__dict__.update(self.__dict__)
        copy.name = prefix + self.short_name
        copy.id = anchor_of(copy.name)
        return copy

    def inside(self) -> Iterator["Question"]:
        """The bound fields within this one."""
        return iter(())

    def held(self) -> Iterable[Any]:
        """The fields, or the rows, that are drawn within this one."""
        return self.inside()

    @property
    def look(self) -> Look:
        """What decides how it is drawn: at most 32 a question."""
        wrong = bool(self.problems)
        return self.field.path, self.asked, wrong, self.prefilled, self.is_earlier, self.focused

    @property
    def is_earlier(self) -> bool:
        """Whether its answer came from an earlier dossier."""
        return bool(self.earlier)

    def told(self, message: Callable[[Problem], Message]) -> str:
        """What is wrong with it and what to do, in sentences."""
        return " ".join(message(problem).whole for problem in self.problems)


class Input(Question):
    """A field of one answer: `typed` is in its inputs, `data` the answer, `unreadable` why there is none."""

    GAPS = ("text", "in_one", "earlier")
    is_drawn_once = True

    def __init__(self, field: Field, language: str, **bound: Any) -> None:
        super().__init__(field, language, **bound)
        self.typed: Typed = ()
        self.unreadable: Unreadable | None = None

    def process(self, formdata: Posted | None, data: Any = None, extra_filters: Any = None) -> None:
        """Reads what was posted; without a post, shows the answer in `data`."""
        self.object_data = self.data = data
        if formdata is None:
            self.typed = () if data is None else self.kind.typed(self.field, data)
            return
        self.typed = self._posted(formdata)
        read = self.kind.read(self.field, self.typed)
        self.unreadable = read if isinstance(read, Unreadable) else None
        self.data = None if self.unreadable else read

    def _posted(self, formdata: Posted) -> Typed:
        if len(self.kind.parts) == 1:
            return tuple(formdata.getlist(self.name))
        if self.name in formdata:
            return self.kind.split(formdata.first(self.name))
        return tuple(formdata.first(self.name + part) for part in self.kind.parts)

    @property
    def offered(self) -> tuple[tuple[str, str], ...]:
        """The choices as (value, label in the language of the page)."""
        return tuple((choice.value, choice.label.in_(self.language)) for choice in self.field.choices)

    @property
    def offered_in_groups(self) -> tuple[tuple[tuple[str, str], ...], ...]:
        """Of a list that is not in the form: the usual choices, then the others by name."""
        return in_groups(self.field.kind, self.language)

    @property
    def input_attributes(self) -> Mapping[str, str]:
        """What the input element says about its answer: keyboard, width, what the browser may fill in."""
        known = AUTOCOMPLETE.get(self.field.prefill)
        longest = self.field.schema.get("maxLength", 0)
        short = {"size": str(longest)} if self.field.kind == "text" and 0 < longest <= SHORT else {}
        filled = {"autocomplete": known} if known else {}
        return {"type": "text", **short, **filled, **self.kind.attributes}

    @property
    def text(self) -> str:
        """What is in its only input."""
        return self.typed[0] if self.typed else ""

    @property
    def in_one(self) -> str:
        """What is in its inputs as one writes it in one piece: 02/03/1990."""
        return "/".join(text for text in self.typed if text)

    @property
    def input_names(self) -> frozenset[str]:
        """What its inputs are called; in one piece it has the name of the field."""
        return frozenset((self.name, *(self.name + part for part in self.kind.parts)))

    @property
    def texts(self) -> Typed:
        """What is in each input of the field."""
        return (*self.typed, *("" for _ in self.kind.parts))[: len(self.kind.parts)]

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """For each input of the field its name and the text in it."""
        return tuple((self.name + part, text) for part, text in zip(self.kind.parts, self.texts, strict=True))

    def chosen(self, value: str, word: str) -> str:
        """The word by which an input says that this choice is taken; "" when it is not."""
        return word if value in self.typed else ""


@lru_cache
def in_groups(kind: str, language: str) -> tuple[tuple[tuple[str, str], ...], ...]:
    """The usual and the other choices of a code list as (value, label), the others sorted for that language."""
    listed, by_name = LISTS[kind](), folded if language == "en" else sort_key
    usual, others = (
        [(choice.value, choice.label.in_(language)) for choice in part]
        for part in (listed.usual_choices, listed.others)
    )
    return tuple(usual), tuple(sorted(others, key=lambda each: by_name(each[1])))


def anchor_of(path: str) -> str:
    """The id of a field's first input, for links to it. Keys have no hyphens: no two paths collide."""
    return f"f-{path.replace('.', '-')}"
