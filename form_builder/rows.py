"""Rows of a repeated group as a browser posts them: added, removed, numbered anew, each with a lasting id.

Works on what was typed, not on what was read: adding a row loses no wrong answer beside it.
Two buttons do it, without JavaScript too: `add-row=documents` and `remove-row=documents.1`. Keys of fields
have no hyphen, so no field is ever called so.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from form_builder.form import ROW_ID, Field
from form_builder.posted import Posted

ADD, REMOVE = "add-row", "remove-row"
MOST_ROWS = 200
NewId = Callable[[], str]

_ID = re.compile(r"[A-Za-z0-9_-]{1,40}", re.ASCII)
_NUMBER = re.compile(r"(\d{1,6})\.", re.ASCII)
_ROW = re.compile(r"(?P<rows>[a-z][a-z0-9_.]*)\.(?P<number>\d{1,6})", re.ASCII)


def row_numbers(posted: Posted, name: str) -> tuple[int, ...]:
    """The numbers of the rows posted under a name, in order; not more than MOST_ROWS of them."""
    start = len(name) + 1
    inside = (each for each in posted if each.startswith(f"{name}."))
    found = (_NUMBER.match(each, start) for each in inside)
    return tuple(sorted({int(match.group(1)) for match in found if match})[:MOST_ROWS])


def too_full(fields: tuple[Field, ...], posted: Posted) -> tuple[tuple[Field, str], ...]:
    """The repeated groups, by their names, of which more rows were posted than are read."""
    return tuple(
        (field, name) for field, name in _rows(fields, posted, "") if _posted_rows(posted, name) > MOST_ROWS
    )


def _posted_rows(posted: Posted, name: str) -> int:
    start = len(name) + 1
    found = (_NUMBER.match(each, start) for each in posted if each.startswith(f"{name}."))
    return len({match.group(1) for match in found if match})


def pressed(posted: Posted, new_id: NewId) -> Posted | None:
    """The post after a row was added or removed by its button; None when no such button was pressed."""
    if name := posted.first(ADD):
        number = max(row_numbers(posted, name), default=-1) + 1
        return posted.with_({f"{name}.{number}.{ROW_ID}": [new_id()]})
    if match := _ROW.fullmatch(posted.first(REMOVE)):
        name, gone = match["rows"], int(match["number"])
        return renumbered(posted, name, (each for each in row_numbers(posted, name) if each != gone))
    return None


def renumbered(posted: Posted, name: str, keep: Iterable[int]) -> Posted:
    """The post with only these rows, numbered from 0 in this order."""
    places = {str(number): str(place) for place, number in enumerate(keep)}
    start = f"{name}."
    result = Posted()
    for each, texts in posted.items():
        if not each.startswith(start):
            result[each] = texts
            continue
        number, dot, rest = each.removeprefix(start).partition(".")
        if number in places:
            result[f"{start}{places[number]}{dot}{rest}"] = texts
    return result


def without_blanks(fields: tuple[Field, ...], posted: Posted, prefix: str = "") -> Posted:
    """The post without rows left blank, but for those that must be filled in."""
    for field, name in _rows(fields, posted, prefix):
        numbers = row_numbers(posted, name)
        filled = [number for number in numbers if not _is_blank(posted, f"{name}.{number}.")]
        blank = [number for number in numbers if number not in filled]
        needed = least_rows(field) if field.required else 0
        posted = renumbered(posted, name, sorted([*filled, *blank[: max(0, needed - len(filled))]]))
    return posted


def identified(fields: tuple[Field, ...], posted: Posted, new_id: NewId, prefix: str = "") -> Posted:
    """The post with an id of its own in every row that has none, or another row's."""
    for _, name in _rows(fields, posted, prefix):
        posted = _identified(posted, name, new_id)
    return posted


def _rows(fields: tuple[Field, ...], posted: Posted, prefix: str) -> Iterator[tuple[Field, str]]:
    """The repeated groups with their names in the post; those inside a row come before the row's own."""
    for field in fields:
        name = prefix + field.key
        if field.kind != "rows":
            yield from _rows(field.fields, posted, f"{name}.")
            continue
        for number in row_numbers(posted, name):
            yield from _rows(field.fields, posted, f"{name}.{number}.")
        yield field, name


def _identified(posted: Posted, name: str, new_id: NewId) -> Posted:
    taken: set[str] = set()
    given = {}
    for number in row_numbers(posted, name):
        said = posted.first(f"{name}.{number}.{ROW_ID}")
        own = said if _ID.fullmatch(said) and said not in taken else new_id()
        taken.add(own)
        given[f"{name}.{number}.{ROW_ID}"] = [own]
    return posted.with_(given)


def least_rows(field: Field) -> int:
    """How many rows are shown at least: what the form demands, and one to begin with."""
    demanded = field.schema.get("minItems", 0)
    return max(1, min(demanded, MOST_ROWS)) if isinstance(demanded, int) else 1


def _is_blank(posted: Posted, start: str) -> bool:
    return not any(text.strip() for text in _texts(posted, start))


def _texts(posted: Posted, start: str) -> Iterator[str]:
    for name, texts in posted.items():
        if name.startswith(start) and not name.endswith(f".{ROW_ID}"):
            yield from texts
