"""Any rule file at all, as nodes: what the grammar can say, whether or not it makes sense."""

from datetime import date, datetime
from decimal import Decimal
from typing import get_args

from hypothesis import strategies as st

from common.clock import ZONE
from common.text import Text
from rules_dsl import nodes as n

identifiers = st.from_regex(r"[a-z_][a-z0-9_]{0,8}", fullmatch=True) | st.sampled_from(
    [
        *("when", "khi", "fee", "pay", "thu", "count", "given", "days", "million", "age", "of", "area"),
        *("any", "blank", "rate", "most", "least", "at", "up", "rounded", "first", "always", "row", "dong"),
    ]
)
# Some names are fields of the form in test_checks, so that checks get past the names.
KNOWN = ["price", "count", "born_on", "kind", "at_home", "note", "spouse", "documents", "documents.pages"]
paths = st.lists(identifiers, min_size=1, max_size=3).map(".".join) | st.sampled_from(KNOWN)
words = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufeff"),
    max_size=12,
).map(lambda text: Text.from_json(text).vi)
sentences = words.map(str.strip)
days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
minutes = st.times().map(lambda at: at.replace(second=0, microsecond=0))


def digits(places: int = 4) -> st.SearchStrategy[Decimal]:
    return st.decimals(0, 10**9, places=places) | st.integers(0, 10**12).map(Decimal)


numbers = st.builds(n.Number, digits(), st.sampled_from(["one", "thousand", "million", "billion"]))
percentages = st.builds(n.Percentage, numbers)
currencies = st.sampled_from(["VND", "USD"])
amounts = st.builds(n.Amount, numbers, currencies)
units = st.sampled_from(["day", "calendar_day", "working_day", "month", "working_hour", "hour"])
periods = st.builds(n.Period, st.integers(0, 9999), units)
instants = st.builds(lambda day, at: n.Instant(datetime.combine(day, at, ZONE)), days, minutes)
value_words = st.builds(n.Word, words | identifiers)
truths = st.builds(n.Truth, st.booleans())
clock_times = st.builds(n.ClockTime, minutes)
names = st.builds(n.Name, paths)
constants = numbers | amounts | percentages

atoms = st.one_of(
    numbers,
    percentages,
    amounts,
    st.builds(n.Day, days),
    instants,
    clock_times,
    periods,
    st.builds(n.Word, words),
    truths,
    names,
    st.just(n.Whole()),
    st.just(n.Excess()),
    st.builds(n.Given, names),
)


def larger(inner: st.SearchStrategy[n.Expression]) -> st.SearchStrategy[n.Expression]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    members = st.lists(value_words | numbers | truths, min_size=1, max_size=3).map(tuple)
    functions = st.sampled_from(get_args(n.Function))
    return st.one_of(
        st.builds(
            n.Sum, inner, st.lists(st.tuples(st.sampled_from("+-"), inner), min_size=1, max_size=3).map(tuple)
        ),
        st.builds(
            n.Product,
            inner,
            st.lists(st.tuples(st.sampled_from("*/"), inner), min_size=1, max_size=3).map(tuple),
        ),
        st.builds(n.Share, percentages, inner),
        st.builds(n.Converted, inner, names),
        st.builds(n.Minus, inner),
        st.builds(n.Comparison, inner, st.sampled_from(["=", "<>", "<", "<=", ">", ">="]), inner),
        st.builds(n.OneOf, inner, members, st.booleans()),
        st.builds(n.Within, inner, periods, inner),
        st.builds(n.Fallback, inner, inner),
        st.builds(n.Not, inner),
        st.builds(n.All, several),
        st.builds(n.Either, several),
        st.builds(n.Call, functions, st.lists(inner, min_size=1, max_size=2).map(tuple)),
    )


expressions = st.recursive(atoms, larger, max_leaves=5)
conditions = st.none() | expressions
laws = st.builds(n.Law, st.lists(words, max_size=2).map(tuple), st.none() | days, st.none() | days)
comments = st.builds(n.Comments, st.lists(sentences, max_size=2).map(tuple), sentences)
clause = {"when": conditions, "law": laws, "comments": comments}
bounds = st.lists(
    st.builds(n.Bound, st.sampled_from(["below", "up_to", "from", "above"]), numbers | amounts),
    min_size=1,
    max_size=2,
).map(tuple)
brackets = st.lists(
    st.builds(n.Bracket, bounds | st.just(()), expressions, comments), min_size=1, max_size=3
).map(tuple)
grades = st.lists(
    st.builds(n.Grade, st.integers(0, 999_999), expressions, comments), min_size=1, max_size=3
).map(tuple)
amount_clauses = st.one_of(
    st.builds(n.Pay, expressions, **clause),
    st.builds(n.Exempt, **clause),
    st.builds(n.Brackets, expressions, brackets, **clause),
    st.builds(n.Grades, expressions, grades, **clause),
    st.builds(n.AtMost, expressions, **clause),
    st.builds(n.AtLeast, expressions, **clause),
    st.builds(n.Times, expressions, **clause),
    st.builds(n.Plus, expressions, **clause),
    st.builds(n.Less, expressions, **clause),
    st.builds(n.Rounded, amounts, st.sampled_from(["half_up", "up", "down"]), **clause),
    st.builds(n.Reduce, expressions, **clause),
)
titles = st.builds(Text, sentences, sentences)
rule = {"name": identifiers, "title": titles, "law": laws, "comments": comments}


def some(line: st.SearchStrategy[n.Clause]) -> st.SearchStrategy[tuple[n.Clause, ...]]:
    return st.lists(line, min_size=1, max_size=3).map(tuple)


windows = st.lists(st.tuples(minutes, minutes), min_size=1, max_size=2).map(tuple)
literals = st.one_of(constants, st.builds(n.Day, days), instants, clock_times, periods, value_words, truths)
limits = numbers | amounts | st.builds(n.Day, days)
cell_bounds = st.builds(n.CellBound, st.sampled_from(["below", "up_to", "from", "above"]), limits)
table_cells = st.one_of(
    st.just(n.AnyCell()),
    st.just(n.BlankCell()),
    st.builds(n.ValuesCell, st.lists(value_words | numbers | truths, min_size=1, max_size=3).map(tuple)),
    st.builds(n.RangeCell, st.lists(cell_bounds, min_size=1, max_size=2).map(tuple)),
)
table_rows = st.builds(
    n.TableRow,
    st.lists(table_cells, min_size=1, max_size=3).map(tuple),
    constants,
    law=laws,
    comments=comments,
)
points = st.builds(n.Point, numbers | amounts, constants, comments)
cells = st.lists(st.builds(n.Setting, paths, literals), min_size=1, max_size=2).map(tuple)
settings = st.lists(
    st.builds(
        n.Setting, paths, literals | st.builds(n.Rows, st.lists(cells, min_size=1, max_size=2).map(tuple))
    ),
    min_size=1,
    max_size=3,
).map(tuple)
rules = st.one_of(
    st.builds(
        n.AmountRule,
        kind=st.sampled_from(["charge", "fee"]),
        clauses=some(amount_clauses),
        each=st.none() | paths,
        as_of=st.sampled_from(["reception", "filing", "decision"]),
        combine=st.sampled_from([None, "highest", "sequence", "waiver_first"]),
        **rule,
    ),
    st.builds(
        n.Term,
        clauses=some(st.builds(n.TermClause, st.none() | periods, **clause)),
        cut_off=st.none() | minutes,
        hours=st.none() | windows,
        supplement=st.sampled_from([None, "restart", "pause", "continue"]),
        extension=st.none() | st.builds(n.Prolongation, periods, st.integers(1, 9), laws),
        since=st.none() | names,
        **rule,
    ),
    st.builds(n.Condition, requires=expressions, **rule),
    st.builds(
        n.Component,
        originals=st.integers(0, 3),
        certified=st.integers(0, 3),
        photocopies=st.integers(0, 3),
        when=conditions,
        one_of=st.none() | identifiers,
        **rule,
    ),
    st.builds(n.Choice, options=some(st.builds(n.Option, identifiers, **clause)), **rule),
    st.builds(n.Assign, assignees=some(st.builds(n.Assignee, identifiers, conditions, **clause)), **rule),
    st.builds(
        n.Parameter, values=some(st.builds(n.DatedConstant, constants, law=laws, comments=comments)), **rule
    ),
    st.builds(
        n.Parameter,
        local=st.builds(
            n.LocalSetting,
            st.sampled_from(["province", "unit"]),
            constants,
            constants,
            st.lists(names, max_size=2).map(tuple),
        ),
        **rule,
    ),
    st.builds(
        n.Table,
        keys=st.lists(names, min_size=1, max_size=3).map(tuple),
        policy=st.sampled_from(["unique", "first"]),
        rows=some(table_rows),
        **rule,
    ),
    st.builds(
        n.Interpolation,
        quantity=expressions,
        points=st.lists(points, min_size=1, max_size=3).map(tuple),
        **rule,
    ),
    st.builds(n.Rate, source=currencies, target=currencies, on=expressions, **rule),
    st.builds(
        n.Always,
        claim=expressions
        | st.builds(n.Monotony, names, st.sampled_from(["never_falls", "never_rises"]), names),
        name=st.just(""),
        law=laws,
        comments=comments,
    ),
    st.builds(n.Let, value=expressions, **{**rule, "law": st.just(n.NO_LAW)}),
    st.builds(n.Example, given=settings, expected=settings, **{**rule, "name": st.just("")}),
)
files = st.builds(
    n.RuleFile,
    st.sampled_from(["vi", "en"]),
    st.lists(rules, min_size=1, max_size=3).map(tuple),
    st.lists(sentences, max_size=2).map(tuple),
    st.lists(sentences, max_size=2).map(tuple),
)
