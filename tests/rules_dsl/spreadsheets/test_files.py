"""Files from outside: what Excel saves is read, what could harm or hide is refused, and memory stays small."""

import tracemalloc
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from common.messages import message_of
from rules_dsl.spreadsheets.files import FORMATS, read_sheet
from rules_dsl.spreadsheets.sheet import MOST_COLUMNS, MOST_ROWS, Sheet
from tests.rules_dsl.spreadsheets.samples import workbook

ROWS: list[list[Any]] = [["(kind)", "(=)"], ["new", 1]]
HONEST = workbook(ROWS)


def code_of(content: bytes, name: str = "t.xlsx") -> str:
    found = read_sheet(content, name, "t")
    assert isinstance(found, tuple), found
    (finding,) = found
    said = message_of(finding)
    assert said.text
    assert said.remedy
    return finding.code.removeprefix("rules.sheet.")


def repacked(**parts: bytes | None) -> bytes:
    """An honest workbook with some of its parts replaced, added or (None) taken out."""
    content = BytesIO()
    with ZipFile(BytesIO(HONEST)) as honest, ZipFile(content, "w", ZIP_DEFLATED) as made:
        kept = {name: honest.read(name) for name in honest.namelist()}
        for name, body in {**kept, **parts}.items():
            if body is not None:
                made.writestr(name, body)
    return content.getvalue()


def hidden() -> bytes:
    book = load_workbook(BytesIO(workbook(ROWS, side=[["giấu"]])))
    book["side"].sheet_state = "hidden"
    content = BytesIO()
    book.save(content)
    return content.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_a_workbook"),
        (b"no file of any kind", "not_a_workbook"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "not_a_workbook"),
        (HONEST[:800], "not_a_workbook"),
        (repacked(**{SHEET: b"<worksheet"}), "not_a_workbook"),
        (repacked(**{SHEET: BOMB}), "not_a_workbook"),
        (repacked(**{"xl/workbook.xml": None}), "not_a_workbook"),
        (repacked(**{"xl/vbaProject.bin": b"macro"}), "macros"),
        (repacked(**{"xl/media/zeros.bin": b"\0" * 5_000_000}), "too_heavy"),
        (repacked(**{f"xl/media/{n}.bin": b"" for n in range(300)}), "too_heavy"),
        (b"PK" + b"\0" * 2_000_001, "too_heavy"),
        (hidden(), "hidden"),
        (workbook(ROWS, title="a", b=ROWS), "several"),
        (workbook([["x"]] * (MOST_ROWS + 2)), "too_many_rows"),
        (workbook([["x"] * (MOST_COLUMNS + 1)]), "too_many_columns"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_workbook_that_is_none_or_hides_something_is_refused(content: bytes, code: str) -> None:
    assert code_of(content) == code


def test_a_cell_at_the_end_of_the_world_is_not_waited_for() -> None:
    book = Workbook()
    book.active["A1"] = "(kind)"
    book.active.cell(1_048_576, 1).value = "far"
    content = BytesIO()
    book.save(content)
    assert code_of(content.getvalue()) == "too_many_rows"


@pytest.mark.parametrize(
    ("part", "body"),
    [
        ("xl/styles.xml", b"<styleSheet><cellXfs>" + b"<xf/>" * 2_000_000 + b"</cellXfs></styleSheet>"),
        ("xl/sharedStrings.xml", b"<sst>" + b"<si><t>ha</t></si>" * 800_000 + b"</sst>"),
        ("xl/worksheets/sheet2.xml", b"<worksheet><sheetData>" + b"<row/>" * 2_000_000),
    ],
)
def test_what_would_swell_is_refused_before_it_is_opened(part: str, body: bytes) -> None:
    bomb = repacked(**{part: body})
    assert len(bomb) < 60_000
    tracemalloc.start()
    assert code_of(bomb) == "too_heavy"
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()


def test_a_full_table_is_not_too_heavy() -> None:
    law = "Thông tư 257/2016/TT-BTC, Điều 4 khoản 2 điểm a; Nghị quyết của Hội đồng nhân dân tỉnh"
    rows = [[f"từ {n} đến {n + 1}"] * 11 + [n, law] for n in range(MOST_ROWS - 1)]
    assert isinstance(read_sheet(workbook([["x"] * 13, *rows]), "t.xlsx", "t"), Sheet)


def test_among_several_sheets_the_one_called_like_the_table_is_read() -> None:
    found = read_sheet(workbook(ROWS, title="t", other=[["nothing"]]), "Bảng của tôi.XLSX", "t")
    assert isinstance(found, Sheet)
    assert found.rows[1][0] == "new"


@pytest.mark.parametrize(
    "text",
    [
        "(kind);(=)\r\nnew;1\r\n",
        "(kind),(=)\nnew,1\n",
        "(kind)\t(=)\nnew\t1",
        '"(kind)";"(=)"\n"new";"1"\n\n',
        '"tên, có phẩy (kind)";(=)\nnew;1',
        "sep=,\r\n(kind),(=)\r\nnew,1\r\n",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_separated_texts_are_read_as_programs_save_them(text: str, encoding: str) -> None:
    found = read_sheet(text.encode(encoding), "t.csv", "t")
    assert isinstance(found, Sheet)
    assert found.rows[1] == ("new", "1")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("Trực tuyến;1".encode("cp1258", "replace") + b"\xff\xfe\xfa", "not_utf8"),
        (b'(kind);(=)\n"new;1\n', "bad_quotes"),
        (b"a\n" * (MOST_ROWS + 5), "too_many_rows"),
        (b"x;" * MOST_COLUMNS + b"x", "too_many_columns"),
        (b"x" * 2_000_001, "too_heavy"),
    ],
)
def test_other_texts_are_refused(content: bytes, code: str) -> None:
    assert code_of(content, "t.csv") == code


def test_other_endings_are_refused() -> None:
    assert code_of(HONEST, "t.xlsm") == "other_file"
    assert code_of(HONEST, "t.ods") == "other_file"


def test_a_text_that_looks_like_a_formula_stays_a_text() -> None:
    sheet = Sheet("t", (("(kind)", "(=)"), ("=1+1", "@SUM(A1)"), ("'=x", "-")))
    for ending, file in FORMATS.items():
        content = file.write(sheet)
        assert file.read(content, "t") == sheet, ending
    assert b'"=1+1"' not in FORMATS[".csv"].write(sheet)
    assert b"'=1+1;'@SUM(A1)" in FORMATS[".csv"].write(sheet)
