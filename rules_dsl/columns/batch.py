"""Works out one rule for a whole batch: on columns where that is exact, else row by row."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import CodeType
from typing import Any

import numpy as np

from common.money import Money
from rules_dsl import nodes as n
from rules_dsl.columns.amounts import amount_of
from rules_dsl.columns.column import Array, Column, Outcomes
from rules_dsl.columns.masks import ALL, NONE
from rules_dsl.columns.outcomes import for_another, met, numbered
from rules_dsl.columns.ready import Columns, Unfit
from rules_dsl.columns.rows import CALLED
from rules_dsl.columns.writer import ABSENT, UNKNOWN, ColumnWriter, missing
from rules_dsl.evaluation import Reference
from rules_dsl.generator.module import EvaluableRule
from rules_dsl.generator.term import Term
from rules_dsl.kinds import Kinds
from rules_dsl.reading import Facts
from rules_dsl.unknown import Unknown
from rules_dsl.values import Outcome

# As many rows as fit into the memory that a processor has to itself, with what becomes of them.
CHUNK = 16_384


def batch_of(
    rule: EvaluableRule,
    function: Callable[..., Outcome],
    kinds: Kinds,
    given: Mapping[str, Column],
    reference: Reference,
) -> Outcomes:
    """What the rule gives for each row. `function` is the rule's own, for one set of facts."""
    found = on_columns(rule, kinds, given, reference)
    return row_by_row(function, kinds, given, reference) if found is None else found


def on_columns(
    rule: EvaluableRule, kinds: Kinds, given: Mapping[str, Column], reference: Reference
) -> Outcomes | None:
    """What the rule gives, written on columns; None where that is not proved to be exact.

    By the bounds that the form states the code is the same whatever the answers are. Where 64 bits are not enough
    for all that the form admits, they may be for these answers.
    """
    for stated in (True, False):
        try:
            return _Written.of(rule, kinds, given, reference, stated=stated).outcomes()
        except (Unfit, OverflowError):
            continue
    return None


@dataclass(frozen=True, slots=True)
class _Written:
    """A rule written as a function of chunks of columns; `values` are what its numbers stand for, if not amounts."""

    function: Callable[..., tuple[Any, Any]]
    columns: Columns
    dtype: Any
    values: Sequence[Any]
    size: int

    @classmethod
    def of(
        cls,
        rule: EvaluableRule,
        kinds: Kinds,
        given: Mapping[str, Column],
        reference: Reference,
        *,
        stated: bool,
    ) -> "_Written":
        assert kinds.scope is not None
        columns = Columns(given, kinds.scope.facts, stated=stated)
        w = ColumnWriter(columns, kinds, reference, for_another)
        values: Sequence[Any] = ()
        if isinstance(rule, n.AmountRule):
            term = amount_of(rule, w)
        elif isinstance(rule, n.Condition):
            term = met(rule, w)
        else:
            term, values = numbered(rule, w)
        dtype = bool if isinstance(rule, n.Condition) else np.int64
        return cls(_compiled(w, term), columns, dtype, values, _size(given))

    def outcomes(self) -> Outcomes:
        found = np.empty(self.size, dtype=self.dtype)
        unknown = np.empty(self.size, dtype=bool)
        for begin in range(0, self.size, CHUNK):
            rows = slice(begin, min(begin + CHUNK, self.size))
            found[rows], unknown[rows] = self.function(rows.stop - begin, *self._masked(rows))
        if not self.values:
            return Outcomes(found, unknown)
        values = np.empty(len(self.values), dtype=object)
        values[:] = self.values
        return Outcomes(values[found], unknown)

    def _masked(self, rows: slice) -> Iterator[dict[str, Array]]:
        """Values, what is absent and what is unknown of these rows, by name."""
        places = {name: self.columns.places(name, rows) for name in self.columns}
        yield {name: column.values[places[name]] for name, column in self.columns.items()}
        for mask in (ABSENT, UNKNOWN):
            every = ((name, getattr(column, mask)) for name, column in self.columns.items())
            yield {name: found[places[name]] for name, found in every if found is not None}


def _compiled(w: ColumnWriter, term: Term) -> Callable[..., tuple[Any, Any]]:
    masks = {ALL: "True", NONE: "False"}
    value, unknown = (masks.get(code, code) for code in (term.code, missing(term)))
    lines = ["def rule(size, values, absent, unknown):", *w.lines, f"return {value}, {unknown}"]
    space: dict[str, Any] = {"np": np, **CALLED, **w.questions}
    # Our own text: names and words of the file stand in it as quoted strings alone.
    exec(compiled("\n    ".join(lines)), space)  # noqa: S102
    return space["rule"]  # type: ignore[no-any-return]


@lru_cache(maxsize=256)
def compiled(text: str) -> CodeType:
    """A rule is compiled once for all batches that its code does not tell apart."""
    return compile(text, "<batch>", "exec")


def _size(given: Mapping[str, Column]) -> int:
    sizes = {len(column.values) for column in given.values()}
    if len(sizes) > 1:
        raise ValueError(f"columns of {len(sizes)} lengths")
    return next(iter(sizes), 0)


def row_by_row(
    function: Callable[..., Outcome], kinds: Kinds, given: Mapping[str, Column], reference: Reference
) -> Outcomes:
    """The slower exact way."""
    found = [function(facts, reference, {}) for facts in facts_of(kinds, given)]
    unknown = np.array([isinstance(value, Unknown) for value in found], dtype=bool)
    plain = [value.minor if isinstance(value, Money) else value for value in found]
    return Outcomes(_array(plain, unknown), unknown)


def _array(values: list[Any], unknown: Array) -> Array:
    """Whole numbers in 64 bits, and yes or no, if all are; else objects."""
    known = [value for value, gone in zip(values, unknown, strict=True) if not gone]
    for kind, dtype in ((bool, np.dtype(bool)), (int, np.dtype(np.int64))):
        if known and all(type(value) is kind for value in known):
            try:
                return np.array(
                    [0 if gone else v for v, gone in zip(values, unknown, strict=True)], dtype=dtype
                )
            except OverflowError:
                break
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def facts_of(kinds: Kinds, given: Mapping[str, Column]) -> Iterator[Facts]:
    """The columns as facts, one dossier after the other."""
    assert kinds.scope is not None
    types = kinds.scope.facts
    values = {name: column.values_of(types[name]) for name, column in given.items()}
    groups = {name for name in given if types[name].kind == "rows"}
    absent = [(name, column.absent) for name, column in given.items() if column.absent is not None]
    # Fields of rows are no columns; those that may be absent are where a row leaves them out.
    of_rows = [name for name, fact in types.items() if fact.rows is not None and not fact.always]
    for number in range(_size(given)):
        gone = {name for name, mask in absent if mask[number]}
        there: dict[str, Any] = {
            name: cells[number] for name, cells in values.items() if cells[number] is not None
        }
        rows: dict[str, Any] = {name: there.pop(name) for name in groups & there.keys()}
        rows |= dict.fromkeys(groups & gone, ())
        yield Facts(there, rows, frozenset([*(gone - groups), *of_rows]))
