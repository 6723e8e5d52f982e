"""Questions over the rows of a repeated group on columns: worked out for all rows at once, then told by dossier."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from rules_dsl import nodes as n
from rules_dsl.columns.column import Array
from rules_dsl.columns.masks import ALL, NONE, opposite, without
from rules_dsl.columns.operations import doubt_where
from rules_dsl.columns.ready import Unfit
from rules_dsl.columns.writer import ABSENT, UNKNOWN, ColumnWriter, missing
from rules_dsl.generator.term import ATOM, Doubt, Term
from rules_dsl.kind import BOOLEAN, DATE, INTEGER
from rules_dsl.walk import names_in

ValueOf = Callable[[n.Expression, ColumnWriter], Term]


def added_up(values: Any, counts: Array, size: int) -> Array:
    """The sum over the rows of each dossier. What wraps around on the way comes back: the difference is exact."""
    sums = np.zeros(size + 1, dtype=np.int64)
    np.cumsum(np.broadcast_to(values, size), dtype=np.int64, out=sums[1:])
    ends = np.cumsum(counts)
    found: Array = sums[ends] - sums[ends - counts]
    return found


def furthest(ufunc: np.ufunc, values: Any, counts: Array, size: int) -> Array:
    """The largest or smallest over the rows of each dossier; nought where there are none."""
    found = np.zeros(len(counts), dtype=np.int64)
    some = counts > 0
    if size:
        begins = (np.cumsum(counts) - counts)[some]
        found[some] = ufunc.reduceat(np.broadcast_to(values, size), begins)
    return found


# What generated code calls.
CALLED = {"added_up": added_up, "furthest": furthest}


def over_rows(node: n.Call, w: ColumnWriter, value_of: ValueOf) -> Term:
    """The answer over every row of the group that the argument speaks of, wherever it is asked."""
    (argument,) = node.arguments
    if isinstance(argument, n.Name) and w.is_group(argument.path):
        return w.spread(w.row_count(argument.path))
    facts = (w.kinds.fact(name.path) for name in names_in(argument))
    group = next((fact.rows for fact in facts if fact is not None and fact.rows), None)
    if group is None:
        raise Unfit("rows that are not named")
    inner = w.in_rows(group)
    return w.spread(_answer(node.function, value_of(argument, inner), inner))


def _answer(function: n.Function, value: Term, inner: ColumnWriter) -> Term:
    assert inner.group is not None
    rows = inner.outside.row_count(inner.group)
    if function in ("any", "every"):
        return _decided(value, rows, inner, decisive=function == "any")
    doubts = (*rows.doubts, *(Doubt(somewhere(d.variable, inner), d.of) for d in value.doubts))
    if function == "count":
        return Term(summed(value.code, inner), INTEGER, 0, 0, rows.high, doubts)
    if function == "sum":
        return total_of(value, inner, doubts)
    if not (value.is_number or value.kind == DATE):
        raise Unfit(function)
    none = doubt_where(inner.outside.hold(f"{rows.code} == 0", "no_rows"), "rows", inner.outside)
    way = "np.maximum" if function == "largest" else "np.minimum"
    code = f"furthest({way}, {value.code}, {', '.join(inner.rows_of(inner.group))})"
    absent = tuple(Doubt(doubt.variable, ABSENT) for doubt in none)
    low, high = min(0, value.low), max(0, value.high)
    found = replace(value, low=low, high=high, doubts=(*doubts, *absent), binding=ATOM, constant=None)
    return replace(found, code=inner.outside.hold(code, function))


def total_of(value: Term, inner: ColumnWriter, doubts: tuple[Doubt, ...] = ()) -> Term:
    """The sum over the rows of each dossier, proved to stay within 64 bits."""
    assert inner.group is not None
    most = inner.outside.row_count(inner.group).high
    low, high = min(0, value.low * most), max(0, value.high * most)
    found = replace(value, low=low, high=high, doubts=doubts, binding=ATOM, constant=None)
    return inner.outside.held(replace(found, code=summed(value.code, inner)), "sum")


def summed(code: str, inner: ColumnWriter) -> str:
    """A variable with the sum, of a mask the number of rows, by dossier."""
    assert inner.group is not None
    plain = {ALL: "True", NONE: "False"}.get(code, code)
    return inner.outside.hold(f"added_up({plain}, {', '.join(inner.rows_of(inner.group))})", "sum")


def somewhere(mask: str, inner: ColumnWriter) -> str:
    """The dossiers with a row for which the mask holds."""
    return NONE if mask == NONE else inner.outside.hold(f"{summed(mask, inner)} > 0", "somewhere")


def _decided(value: Term, rows: Term, inner: ColumnWriter, *, decisive: bool) -> Term:
    """`any`, `every`: where one row decides, it does not matter what is not known of the others."""
    outer = inner.outside
    deciding = without(value.code if decisive else opposite(value.code), missing(value))
    decided = somewhere(inner.hold(deciding, "deciding"), inner)
    masks = ((of, without(somewhere(missing(value, of=(of,)), inner), decided)) for of in (ABSENT, UNKNOWN))
    doubts = tuple(Doubt(outer.hold(mask, of), of) for of, mask in masks if mask != NONE)
    return Term(decided if decisive else opposite(decided), BOOLEAN, doubts=(*rows.doubts, *doubts))
