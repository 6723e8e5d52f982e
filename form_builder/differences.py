"""Where two schemas differ, as JSON pointers: what a change of text changes in the form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, Final

from form_builder.nodes import pointer

ABSENT: Final = object()


@dataclass(frozen=True, slots=True)
class Difference:
    """One place; `before` or `after` is ABSENT when nothing stood or stands there."""

    where: str
    before: Any
    after: Any

    @property
    def kind(self) -> str:
        """added, removed or changed."""
        if self.before is ABSENT:
            return "added"
        return "removed" if self.after is ABSENT else "changed"


def differences(before: Any, after: Any, place: str = "") -> Iterator[Difference]:
    """The outermost places that differ, lists member by member. The order of an object's members tells nothing,
    but the order of `properties` is that of the questions: where it alone changes, that is one difference."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        yield from _of_objects(before, after, place)
    elif isinstance(before, list) and isinstance(after, list):
        for number, (old, new) in enumerate(zip_longest(before, after, fillvalue=ABSENT)):
            yield from differences(old, new, place + pointer((number,)))
    elif isinstance(before, bool) is not isinstance(after, bool) or before != after:
        yield Difference(place, before, after)


def _of_objects(before: Mapping[str, Any], after: Mapping[str, Any], place: str) -> Iterator[Difference]:
    for name in dict.fromkeys((*before, *after)):
        below = place + pointer((name,))
        yield from differences(before.get(name, ABSENT), after.get(name, ABSENT), below)
    stayed = [[name for name in one if name in other] for one, other in ((before, after), (after, before))]
    if place.endswith("/properties") and stayed[0] != stayed[1]:
        yield Difference(place, list(before), list(after))
