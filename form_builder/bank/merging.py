"""Three texts of a block made one: as it was put in, as the author has it now, and as the bank has it now.

What only one side changed is taken from that side. Where both changed the same place differently, the author's
stays until the author says otherwise.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from form_builder.differences import ABSENT, differences
from form_builder.nodes import pointer
from form_builder.schema import as_text


@dataclass(frozen=True, slots=True)
class Change:
    """One place. taken: the bank changed it; kept: the author did; clash: both did, differently.

    Each text is ABSENT where nothing stood or stands.
    """

    where: str
    kind: Literal["taken", "kept", "clash"]
    base: Any
    mine: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Merge:
    block: Mapping[str, Any]
    changes: tuple[Change, ...]


def merged(base: Any, mine: Any, theirs: Any, theirs_at: Collection[str] = ()) -> Merge:
    """The block of all three. `theirs_at` names the places of clashes where the bank's text is wanted."""
    merge = _Merging(frozenset(theirs_at))
    block = merge.value(_named(base), _named(mine), _named(theirs), "")
    return Merge(_listed(block), tuple(merge.changes))


class _Named(dict[str, Any]):
    """A list whose members have names, by these: answers by their value, conditions by their test."""


class _Merging:
    def __init__(self, theirs_at: frozenset[str]) -> None:
        self.theirs_at, self.changes = theirs_at, list[Change]()

    def value(self, base: Any, mine: Any, theirs: Any, place: str) -> Any:
        if _same(mine, theirs):
            return mine
        if _same(base, mine):
            for each in differences(base, theirs, place):
                self._note(each.where, "taken", each.before, each.before, each.after)
            return theirs
        if _same(base, theirs):
            for each in differences(base, mine, place):
                self._note(each.where, "kept", each.before, each.after, each.before)
            return mine
        if isinstance(mine, Mapping) and isinstance(theirs, Mapping):
            return self._members(base if isinstance(base, Mapping) else {}, mine, theirs, place)
        self._note(place, "clash", base, mine, theirs)
        return theirs if place in self.theirs_at else mine

    def _members(self, base: Mapping[str, Any], mine: Any, theirs: Any, place: str) -> Any:
        both = type(mine)()
        for name in _order(base, mine, theirs):
            below = place + pointer((name,))
            value = self.value(
                base.get(name, ABSENT), mine.get(name, ABSENT), theirs.get(name, ABSENT), below
            )
            if value is not ABSENT:
                both[name] = value
        return both

    def _note(self, where: str, kind: Any, base: Any, mine: Any, theirs: Any) -> None:
        self.changes.append(Change(where, kind, *(_listed(each) for each in (base, mine, theirs))))


def _order(base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> list[str]:
    """Who put them in another order leads, the author before the bank; the other's own come after those they
    follow there."""
    moved = [key for key in mine if key in base] != [key for key in base if key in mine]
    leads, follows = (mine, theirs) if moved else (theirs, mine)
    order, before = list(leads), ""
    for name in follows:
        if name not in order:
            order.insert(order.index(before) + 1 if before else 0, name)
        before = name
    return order


def _same(one: Any, other: Any) -> bool:
    if one is ABSENT or other is ABSENT:
        return one is other
    return as_text({"": one}) == as_text({"": other})


def _named(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _named(part) for name, part in value.items()}
    if not isinstance(value, list | tuple):
        return value
    parts = [_named(part) for part in value]
    names = [_name(part) for part in parts]
    if None in names or len(set(names)) < len(names):
        return parts
    return _Named(zip((str(name) for name in names), parts, strict=True))


def _name(part: Any) -> str | None:
    """What tells the member of a list from the others; None: nothing does."""
    if isinstance(part, Mapping):
        return as_text(part["if"]) if "if" in part else _name(part.get("const"))
    return part if isinstance(part, str) else None


def _listed(value: Any) -> Any:
    if isinstance(value, _Named):
        return [_listed(part) for part in value.values()]
    if isinstance(value, Mapping):
        return {name: _listed(part) for name, part in value.items()}
    return [_listed(part) for part in value] if isinstance(value, list) else value
