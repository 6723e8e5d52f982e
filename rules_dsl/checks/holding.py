"""Which rows of a table or brackets hold at each of many points, told in one sweep; rows are sets of bits."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from operator import xor
from typing import Any

from rules_dsl import nodes as n
from rules_dsl.checks.domains import Atom, number_of

Bounds = Sequence[n.Bound | n.CellBound]


def rows_at(atoms: Sequence[Atom], cells: Sequence[n.Cell]) -> list[int]:
    """For each atom of a column the rows whose cell takes it."""
    every = blank = 0
    named: defaultdict[Any, int] = defaultdict(int)
    ranges: dict[int, Bounds] = {}
    for number, cell in enumerate(cells):
        match cell:
            case n.AnyCell():
                every |= 1 << number
            case n.BlankCell():
                blank |= 1 << number
            case n.RangeCell():
                ranges[number] = cell.bounds
            case n.ValuesCell():
                for member in cell.members:
                    named[member.value] |= 1 << number
    answered = [atom.value for atom in atoms if atom.value is not None]
    within = rows_within(answered, ranges) if ranges else [0] * len(answered)
    found = [every | rows | _taking(value, named) for value, rows in zip(answered, within, strict=True)]
    return [*found, *([every | blank] * (len(atoms) - len(answered)))]


def _taking(value: Any, named: dict[Any, int]) -> int:
    rows = 0
    for one in value if isinstance(value, tuple) else (value,):
        rows |= named.get(one, 0)
    return rows


def rows_within(points: Sequence[Any], ranges: Mapping[int, Bounds]) -> list[int]:
    """For each of the rising points the rows within whose bounds it lies."""
    changes = [0] * (len(points) + 1)
    for number, bounds in ranges.items():
        begin, end = 0, len(points)
        for bound in bounds:
            limit = bound.limit.value if isinstance(bound.limit, n.Day) else number_of(bound.limit)
            match bound.kind:
                case "from":
                    begin = max(begin, bisect_left(points, limit))
                case "above":
                    begin = max(begin, bisect_right(points, limit))
                case "up_to":
                    end = min(end, bisect_right(points, limit))
                case "below":
                    end = min(end, bisect_left(points, limit))
        if begin < end:
            changes[begin] ^= 1 << number
            changes[end] ^= 1 << number
    return list(accumulate(changes, xor))[:-1]


def bits(rows: int) -> Iterator[int]:
    """The numbers of the rows, the first first."""
    while rows:
        lowest = rows & -rows
        yield lowest.bit_length() - 1
        rows ^= lowest
