"""Batches of the law's own examples, and what becomes of columns that 64 bits cannot hold."""

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from common.money import Money
from rules_dsl.columns import batch
from rules_dsl.columns.batch import on_columns
from rules_dsl.columns.column import Column, columns_of
from rules_dsl.compiler import Rulebook, compile_rules
from rules_dsl.evaluation import ParameterValue, Reference
from rules_dsl.facts import Facts, read_facts, scope
from rules_dsl.parser import parse
from rules_dsl.unknown import Unknown
from rules_dsl.values import Assignment
from tests.rules_dsl import tables
from tests.rules_dsl.world import DAY, INTEGER, MONEY, TEXT, YES_NO, book, calendar, form, one_of

AMOUNTS = ("R1", "R2", "R3", "R3b", "R4", "R6", "R6b", "R13", "R14")


@pytest.mark.parametrize("table", AMOUNTS)
def test_the_rows_of_the_specification_come_out_in_one_batch(table: str) -> None:
    known = scope(json.loads((tables.SPEC / f"{table}.form.json").read_text(encoding="utf-8")))
    rules = compile_rules(parse((tables.SPEC / f"{table}.motcua").read_text(encoding="utf-8")).rules, known)
    every = [read_facts(known, tables.answers(row, known.facts)) for row in tables.rows_of(table)]
    situations = [facts for facts in every if isinstance(facts, Facts)]
    assert len(situations) == len(every)
    world = Reference(calendar())
    for name in rules.rules:
        assert amounts(rules, name, situations, world) == one_by_one(rules, name, situations, world)


def amounts(rules: Rulebook, name: str, every: Sequence[Facts], world: Reference) -> list[Any]:
    found = rules.batch(name, columns_of(rules.kinds.scope.facts, every), world)  # type: ignore[union-attr]
    return [None if gone else value for value, gone in zip(found.values.tolist(), found.unknown, strict=True)]


def one_by_one(rules: Rulebook, name: str, every: Sequence[Facts], world: Reference) -> list[Any]:
    found = [rules.value(name, facts, world) for facts in every]
    return [None if isinstance(v, Unknown) else v.minor if isinstance(v, Money) else v for v in found]


FORM = form(
    price=MONEY,
    pages=INTEGER,
    born_on=DAY,
    poor=YES_NO,
    kind=one_of("house", "shop"),
    floors_=INTEGER,
    note_=TEXT,
    papers_={"type": "array", "items": form(pages=INTEGER, copies_=INTEGER)},
)
KNOWN = scope(FORM)
# Written on columns, each of them.
WRITTEN = {
    "brackets": "by price below 1_000 VND pay 5 VND up to 9_000 pay 0.33% of whole above pay 7 VND + 1.5% of excess",
    "grades": "per pages from 1 pay 2_000 VND from 3 pay 999.5 VND",
    "exemptions": "exempt when poor exempt when kind is shop otherwise pay price",
    "dates": "pay 5 VND until 2026-03-01 otherwise pay 6 VND plus 1 VND from 2026-03-03",
    "bounds": "pay price * 0.125 at least 500 VND when poor at most 9_000 VND times pages",
    "the highest": "reductions highest only pay price reduce by 50% when poor reduce by 700 VND when kind is house",
    "waivers": "reductions waiver first pay price reduce by 100% when poor reduce by 33% reduce by 1 VND when poor",
    "one by one": "reductions one after the other pay price reduce by 50% when poor reduce by 12.5%",
    "rounding": "pay price * 0.37 rounded to 500 VND less 100 VND",
    "days": "pay 3 VND * (dossier.received_on - born_on)",
    "ages": "pay 5 VND when age(born_on, dossier.received_on) >= 18 otherwise pay 6 VND",
    "periods": "pay 5 VND when dossier.received_on within 3 working days of born_on otherwise pay 6 VND",
    "what is absent": "pay 5 VND * (floors otherwise 2) when given floors or poor otherwise pay 1 VND",
    "constants": "pay salary times pages",
    "local amounts": "pay late",
    "tables": "pay card",
    "other rules": "pay other + other",
    "a quotient that ends": "pay price / 8",
    "instants": "pay 5 VND when dossier.received_at >= 2026-03-02 08:00 otherwise pay 6 VND",
    "times of day": "pay 5 VND when time_of(dossier.received_at) >= 09:00 otherwise pay 6 VND",
    "texts of two fields": 'pay 5 VND when (note otherwise kind) is "house" otherwise pay 6 VND',
    "rows": "for each papers pay 2_000 VND * papers.pages at most 5_000 VND times (papers.copies otherwise 1)",
    "rows and whole dossiers": "for each papers pay price * papers.pages when poor otherwise pay other * 0.3",
    "exempt rows": "for each papers exempt when papers.pages > 3 pay card",
    "rows counted": "pay 5 VND * count(papers) times count(papers.pages > 3)",
    "rows added up": "pay 5 VND * sum(papers.pages)",
    "questions over rows": "pay 5 VND when any(papers.pages > 3) and every(papers.pages > pages) otherwise pay 6 VND",
    "the largest of rows": "pay 5 VND * (largest(papers.pages) otherwise 3)",
    "the smallest of rows": "pay 5 VND * (smallest(papers.pages) otherwise 3)",
    "rows within rows": "for each papers pay 5 VND * papers.pages * sum(papers.pages)",
    "whether there are rows": "pay 5 VND when given papers otherwise pay 6 VND",
}
RULES = """language en
parameter salary cites "L" 18 VND from 2023-07-01 23.5 VND from 2026-03-02
parameter late set by province between 0 VND and 9_000 VND by kind
table card (kind, pages) first cites "L"
  row house, below 3 gives 4 VND
  row any, above 9 gives 5 VND
  row any, any gives 6 VND
let third = price * 0.3
charge other cites "L" pay third when poor otherwise pay price
"""
SET = {"late": (ParameterValue(Money(4), keys=("house",)), ParameterValue(Money(9_001), keys=("shop",)))}
WORLD = Reference(calendar(), SET)
PAPERS = [{"pages": 2}, {"pages": 7, "copies": 3}, {"pages": 0}]
HOUSE = {"poor": True, "kind": "house", "floors": 3, "note": "house"}
SHOP = {"poor": False, "kind": "shop", "note": "farm"}
CASES = [
    {"price": price, "pages": pages, "born_on": born_on, "papers": PAPERS[price % 4 :], **whose}
    for price in (0, 999, 1_000, 9_000, 9_001, 123_457, 123_458)
    for pages, born_on in ((0, "2008-03-02"), (3, "2026-02-26"), (12, "2008-03-03"))
    for whose in (HOUSE, SHOP)
]


def situations(*gone: str) -> list[Facts]:
    """Each case on the days around a change of the law; without what is not known yet."""
    days = ("2026-03-01", "2026-03-02", "2026-03-03")
    bodies = [
        {"answers": case, "dossier": {"received_at": f"{on}T09:00:00+07:00"}} for case in CASES for on in days
    ]
    every = [read_facts(KNOWN, body) for body in bodies]
    known = [facts for facts in every if isinstance(facts, Facts)]
    kept = [{name: value for name, value in facts.values.items() if name not in gone} for facts in known]
    return [Facts(values, facts.rows, facts.absent) for values, facts in zip(kept, known, strict=True)]


def charge(lines: str) -> Rulebook:
    return book(f'{RULES} charge f cites "L" {lines}', KNOWN)


@pytest.mark.parametrize("what", WRITTEN)
def test_what_is_written_on_columns_is_right_to_the_dong(what: str) -> None:
    rules = charge(WRITTEN[what])
    for every in (situations(), mixed()):
        given = columns_of(KNOWN.facts, every)
        written = on_columns(rules.rules["f"], rules.kinds, given, WORLD)
        assert written is not None
        assert amounts(rules, "f", every, WORLD) == one_by_one(rules, "f", every, WORLD)


def mixed() -> list[Facts]:
    """Some dossiers of which something is not known yet."""
    gone = [("poor",), ("kind", "price"), ("pages", "dossier.received_on"), ()]
    return [facts for names in gone for facts in situations(*names)]


# Worked out row by row: what is no whole number of 64 bits.
ROW_BY_ROW = {
    "a quotient without end": "pay price / 3",
    "sixty-five bits": "pay price * 1_000_000_000 * 1_000_000_000",
}


@pytest.mark.parametrize("what", ROW_BY_ROW)
def test_what_columns_cannot_hold_is_just_as_right(what: str) -> None:
    rules, every = charge(ROW_BY_ROW[what]), situations()
    given = columns_of(KNOWN.facts, every)
    assert on_columns(rules.rules["f"], rules.kinds, given, WORLD) is None
    assert amounts(rules, "f", every, WORLD) == one_by_one(rules, "f", every, WORLD)


def test_what_a_form_bounds_is_compiled_once_for_all_answers() -> None:
    bounded = scope(form(price={**MONEY, "minimum": 0, "maximum": 10**9}))
    rules = book('language en charge f cites "L" pay 0.125 * price at most 9_000_000 VND', bounded)
    before = batch.compiled.cache_info().misses
    for prices in ([0, 8], [10**9, 3, 4], [7]):
        found = rules.batch("f", {"price": Column(np.array(prices))}, WORLD)
        assert found.values.tolist() == [min((price + 4) // 8, 9_000_000) for price in prices]
        assert found.values.dtype == np.int64
    assert batch.compiled.cache_info().misses == before + 1


def test_answers_that_do_not_keep_to_the_form_come_out_right_as_well() -> None:
    bounded = scope(form(price={**MONEY, "minimum": 0, "maximum": 10}))
    rules = book('language en charge f cites "L" pay price * 1_000_000_000', bounded)
    found = rules.batch("f", {"price": Column(np.array([10, 10**12]))}, WORLD)
    assert found.values.tolist() == [10**10, 10**21]


def test_where_all_that_a_form_admits_does_not_fit_these_answers_may() -> None:
    wide = scope(form(price={**MONEY, "minimum": 0, "maximum": 10**18}))
    rules = book('language en charge f cites "L" pay price * 1_000_000', wide)
    found = rules.batch("f", {"price": Column(np.array([10, 10**9]))}, WORLD)
    assert (found.values.tolist(), found.values.dtype) == ([10**7, 10**15], np.int64)


def test_an_assignment_names_the_area_of_each_dossier() -> None:
    rules = book(
        "language en assign f role clerk area dossier.area when pages > 3 otherwise role officer", KNOWN
    )
    given = {
        "pages": Column(np.array([5, 1, 9])),
        "dossier.area": Column(np.array([1, 0, 0]), words=("00001", "00004")),
    }
    found = on_columns(rules.rules["f"], rules.kinds, given, WORLD)
    assert found is not None
    assert found.values.tolist() == [
        Assignment("clerk", "00004"),
        Assignment("officer"),
        Assignment("clerk", "00001"),
    ]


def test_without_a_stated_bound_it_is_that_of_the_columns() -> None:
    """The same rule fits small amounts and not large ones; both come out right."""
    rules = charge("pay price * 1_000_000")
    for most in (10**9, 2**63 - 1):
        given = {"price": Column(np.array([0, 1, most], dtype=np.int64))}
        found = rules.batch("f", given, WORLD)
        assert found.values.tolist() == [0, 1_000_000, most * 1_000_000]
        assert (found.values.dtype == np.int64) == (most == 10**9)


def test_columns_are_given_as_they_come() -> None:
    lines = ["exempt when poor", "pay 5 VND until 2026-03-01", "pay 1 VND * pages when kind is house"]
    rules = charge(" ".join([*lines, "otherwise pay price"]))
    given = {
        "poor": Column(np.array([True, False, False, False, False])),
        "kind": Column(np.array([0, 1, 0, 1, 0]), words=("house", "shop")),
        "pages": Column(
            np.array([1, 2, 3, 4, 5], dtype=np.int32), unknown=np.array([0, 0, 0, 0, 1], dtype=bool)
        ),
        "price": Column(np.array([10, 20, 30, 40, 50])),
        "dossier.received_on": Column(
            np.array(["2026-03-02"] * 2 + ["2026-03-01"] + ["2026-03-02"] * 2, "M8[D]")
        ),
    }
    found = rules.batch("f", given, WORLD)
    assert found.values[:4].tolist() == [0, 20, 5, 40]
    assert found.unknown.tolist() == [False, False, False, False, True]


def test_a_question_without_a_column_is_not_answered_yet() -> None:
    found = charge("pay price").batch("f", {"pages": Column(np.array([1, 2]))}, WORLD)
    assert found.unknown.tolist() == [True, True]


def test_nothing_at_all_is_a_batch_as_well() -> None:
    found = charge("pay price").batch("f", {"price": Column(np.array([], dtype=np.int64))}, WORLD)
    assert (len(found.values), len(found.unknown)) == (0, 0)


def test_amounts_in_floating_point_are_refused() -> None:
    with pytest.raises(TypeError, match="whole numbers"):
        charge("pay price").batch("f", {"price": Column(np.array([0.1, 2.0]))}, WORLD)


def test_unsigned_amounts_beyond_what_is_signed_come_out_right() -> None:
    given = {"price": Column(np.array([2**64 - 1, 5], dtype=np.uint64))}
    assert charge("pay price").batch("f", given, WORLD).values.tolist() == [2**64 - 1, 5]


def test_columns_of_two_lengths_are_a_mistake() -> None:
    given = {"price": Column(np.array([1, 2])), "pages": Column(np.array([1]))}
    with pytest.raises(ValueError, match="2 lengths"):
        charge("pay price * pages").batch("f", given, WORLD)
