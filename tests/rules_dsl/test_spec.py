"""Every row of the specification comes out as the law says (spec/README.md)."""

import json
from datetime import date, datetime
from typing import Any

import pytest

from common.money import Money
from rules_dsl.evaluation import Evaluation, Reference
from rules_dsl.facts import Facts, read_facts, scope
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

WITH_RULES = ("R1", "R2", "R3", "R3b", "R4", "R6", "R6b", "R13", "R14", "R16", "D1", "D5", "D11")
OFFICE = "tính_theo_giờ 07:30 đến 11:30 và 13:30 đến 17:30"


@pytest.mark.parametrize("row", tables.every_row(*WITH_RULES), ids=str)
def test_the_rules_give_what_the_table_says(row: tables.Row) -> None:
    known = scope(json.loads((tables.SPEC / f"{row.table}.form.json").read_text(encoding="utf-8")))
    rulebook = book((tables.SPEC / f"{row.table}.motcua").read_text(encoding="utf-8"), known)
    facts = read_facts(known, tables.answers(row, known.facts))
    assert isinstance(facts, Facts)
    world = Reference(calendar(), tables.parameters(row))
    for rule, cell in row.marked("=").items():
        assert came_out(rulebook.evaluate(rule, facts, world), facts) == wanted(cell), rule


def wanted(cell: str) -> Any:
    match cell:
        case "có" | "không":
            return cell == "có"
        case "chưa có mức thu":
            return "rules.unknown_parameter"
    return tables.due(cell) if cell[:1] in "TC" else Money(int(cell.replace(" ", "")))


def came_out(evaluation: Evaluation, facts: Facts) -> Any:
    value = evaluation.value
    if isinstance(value, Unknown):
        return value.code
    if isinstance(value, Allowance):
        received_at = facts.values["dossier.received_at"]
        assert isinstance(received_at, datetime)
        return due_of(value, LedgerEntry("started", received_at))
    return value


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
