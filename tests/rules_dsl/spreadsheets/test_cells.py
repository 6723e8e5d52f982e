"""What people put into cells is understood as they mean it, or refused at its address with what to write instead."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from common.messages import message_of
from rules_dsl import nodes as n
from rules_dsl.facts import scope
from rules_dsl.parser import parse
from rules_dsl.spreadsheets.checking import check_table
from rules_dsl.spreadsheets.files import FORMATS
from rules_dsl.spreadsheets.reading import read_table
from rules_dsl.spreadsheets.sheet import Sheet, address
from tests.rules_dsl.spreadsheets.samples import FORM, SCOPE, keyed, workbook

FACTS = SCOPE.facts


def read(cell: Any, key: str, value: Any = "1", head: str = "(=)") -> Any:
    """A sheet of one row as read, by way of a real file."""
    content = workbook([[f"({key})", f"Giá trị {head}"], [cell, value]])
    sheet = FORMATS[".xlsx"].read(content, "t")
    assert isinstance(sheet, Sheet), sheet
    return read_table(sheet, keyed(key), "vi", FACTS)


def told(cell: str, key: str) -> n.Cell:
    """The cell as the rules spell it."""
    rules = parse(f"ngôn_ngữ vi\nbảng t ({key})\n  dòng {cell} thì 1").rules.rules
    assert isinstance(rules[0], n.Table)
    return rules[0].rows[0].cells[0]


@pytest.mark.parametrize(
    ("key", "typed", "meant"),
    [
        ("kind", "new", "new"),
        ("kind", "Cấp mới", "new"),
        ("kind", "CẤP  MỚI", "new"),
        ("kind", "New card", "new"),
        ("kind", "Cấp đổi; Cấp lại do mất", "{renewal, loss}"),
        ("kind", "renewal, Cấp lại do mất", "{renewal, loss}"),
        ("kind", "{renewal, loss}", "{renewal, loss}"),
        ("dossier.channel", "Trực tuyến", "online"),
        ("dossier.channel", "Trực tuyến\nBưu chính", "{online, post}"),
        ("kind", "bất_kỳ", "bất_kỳ"),
        ("kind", "Bất kỳ", "bất_kỳ"),
        ("kind", "any", "bất_kỳ"),
        ("kind", "*", "bất_kỳ"),
        ("kind", "trống", "trống"),
        ("kind", "blank", "trống"),
        ("copies", 3, "3"),
        ("copies", "3", "3"),
        ("copies", "từ 3 dưới 10", "từ 3 dưới 10"),
        ("copies", "trên 10", "trên 10"),
        ("urgent", True, "đúng"),
        ("urgent", "có", "đúng"),
        ("urgent", "Không", "sai"),
        ("urgent", "no", "sai"),
        ("asked_on", "đến 2025-12-31", "đến 2025-12-31"),
    ],
)
def test_a_cell_is_read_as_it_is_meant(key: str, typed: Any, meant: str) -> None:
    found = read(typed, key)
    assert isinstance(found, n.Table), [message_of(finding).text for finding in found]
    assert found.rows[0].cells[0] == told(meant, key)


@pytest.mark.parametrize(
    ("head", "typed", "meant"),
    [
        ("(= VND)", 25000, "25_000 VND"),
        ("(= VND)", "25_000", "25_000 VND"),
        ("(= VND)", "25 nghìn VND", "25 nghìn VND"),
        ("(= VND)", "0.5%", "0.5%"),
        ("(=)", "25_000 VND", "25_000 VND"),
        ("(=)", 2.5, "2.5"),
        ("(= %)", 2.5, "2.5%"),
    ],
)
def test_a_value_takes_the_unit_of_its_column(head: str, typed: Any, meant: str) -> None:
    found = read("new", "kind", typed, head)
    rules = parse(f"ngôn_ngữ vi\nbảng t (kind)\n  dòng new thì {meant}").rules.rules
    assert isinstance(found, n.Table)
    assert isinstance(rules[0], n.Table)
    assert found.rows[0].value == rules[0].rows[0].value


@pytest.mark.parametrize(
    ("key", "typed", "code", "remedy"),
    [
        ("kind", None, "rules.sheet.blank_cell", "bất_kỳ"),
        ("kind", "=A1", "rules.sheet.formula", "Dán đặc biệt"),
        ("copies", "2,5", "rules.comma_in_number", "2.5"),
        ("copies", "1.000", "rules.dots_in_number", "8_000"),
        ("copies", "từ 31/12/2025", "rules.day_order", "2024-01-31"),
        ("copies", "new thì 5", "rules.sheet.not_one_cell", "{a, b}"),
        ("copies", "3 # ghi chú", "rules.sheet.not_one_cell", "{a, b}"),
        ("copies", '"không đóng', "rules.sheet.not_one_cell", "{a, b}"),
        ("copies", "3 dòng 4", "rules.expected_gives", ""),
        ("copies", "3, 4", "rules.sheet.not_one_cell", "{a, b}"),
        ("asked_on", datetime.fromisoformat("2025-12-31T09:30"), "rules.sheet.broken_cell", "không kèm giờ"),
        ("copies", "x" * 1001, "rules.sheet.long_cell", ""),
    ],
)
def test_a_wrong_cell_is_told_at_its_address(key: str, typed: Any, code: str, remedy: str) -> None:
    found = read(typed, key)
    assert isinstance(found, tuple)
    assert [(finding.where, finding.code, finding.line, finding.column) for finding in found] == [
        ("A2", code, 2, 1)
    ]
    assert remedy in message_of(found[0]).remedy


def test_days_and_law_are_read_from_real_cells_and_from_texts() -> None:
    head = ["(kind)", "Giá trị (= VND)", "Từ ngày (từ_ngày)", "Until (until)", "Căn cứ (cites)"]
    rows = [["new", 5000, date(2025, 1, 1), "2025-12-31", "Thông tư 1, Điều 2\nNghị định 3"]]
    sheet = FORMATS[".xlsx"].read(workbook([head, *rows]), "t")
    assert isinstance(sheet, Sheet)
    found = read_table(sheet, keyed("kind"), "vi", FACTS)
    assert isinstance(found, n.Table)
    law = n.Law(("Thông tư 1, Điều 2", "Nghị định 3"), date(2025, 1, 1), date(2025, 12, 31))
    assert found.rows[0].law == law


def test_columns_stand_in_any_order_and_blank_rows_are_passed_over() -> None:
    rows: list[list[Any]] = [["Giá trị (= VND)", "Số bản", "kind"], [], [5000, "từ 1 đến 9", "Cấp mới"]]
    sheet = FORMATS[".xlsx"].read(workbook(rows), "t")
    assert isinstance(sheet, Sheet)
    found = read_table(sheet, keyed("kind", "copies"), "vi", FACTS)
    assert isinstance(found, n.Table)
    assert [row.place.line for row in found.rows] == [3]
    assert found.rows[0].cells == (told("new", "kind"), told("từ 1 đến 9", "copies"))


@pytest.mark.parametrize(
    ("head", "codes"),
    [
        (["(kind)"], {"B1": "rules.sheet.missing_column"}),
        (["(kin)", "(=)"], {"A1": "rules.sheet.unknown_column", "C1": "rules.sheet.missing_column"}),
        (["(kind)", "(=)", "(kind)"], {"C1": "rules.sheet.column_twice"}),
        (["(kind)", "(=)", "Ghi chú của tôi"], {"C1": "rules.sheet.unknown_column"}),
    ],
)
def test_wrong_headers_are_told_before_any_row(head: list[str], codes: dict[str, str]) -> None:
    sheet = Sheet("t", (tuple(head), ("new", Decimal(1))))
    found = read_table(sheet, keyed("kind"), "vi", FACTS)
    assert isinstance(found, tuple)
    assert {finding.where: finding.code for finding in found} == codes


def test_every_wrong_cell_is_told_in_one_pass() -> None:
    head = ("(kind)", "(copies)", "(= VND)", "(từ_ngày)")
    rows = (
        ("new", "2,5", "8.000", "31/12/2025"),
        (None, "3", Decimal(5), None),
        ("new thì 5", "3", "mười", "hôm nay"),
    )
    found = read_table(Sheet("t", (head, *rows)), keyed("kind", "copies"), "vi", FACTS)
    assert isinstance(found, tuple)
    assert sorted({finding.where for finding in found}) == ["A3", "A4", "B2", "C2", "C4", "D2", "D4"]


def test_what_the_checks_find_is_told_by_address_too() -> None:
    head = ("(kind)", "(copies)", "(= VND)")
    rows = (("new", "bất_kỳ", Decimal(1)), ("renewed", "bất_kỳ", Decimal(2)), ("loss", "đúng", Decimal(3)))
    rules = parse('ngôn_ngữ vi\nbảng t (kind, copies)\n  căn_cứ "L"\n  dòng bất_kỳ, bất_kỳ thì 1 VND').rules
    (before,) = rules.rules
    assert isinstance(before, n.Table)
    found = read_table(Sheet("t", (head, *rows)), before, "vi", FACTS)
    assert isinstance(found, n.Table)
    told = {finding.where: finding.code for finding in check_table(found, rules, scope(FORM))}
    assert told["A3"] == "rules.unknown_value"
    assert told["B4"] == "rules.kinds_not_compared"


@pytest.mark.parametrize(
    ("place", "name"), [((7, 2), "B7"), ((1, 26), "Z1"), ((1, 27), "AA1"), ((12, 703), "AAA12")]
)
def test_addresses_are_those_of_every_program_for_sheets(place: tuple[int, int], name: str) -> None:
    assert address(*place) == name
