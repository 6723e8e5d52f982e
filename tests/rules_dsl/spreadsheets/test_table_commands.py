"""`motcua rules table`: exit code 0 when it is done, 1 when something is wrong, 2 for wrong usage."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from rules_dsl.cli import rules
from tests.rules_dsl.spreadsheets.samples import FORM, TEXT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "rules.motcua").write_text(TEXT, encoding="utf-8")
    (tmp_path / "form.json").write_text(json.dumps(FORM), encoding="utf-8")
    return tmp_path


def run(folder: Path, *arguments: str) -> Any:
    places = [str(folder / each) if "." in each and not each.startswith("-") else each for each in arguments]
    return CliRunner().invoke(rules, ["table", *places])


@pytest.mark.parametrize("sheet", ["fees.xlsx", "fees.csv"])
def test_out_and_in_again_gives_the_same_file(folder: Path, sheet: str) -> None:
    with_form = ("--form", "form.json")
    out = run(folder, "export", "rules.motcua", "card_fee", "-o", sheet, *with_form)
    assert (out.exit_code, out.output) == (0, "")
    back = run(folder, "import", "rules.motcua", "card_fee", sheet, *with_form)
    assert (back.exit_code, back.output) == (0, TEXT)


def test_a_changed_cell_changes_its_row(folder: Path) -> None:
    run(folder, "export", "rules.motcua", "card_fee", "-o", "fees.xlsx")
    book = load_workbook(folder / "fees.xlsx")
    book.active["C2"] = 35000
    book.save(folder / "fees.xlsx")
    answer = run(folder, "import", "rules.motcua", "card_fee", "fees.xlsx", "-o", "new.motcua", "--json")
    assert answer.exit_code == 0
    assert json.loads(answer.output)["changes"] == [
        {
            "kind": "changed",
            "before": "dòng new, bất_kỳ thì 30_000 VND",
            "after": "dòng new, bất_kỳ thì 35_000 VND",
            "row": 2,
        }
    ]
    assert (folder / "new.motcua").read_text(encoding="utf-8") == TEXT.replace("30_000", "35_000")


def test_wrong_cells_are_told_by_address(folder: Path) -> None:
    run(folder, "export", "rules.motcua", "card_fee", "-o", "fees.xlsx")
    book = load_workbook(folder / "fees.xlsx")
    book.active["A2"], book.active["C3"] = None, "2,5"
    book.save(folder / "fees.xlsx")
    answer = run(folder, "import", "rules.motcua", "card_fee", "fees.xlsx")
    assert answer.exit_code == 1
    lines = answer.output.splitlines()
    assert lines[0].startswith("fees.xlsx:A2: error[rules.sheet.blank_cell]: Ô để trống; ")
    assert lines[1].startswith("fees.xlsx:C3: error[rules.comma_in_number]: ")
    machine = run(folder, "import", "rules.motcua", "card_fee", "fees.xlsx", "--json")
    assert [finding["where"] for finding in json.loads(machine.output)] == ["A2", "C3"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("export", "rules.motcua", "other", "-o", "fees.xlsx"),
        ("export", "rules.motcua", "card_fee", "-o", "fees.ods"),
        ("export", "rules.motcua", "card_fee"),
        ("import", "rules.motcua", "card_fee", "none.xlsx"),
    ],
)
def test_wrong_usage_is_told_apart(folder: Path, arguments: tuple[str, ...]) -> None:
    assert run(folder, *arguments).exit_code == 2


def test_rules_that_cannot_be_read_give_no_sheet(folder: Path) -> None:
    (folder / "rules.motcua").write_text(TEXT + "phí", encoding="utf-8")
    answer = run(folder, "export", "rules.motcua", "card_fee", "-o", "fees.xlsx")
    assert answer.exit_code == 1
    assert not (folder / "fees.xlsx").exists()
