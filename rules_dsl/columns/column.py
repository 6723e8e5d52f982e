"""Columns of answers, a row for each dossier, and columns of what comes out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from common.money import Money
from rules_dsl.fact_types import FactType
from rules_dsl.reading import Facts
from rules_dsl.values import EXACT, Value

Mask = NDArray[np.bool_]
Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Column:
    """The answers to one question.

    `values` are whole numbers for money (in the smallest unit) and for numbers (counting tenth powers: `scale` 2
    for hundredths), datetime64[D] for days, booleans, whole numbers into `words` for choices and texts, and
    objects as `Facts` hold them for everything else. `absent` marks what was lawfully not answered, `unknown`
    what is not known yet; None: nothing. A question without a column is not answered yet in any dossier.
    """

    values: Array
    absent: Mask | None = None
    unknown: Mask | None = None
    scale: int = 0
    words: tuple[str, ...] = ()

    def values_of(self, fact: FactType) -> list[Value | None]:
        """The values as `Facts` hold them; None where there is none."""
        values = self._as_facts_hold_them(fact)
        for mask in (self.absent, self.unknown):
            for row in np.flatnonzero(mask) if mask is not None else ():
                values[row] = None
        return values

    def _as_facts_hold_them(self, fact: FactType) -> list[Value | None]:
        plain: list[Any] = self.values.tolist()
        if fact.kind in ("money", "integer", "decimal") and self.values.dtype.kind not in "iuO":
            raise TypeError("amounts and numbers are given as whole numbers")
        match fact.kind:
            case "money":
                return [Money(minor, fact.currency) for minor in plain]
            case "integer" | "decimal":
                return [Decimal(count).scaleb(-self.scale, EXACT) for count in plain]
            case "choice" | "text" if self.values.dtype != object:
                return [self.words[code] if 0 <= code < len(self.words) else None for code in plain]
        return plain


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What a rule gives for each row: amounts in the smallest unit, yes or no, or values as they are.

    Amounts are 64-bit whole numbers, or objects where one is larger. Where `unknown`, a value means nothing.
    """

    values: Array
    unknown: Mask


def columns_of(types: Mapping[str, FactType], every: Sequence[Facts]) -> dict[str, Column]:
    """The facts of many dossiers as columns; a group of rows becomes a column of its rows."""
    return {name: _column(name, fact, every) for name, fact in types.items() if fact.rows is None}


def _column(name: str, fact: FactType, every: Sequence[Facts]) -> Column:
    if fact.kind == "rows":
        found: list[Any] = [facts.rows.get(name) for facts in every]
    else:
        found = [facts.values.get(name) for facts in every]
    return column_of(fact, found, [name in facts.absent for facts in every])


def column_of(fact: FactType, found: Sequence[Any], lawful: Sequence[bool]) -> Column:
    """Values as facts hold them, None for what is missing: lawfully or not."""
    missing = [value is None for value in found]
    absent = _mask(gone and is_lawful for gone, is_lawful in zip(missing, lawful, strict=True))
    unknown = _mask(gone and not is_lawful for gone, is_lawful in zip(missing, lawful, strict=True))
    values, scale, words = _array(fact, found)
    return Column(values, absent, unknown, scale, words)


def _mask(rows: Iterable[bool]) -> Mask | None:
    mask = np.array(list(rows), dtype=bool)
    return mask if mask.any() else None


def _array(fact: FactType, found: Sequence[Any]) -> tuple[Array, int, tuple[str, ...]]:
    known = [value for value in found if value is not None]
    match fact.kind:
        case "money":
            return _whole([0 if value is None else value.minor for value in found]), 0, ()
        case "integer" | "decimal":
            scale = max((max(0, -int(value.as_tuple().exponent)) for value in known), default=0)
            return (
                _whole([0 if value is None else int(value.scaleb(scale, EXACT)) for value in found]),
                scale,
                (),
            )
        case "boolean" | "group":
            return np.array([bool(value) for value in found], dtype=bool), 0, ()
        case "date":
            days = [date.min if value is None else value for value in found]
            return np.array(days, dtype="datetime64[D]"), 0, ()
        case "choice" | "text":
            words = tuple(dict.fromkeys((*fact.values, *known)))
            codes = {word: code for code, word in enumerate(words)}
            return np.array([codes.get(value, 0) for value in found], dtype=np.int64), 0, words
    return _objects(found), 0, ()


def _whole(numbers: Sequence[int]) -> Array:
    """In 64 bits where all of them fit."""
    try:
        return np.array(numbers, dtype=np.int64)
    except OverflowError:
        return _objects(numbers)


def _objects(values: Sequence[Any]) -> Array:
    array = np.empty(len(values), dtype=object)
    array[:] = list(values)
    return array
