"""An address on a page: its parts bound together, and beside them a former address that is looked up.

Three buttons work without JavaScript, too: `open-communes=home` offers the communes of the province chosen,
`find-place=home` looks the former address up, `use-place=home:00070` takes one of the communes found. Keys of fields
have no hyphen, so no field is ever called so.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from form_builder.blocks import Group
from form_builder.inputs import Input, Question
from form_builder.kinds.words import clean
from form_builder.places import COMMUNE, LINE, PROVINCE, Former, Place, Places
from form_builder.posted import Posted

OPEN, FIND, USE = "open-communes", "find-place", "use-place"
# What is added to the name of an address for the input of a former one.
OLD = "-old"
LONGEST_OLD = 200
# What was typed of a former address → the communes it may mean.
FindFormer = Callable[[str], tuple[Former, ...]]


def nothing_former(_: str) -> tuple[Former, ...]:
    """Where no list of former communes is at hand."""
    return ()


class CommuneInput(Input):
    """The commune of an address. What it offers depends on the province, so it is drawn anew for each person."""

    is_drawn_once = False

    def __init__(self, *known: Any, **bound: Any) -> None:
        super().__init__(*known, **bound)
        self.province: str | None = None

    @property
    def offered(self) -> tuple[tuple[str, str], ...]:
        places = self.field.places
        communes = places.communes_of(self.province) if places else ()
        return tuple((choice.value, choice.label.in_(self.language)) for choice in communes)


class Address(Group):
    """The parts of an address. `old` is what was typed of a former one, `found` what it may mean; `finds`: the page
    opens at what was found."""

    is_drawn_once = False
    old = ""
    finds = False
    found: tuple[Former, ...] = ()

    def process(self, formdata: Posted | None, data: Any = None, extra_filters: Any = None) -> None:
        """Binds the parts; the commune is then offered among those of the province."""
        super().process(formdata, data, extra_filters)
        for province in self.part(PROVINCE):
            for commune in self.part(COMMUNE):
                commune.province = province.data
        self.old = "" if formdata is None else clean(formdata.first(self.name + OLD))[:LONGEST_OLD]

    def part(self, key: str) -> tuple[Any, ...]:
        """The part of that key; none in an address that somebody wrote without it."""
        return tuple(question for question in self.inside() if question.field.key == key)

    def places_now(self, former: Former) -> tuple[Place, ...]:
        """Where the former commune lies today."""
        return former.now(self.field.places) if self.field.places else ()

    def province_of(self, place: Place) -> str:
        """The province as it stands behind the commune."""
        return self.field.places.name_of(PROVINCE, place.province) if self.field.places else ""


def stepped(posted: Posted, places: Places | None) -> Posted | None:
    """The post after one of the three buttons was pressed; None when none was."""
    if taken := posted.first(USE):
        name, _, code = taken.rpartition(":")
        commune = places.by_code[COMMUNE].get(code) if places else None
        if commune is None:
            return posted
        picked = {PROVINCE: commune.province, COMMUNE: commune.code}
        return posted.with_({**{f"{name}.{key}": [value] for key, value in picked.items()}, name + OLD: [""]})
    return posted if OPEN in posted or FIND in posted else None


def look_up(questions: Iterable[Question], former: FindFormer) -> None:
    """Finds what was typed of former addresses."""
    for address in _addresses(questions):
        address.found = former(address.old) if address.old else ()


def focus_on(questions: Iterable[Question], posted: Posted) -> None:
    """Opens the page where the person who pressed one of the buttons works on."""
    pressed = {OPEN: COMMUNE, USE: LINE}
    for address in _addresses(questions):
        for button, part in pressed.items():
            if posted.first(button).partition(":")[0] == address.name:
                next(iter(address.part(part)), address).focused = True
        if posted.first(FIND) == address.name:
            address.finds = True


def _addresses(questions: Iterable[Question]) -> Iterator[Address]:
    return (question for question in questions if isinstance(question, Address))
