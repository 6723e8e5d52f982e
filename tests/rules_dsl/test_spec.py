"""Every row of the specification comes out as the law says (spec/README.md)."""

import json
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import Any

import pytest

from common.calendar import Interruptions
from common.problems import Finding
from rules_dsl.checks import check
from rules_dsl.compiler import compile_rules
from rules_dsl.evaluation import Evaluation, Reference
from rules_dsl.explain import day_sentence, day_sentences
from rules_dsl.facts import Facts, Scope, read_facts, scope
from rules_dsl.nodes import RuleFile
from rules_dsl.parser import parse
from rules_dsl.terms import (
    Allowance,
    Deadline,
    LedgerEntry,
    derive,
    supplement_answered,
    supplement_requested,
)
from rules_dsl.unknown import Unknown
from tests.rules_dsl import tables
from tests.rules_dsl.world import book, calendar, reference

OFFICE = "tính_theo_giờ 07:30 đến 11:30 và 13:30 đến 17:30"
# Why nothing comes out, as an official says it.
UNKNOWN = {
    "chưa có mức thu": "rules.unknown_parameter",
    "mức thu ngoài khung": "rules.parameter_out_of_bounds",
    "chưa có tỷ giá": "rules.unknown_rate",
    "không dòng nào áp dụng": "rules.no_clause",
    "hai dòng cùng áp dụng": "rules.two_rows",
}


def form_of(table: str) -> dict[str, Any]:
    body: dict[str, Any] = json.loads((tables.SPEC / f"{table}.form.json").read_text(encoding="utf-8"))
    return body


def scope_of(table: str) -> Scope:
    return scope(form_of(table))


@cache
def rules_of(table: str) -> RuleFile:
    parsed = parse((tables.SPEC / f"{table}.motcua").read_text(encoding="utf-8"))
    assert parsed.findings == ()
    return parsed.rules


@pytest.mark.parametrize("table", tables.with_rules())
def test_the_checks_find_the_holes_of_the_law_and_nothing_else(table: str) -> None:
    holes = [
        (row.cells["phát hiện"], row.cells["ở đâu"])
        for row in tables.rows_of("holes")
        if row.cells["bảng"] == table
    ]
    found = check(rules_of(table), scope_of(table), Reference(calendar()))
    assert [(finding.code, place_of(finding)) for finding in found] == holes


def place_of(finding: Finding) -> str:
    """The value or the first line that the finding speaks of."""
    return str(finding.parameters.get("value", finding.parameters.get("first", "")))


@pytest.mark.parametrize("row", tables.every_row(*tables.with_rules()), ids=str)
def test_the_rules_give_what_the_table_says(row: tables.Row) -> None:
    known = scope_of(row.table)
    rulebook = compile_rules(rules_of(row.table), known)
    facts = read_facts(known, tables.answers(row, known.facts))
    assert isinstance(facts, Facts), facts
    world = Reference(calendar(), tables.parameters(row), tables.rates(row))
    expected = {rule: cell for rule, cell in row.marked("=").items() if cell}
    assert expected
    for rule, cell in expected.items():
        assert came_out(rulebook.evaluate(rule, facts, world), facts, row) == wanted(cell), rule


def wanted(cell: str) -> Any:
    if cell in UNKNOWN:
        return UNKNOWN[cell]
    if cell in ("có", "không"):
        return cell == "có"
    if cell.split()[0] in tables.WEEKDAYS:
        return tables.due(cell)
    return tables.money(cell) if cell[0].isdigit() else cell


def came_out(evaluation: Evaluation, facts: Facts, row: tables.Row) -> Any:
    value = evaluation.value
    if isinstance(value, Unknown):
        return value.code
    if isinstance(value, Allowance):
        received_at = facts.values["dossier.received_at"]
        assert isinstance(received_at, datetime)
        return due_of(value, LedgerEntry("started", value.starts_at(received_at)), *happened(row))
    return value


def happened(row: tables.Row) -> list[LedgerEntry]:
    """What the row says happened to the clock after it started."""
    return [
        LedgerEntry(kind, tables.moment(cell))  # type: ignore[arg-type]
        for kind, cell in row.marked("~").items()
        if cell
    ]


def due_of(allowance: Allowance, *entries: LedgerEntry) -> date | datetime | Unknown:
    deadline = derive(allowance, entries, calendar())
    if isinstance(deadline, Deadline):
        return deadline.due_at if deadline.to_the_minute else deadline.due_on
    return deadline


def allowance(*lines: str) -> Allowance:
    """What a term with these lines allows."""
    rules = book("\n".join(["ngôn_ngữ vi", 'thời_hạn limit "Thời hạn"', 'căn_cứ "Luật"', *lines]))
    value = rules.evaluate("limit", Facts(), reference()).value
    assert isinstance(value, Allowance)
    return value


@pytest.mark.parametrize("row", tables.every_row("D2", "D3", "D4"), ids=str)
def test_days_and_months_are_counted_as_the_civil_code_does(row: tables.Row) -> None:
    found = due_of(
        allowance(row.cells["thời hạn"]), LedgerEntry("started", tables.moment(row.cells["tiếp nhận"]))
    )
    if row.cells["hạn trả"] == "chưa có lịch 2027":
        assert found == Unknown(("calendar.2027",), "rules.unknown_calendar")
    else:
        assert found == tables.due(row.cells["hạn trả"])


@pytest.mark.parametrize("row", tables.every_row("D2b"), ids=str)
def test_both_ways_of_counting_stand_side_by_side(row: tables.Row) -> None:
    started = LedgerEntry("started", tables.moment(row.cells["tiếp nhận"]))
    assert due_of(allowance(row.cells["thời hạn"]), started) == tables.due(row.cells["theo ngày"])
    assert due_of(allowance(row.cells["thời hạn"], OFFICE), started) == tables.due(row.cells["theo giờ"])


@pytest.mark.parametrize("row", tables.every_row("D5b"), ids=str)
def test_silence_is_consent_after_the_last_day(row: tables.Row) -> None:
    sent = LedgerEntry("started", tables.moment(row.cells["gửi lấy ý kiến"]))
    assert due_of(allowance(row.cells["thời hạn"]), sent) == tables.due(row.cells["coi như đồng ý sau"])


@pytest.mark.parametrize("effect", ["vẫn_tính_khi", "tính_lại_khi", "tạm_dừng_khi"])
@pytest.mark.parametrize("row", tables.every_row("D8"), ids=str)
def test_a_supplement_restarts_pauses_or_leaves_the_clock(row: tables.Row, effect: str) -> None:
    term = allowance(row.cells["thời hạn"], f"{effect} yêu_cầu_bổ_sung")
    entries = (
        LedgerEntry("started", tables.moment(row.cells["tiếp nhận"])),
        *supplement_requested(term, tables.moment(row.cells["yêu cầu bổ sung"])),
        *supplement_answered(term, tables.moment(row.cells["nhận đủ bổ sung"])),
    )
    assert due_of(term, *entries) == tables.due(row.cells[effect])


def entries_of(row: tables.Row) -> list[LedgerEntry]:
    """The reception of the row, and what happened after it ("suspended T4 04/03/2026 10:00; …")."""
    found = [LedgerEntry("started", tables.moment(row.cells["tiếp nhận"]))]
    for happening in filter(None, row.cells["sự kiện"].split("; ")):
        kind, weekday, day, at, *amount = happening.split()
        when = tables.moment(f"{weekday} {day} {at}")
        found.append(LedgerEntry(kind, when, *map(int, amount)))  # type: ignore[arg-type]
    return found


@pytest.mark.parametrize("row", tables.every_row("ledger_cases"), ids=lambda row: row.cells["trường hợp"])
def test_the_ledger_tells_each_day(row: tables.Row) -> None:
    lost = [tables.moment(cell).date() for cell in filter(None, row.cells["ngừng"].split("; "))]
    closed = replace(calendar(), interruptions=Interruptions(1, dict.fromkeys(lost, "Bão số 5")))
    found = derive(allowance(row.cells["thời hạn"]), entries_of(row), closed)
    assert isinstance(found, Deadline)
    told = [(line.counted, day_sentence(line, "vi")) for line in found.days]
    told.append((False, day_sentences(found, "vi")[-1]))
    expected = [
        each.cells for each in tables.rows_of("ledger") if each.cells["trường hợp"] == row.cells["trường hợp"]
    ]
    assert told == [(each["tính"] == "có", each["sổ ghi"]) for each in expected]
