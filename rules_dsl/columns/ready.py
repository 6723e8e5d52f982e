"""Columns as code works on them: 64-bit whole numbers with their bounds, masks that are always there."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from rules_dsl.columns.column import Array, Column, Mask
from rules_dsl.fact_types import FactType

LARGEST = 2**63 - 1
EPOCH = 719_163  # The ordinal of 1970-01-01, from which datetime64 counts its days.


class Unfit(Exception):
    """The rule, or what the columns hold, cannot be worked out on columns in 64 bits."""


@dataclass(frozen=True, slots=True)
class Ready:
    """`low` and `high` bound the values, those of missing rows included."""

    values: Array
    absent: Mask | None
    unknown: Mask | None
    low: int
    high: int
    scale: int
    words: tuple[str, ...]


def ready(column: Column, fact: FactType) -> Ready:
    """The column made ready; raises Unfit for kinds that stand in no number."""
    missing = _either(column.absent, column.unknown)
    values, words = _numbers(column, fact, missing)
    low, high = (int(values.min()), int(values.max())) if values.size and values.dtype != bool else (0, 0)
    return Ready(values, column.absent, column.unknown, low, high, column.scale, words)


def _either(one: Mask | None, other: Mask | None) -> Mask | None:
    return other if one is None else one if other is None else one | other


def _numbers(column: Column, fact: FactType, missing: Mask | None) -> tuple[Array, tuple[str, ...]]:
    values = column.values
    if missing is not None:
        # What stands where nothing was answered must not widen the bounds.
        values = np.where(missing, np.zeros(1, dtype=values.dtype), values)
    if values.dtype == np.uint64 and values.size and int(values.max()) > LARGEST:
        raise Unfit("more than 63 bits")
    match fact.kind:
        case "money" | "integer" | "decimal" if values.dtype.kind in "iu":
            return values.astype(np.int64), ()
        case "date" if values.dtype.kind == "M":
            return values.astype("datetime64[D]").astype(np.int64), ()
        case "boolean" | "group" if values.dtype.kind == "b":
            return values, ()
        case "choice" | "text" if values.dtype.kind in "iu":
            return values.astype(np.int64), column.words
        case "choice" | "text":
            words, codes = np.unique(values.astype(str), return_inverse=True)
            return codes.astype(np.int64), tuple(map(str, words))
    raise Unfit(fact.kind)


class Columns(dict[str, Ready]):
    """The columns that a rule asks for, made ready when first asked for."""

    def __init__(self, given: Mapping[str, Column], types: Mapping[str, FactType]) -> None:
        super().__init__()
        self.given, self.types = given, types

    def __missing__(self, name: str) -> Ready:
        if name not in self.given:
            raise Unfit(f"{name} is not answered")
        self[name] = ready(self.given[name], self.types[name])
        return self[name]
