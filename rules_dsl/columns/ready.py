"""Columns as code works on them: 64-bit whole numbers with their bounds, masks that are always there.

Fields of a repeated group become one flat column each, the rows of all dossiers one behind the other; the column of
the group itself says how many of them each dossier has.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from math import ceil, floor

import numpy as np

from rules_dsl.columns.column import Array, Column, Mask, column_of
from rules_dsl.fact_types import FactType
from rules_dsl.reading import Row
from rules_dsl.values import EXACT

LARGEST = 2**63 - 1
BEGINNING, MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
# So many rows a form that states no maximum is taken to have at most; more go row by row.
MANY_ROWS = 1_000
EPOCH = 719_163  # The ordinal of 1970-01-01, from which datetime64 counts its days.


class Unfit(Exception):
    """The rule, or what the columns hold, cannot be worked out on columns in 64 bits."""


@dataclass(frozen=True, slots=True)
class Ready:
    """`low` and `high` bound the values, those of missing rows included. `group`: a flat column, of its rows."""

    values: Array
    absent: Mask | None
    unknown: Mask | None
    low: int
    high: int
    scale: int
    words: tuple[str, ...]
    group: str | None = None


def ready(column: Column, fact: FactType, *, stated: bool) -> Ready:
    """The column made ready; raises Unfit for kinds that stand in no number.

    `stated`: it is bounded by what the form admits, where the form says so and the answers keep to it.
    """
    missing = _either(column.absent, column.unknown)
    values, words = _numbers(column, fact, missing)
    low, high = (int(values.min()), int(values.max())) if values.size and values.dtype != bool else (0, 0)
    form = _admitted(fact, column.scale) if stated else None
    if form and form[0] <= low and high <= form[1]:
        low, high = form
    return Ready(values, column.absent, column.unknown, low, high, column.scale, words)


def _admitted(fact: FactType, scale: int) -> tuple[int, int] | None:
    """Between what the answers lie by the form, nought for missing ones included; None: it does not say."""
    if fact.kind == "date":
        return -EPOCH, date.max.toordinal() - EPOCH
    if fact.kind not in ("money", "integer", "decimal") or fact.minimum is None or fact.maximum is None:
        return None
    least, most = (
        end.scaleb(0 if fact.kind == "money" else scale, EXACT) for end in (fact.minimum, fact.maximum)
    )
    return min(0, floor(least)), max(0, ceil(most))


def _either(one: Mask | None, other: Mask | None) -> Mask | None:
    return other if one is None else one if other is None else one | other


def _numbers(column: Column, fact: FactType, missing: Mask | None) -> tuple[Array, tuple[str, ...]]:
    values = column.values
    if missing is not None and values.dtype != object:
        # What stands where nothing was answered must not widen the bounds.
        values = np.where(missing, np.zeros(1, dtype=values.dtype), values)
    if values.dtype == np.uint64 and values.size and int(values.max()) > LARGEST:
        raise Unfit("more than 63 bits")
    match fact.kind:
        case "money" | "integer" | "decimal" if values.dtype.kind in "iu":
            return values.astype(np.int64), ()
        case "date" if values.dtype.kind == "M":
            return values.astype("datetime64[D]").astype(np.int64), ()
        case "instant" if values.dtype == object:
            moments = [BEGINNING if each is None else each for each in column.values.tolist()]
            return np.array([(each - BEGINNING) // MICROSECOND for each in moments], dtype=np.int64), ()
        case "boolean" | "group" if values.dtype.kind == "b":
            return values, ()
        case "choice" | "text" if values.dtype.kind in "iu":
            return values.astype(np.int64), column.words
        case "choice" | "text":
            words, codes = np.unique(values.astype(str), return_inverse=True)
            return codes.astype(np.int64), tuple(map(str, words))
    raise Unfit(fact.kind)


class Columns(dict[str, Ready]):
    """The columns that a rule asks for, made ready when first asked for; `stated` as in `ready`."""

    def __init__(self, given: Mapping[str, Column], types: Mapping[str, FactType], *, stated: bool) -> None:
        super().__init__()
        self.given, self.types, self.stated = given, types, stated
        self.ends: dict[str, Array] = {}

    def __missing__(self, name: str) -> Ready:
        fact = self.types[name]
        if fact.rows is not None:
            self[name] = self._flat(name, fact, fact.rows)
        elif name not in self.given:
            raise Unfit(f"{name} is not answered")
        elif fact.kind == "rows":
            self[name] = self._counted(name)
        else:
            self[name] = ready(self.given[name], fact, stated=self.stated)
        return self[name]

    def _rows(self, group: str) -> list[tuple[Row, ...]]:
        """The rows of each dossier; none where there is no answer."""
        column = self.given[group]
        gone = _either(column.absent, column.unknown)
        rows = column.values.tolist()
        return rows if gone is None else [() if no else some for no, some in zip(gone, rows, strict=True)]

    def _counted(self, name: str) -> Ready:
        """How many rows there are; a group that was lawfully not answered has none."""
        counts = np.array([len(rows) for rows in self._rows(name)], dtype=np.int64)
        stated = self.types[name].maximum
        most = MANY_ROWS if stated is None else int(stated)
        if counts.size and int(counts.max()) > most:
            raise Unfit("more rows than a form has")
        return Ready(counts, None, self.given[name].unknown, 0, most, 0, ())

    def _flat(self, name: str, fact: FactType, group: str) -> Ready:
        if group not in self.given:
            raise Unfit(f"{group} is not answered")
        found = [row.get(name) for rows in self._rows(group) for row in rows]
        flat = ready(column_of(fact, found, [not fact.always] * len(found)), fact, stated=self.stated)
        return replace(flat, group=group)

    def places(self, name: str, rows: slice) -> slice:
        """Where the values of these dossiers stand in the column."""
        group = self[name].group
        if group is None:
            return rows
        if group not in self.ends:
            self.ends[group] = np.concatenate(([0], np.cumsum(self[group].values)))
        return slice(int(self.ends[group][rows.start]), int(self.ends[group][rows.stop]))
