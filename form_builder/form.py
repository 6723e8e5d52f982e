"""What a form asks, read from its JSON Schema: pages, fields, choices, and when a field is asked.

Frozen records; titles are bilingual. Paths are dotted keys without row numbers ("documents.copies").
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from common.text import Text
from form_builder.choice import Choice
from form_builder.places import Places
from form_builder.remarks import Remark

__all__ = ["ROW_ID", "Choice", "Condition", "Field", "Form", "Page", "nested", "unsure"]

ROW_ID = "id"
ASKED_FROM_PLACES = ("address", "province", "commune")


@dataclass(frozen=True, slots=True)
class Condition:
    """A case in which a field is asked: `test`, a JSON Schema, accepts the answers of the object at `holder`.

    `holder` is "" for the whole answers, the path of a group, or of rows (then each row for itself).
    `required`: in this case the field must be answered. `holds` puts the test to the answers of that object.
    """

    holder: str
    test: Mapping[str, Any]
    required: bool
    holds: Callable[[Any], bool] = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Field:
    """One question. `kind` is a key of `form_builder.kinds.KINDS`.

    `schema` is the field's own JSON Schema, references resolved: it holds the limits.
    `required`: whenever the field is asked it must be answered.
    `asked_when` empty: always asked; else asked in any of these cases. `asks` tells of the answers of the object
    that holds the field whether one of them is; None: always asked.
    `fields` are the questions inside a group or a row, `unsure` those of them that are not always asked, or hold
    such; `row_title` names one row.
    `prefill` names its source ("profile.full_name"), "" when none; `personal` its class of personal data.
    `places` is the list that an address and its parts are asked from; None: not an address, or no list is loaded.
    """

    key: str
    path: str
    kind: str
    title: Text
    help: Text
    schema: Mapping[str, Any]
    required: bool
    asked_when: tuple[Condition, ...] = ()
    asks: Callable[[Any], bool] | None = field(default=None, compare=False, repr=False)
    choices: tuple[Choice, ...] = ()
    fields: tuple["Field", ...] = ()
    unsure: tuple["Field", ...] = ()
    row_title: Text = field(default_factory=lambda: Text(""))
    prefill: str = ""
    personal: str = ""
    places: Places | None = field(default=None, compare=False, repr=False)

    def label_of(self, value: str) -> Text:
        """What the choice is called; the stored value itself when the form no longer offers it."""
        return next((c.label for c in self.choices if c.value == value), Text(value))


@dataclass(frozen=True, slots=True)
class Page:
    """Questions shown together under one title. `items` are the questions and what is said between them, in order."""

    key: str
    title: Text
    help: Text
    fields: tuple[Field, ...]
    items: tuple[Field | Remark, ...]


@dataclass(frozen=True, eq=False)
class Form:
    """A whole form. `text` is the canonical JSON it was read from: equal texts mean equal forms.

    `places` is the list that its addresses are asked from; None: it asks for none, or no list is loaded.
    """

    pages: tuple[Page, ...]
    schema: Mapping[str, Any]
    text: str
    places: Places | None = None

    @property
    def fields(self) -> tuple[Field, ...]:
        """The top-level fields in the order in which they are asked."""
        return tuple(f for page in self.pages for f in page.fields)

    @cached_property
    def asks_places(self) -> bool:
        """Whether some question is answered from the list of provinces and communes."""
        return any(field.kind in ASKED_FROM_PLACES for field in self.every_field())

    @cached_property
    def unsure(self) -> tuple[Field, ...]:
        """Of the top-level fields those that are not always asked, or hold such."""
        return unsure(self.fields)

    def every_field(self) -> Iterator[Field]:
        """All fields in document order, groups and rows before what is inside them."""
        return nested(self.fields)

    def page(self, key: str) -> Page:
        """The page called `key`; KeyError when the form has none."""
        return next((p for p in self.pages if p.key == key), None) or _no_page(key)

    def field_at(self, path: str) -> Field | None:
        """The field at a dotted path; row numbers in the path are skipped. None: the form does not ask it."""
        return self._by_path.get(".".join(part for part in path.split(".") if not part.isdecimal()))

    def place(self, path: str) -> tuple[int, ...]:
        """Where the path stands in the document: by this problems are put in the order of the page."""
        parts = path.split(".")
        return tuple(self._step(parts, number) for number in range(len(parts)))

    def _step(self, parts: list[str], number: int) -> int:
        if parts[number].isdecimal():
            return int(parts[number])
        field = self.field_at(".".join(parts[: number + 1]))
        return self._order[field.path] if field else len(self._order)

    @cached_property
    def _by_path(self) -> Mapping[str, Field]:
        return {field.path: field for field in self.every_field()}

    @cached_property
    def _order(self) -> Mapping[str, int]:
        return {path: place for place, path in enumerate(self._by_path)}


def unsure(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """Those that are not always asked, or hold such."""
    return tuple(each for each in fields if each.asked_when or each.unsure)


def nested(fields: tuple[Field, ...]) -> Iterator[Field]:
    """The fields and all fields inside them, in document order."""
    for each in fields:
        yield each
        yield from nested(each.fields)


def _no_page(key: str) -> Page:
    raise KeyError(key)
