"""`motcua rules` on files: what it prints, and 0, 1 or 2."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from rules_dsl.cli import rules
from tests.rules_dsl.world import CALENDAR, ROOT

SPEC = Path(__file__).parent / "spec"
FINDINGS = ROOT / "docs/formats/findings.schema.json"
EVALUATION = ROOT / "docs/formats/evaluation.schema.json"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(rules, [str(argument) for argument in arguments])


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "wrong.motcua").write_text(
        'language en\ncharge f "F"\n  cites "L"\n  pay 8.000 VND\n', encoding="utf-8"
    )
    (tmp_path / "unsound.motcua").write_text(
        'language en\ncharge f "F"\n  cites "L"\n  pay pagse\n', encoding="utf-8"
    )
    (tmp_path / "form.json").write_text(
        '{"properties": {"pages": {"type": "integer"}}, "required": ["pages"]}'
    )
    (tmp_path / "facts.json").write_text(
        json.dumps(
            {
                "answers": {
                    "child": {"born_on": "2026-01-05"},
                    "exempt": False,
                    "digital_citizen": False,
                    "copies": 2,
                },
                "dossier": {"received_at": "2026-03-09T09:00:00+07:00", "channel": "online"},
            }
        )
    )
    (tmp_path / "parameters.json").write_text(
        '{"late_fee": [{"value": {"amount": 8000, "currency": "VND"}, "cites": ["NQ 1"]}]}'
    )
    return tmp_path


def test_a_clean_file_is_clean() -> None:
    result = run("check", SPEC / "R13.motcua", "--form", SPEC / "R13.form.json")
    assert (result.exit_code, result.output) == (0, "")


def test_a_mistake_shows_its_line_with_a_caret(files: Path) -> None:
    result = run("check", files / "wrong.motcua")
    assert result.exit_code == 1
    told, line, caret = result.output.splitlines()
    assert told.startswith("wrong.motcua:4:7: error[rules.dots_in_number]: A number with a dot")
    assert told.endswith("; Write 8_000 for eight thousand, 8.0 for eight.")
    assert (line, caret) == ("      pay 8.000 VND", "          ^")


def test_findings_for_machines_have_the_documented_shape(files: Path) -> None:
    result = run("check", files / "unsound.motcua", "--form", files / "form.json", "--json")
    assert result.exit_code == 1
    found = json.loads(result.output)
    Draft202012Validator(json.loads(FINDINGS.read_text(encoding="utf-8"))).validate(found)
    assert [(one["code"], one["line"], one["column"], one["parameters"]["suggestion"]) for one in found] == [
        ("rules.unknown_name", 4, 7, "pages")
    ]


GAP = """language en
charge auction "Auction"
  cites "Circular 257/2016/TT-BTC, article 4"
  by contract.rent
    below 20 billion pay 270_000 VND
    above 20 billion pay 450_000 VND
"""


def test_a_proof_shows_the_case_that_no_line_speaks_of(tmp_path: Path) -> None:
    (tmp_path / "gap.motcua").write_text(GAP, encoding="utf-8")
    result = run("prove", tmp_path / "gap.motcua", "--form", SPEC / "R4.form.json", "--calendar", CALENDAR)
    assert result.exit_code == 1
    told, line, caret, case, counts = result.output.splitlines()
    assert told.startswith("gap.motcua:4:3: error[rules.proof.no_bracket]: auction: there is a value")
    assert "contract.rent = 20,000,000,000 VND" in told
    assert (line, caret) == ("      by contract.rent", "      ^")
    assert json.loads(case.partition(": ")[2])["facts"]["answers"] == {"contract": {"rent": 20_000_000_000}}
    assert counts == "proved: 7, refuted: 1, not_decided: 0"


def test_what_is_proved_is_clean() -> None:
    result = run("prove", SPEC / "R4.motcua", "--form", SPEC / "R4.form.json", "--calendar", CALENDAR)
    assert (result.exit_code, result.output) == (0, "proved: 12, refuted: 0, not_decided: 0\n")


def test_what_is_not_decided_is_not_clean() -> None:
    """Without a calendar nobody knows what sixty days come to."""
    result = run("prove", SPEC / "D11.motcua", "--form", SPEC / "D11.form.json")
    assert result.exit_code == 1
    assert "warning[rules.proof.not_decided]" in result.output


def test_what_the_checks_find_unsound_is_not_proved(files: Path) -> None:
    result = run("prove", files / "unsound.motcua", "--form", files / "form.json")
    assert result.exit_code == 1
    assert "error[rules.unknown_name]" in result.output
    assert result.output.endswith("proved: 0, refuted: 0, not_decided: 0\n")


def test_a_rule_needs_no_last_line_when_its_lines_leave_nothing_out(tmp_path: Path) -> None:
    """The checks ask for it at a glance; the prover knows better."""
    rule = """language en
choice size "Size"
  small when contract.rent < 1_000 VND
  large when contract.rent >= 1_000 VND
"""
    (tmp_path / "size.motcua").write_text(rule, encoding="utf-8")
    form = ("--form", SPEC / "R4.form.json")
    assert run("check", tmp_path / "size.motcua", *form).exit_code == 1
    assert run("prove", tmp_path / "size.motcua", *form, "--calendar", CALENDAR).exit_code == 0


def test_without_a_form_only_spelling_names_and_law_are_judged(files: Path) -> None:
    assert run("check", files / "unsound.motcua").exit_code == 0


def evaluation(files: Path, *more: str | Path) -> Result:
    return run(
        "evaluate",
        SPEC / "R13.motcua",
        "--form",
        SPEC / "R13.form.json",
        "--facts",
        files / "facts.json",
        *more,
    )


def test_rules_are_worked_out_with_reasons(files: Path) -> None:
    result = evaluation(
        files, "--calendar", CALENDAR, "--parameters", files / "parameters.json", "--language", "vi"
    )
    assert result.exit_code == 0
    assert result.output.splitlines() == [
        "registration: Lệ phí đăng ký khai sinh: 8.000 đồng (Luật Hộ tịch 2014, Điều 11).",
        "  Mức thu 8.000 đồng.",
        "  Lệ phí đăng ký khai sinh không đúng hạn: 8.000 đồng (NQ 1).",
        "copy_charge: Phí cấp bản sao trích lục hộ tịch: 16.000 đồng (Thông tư 281/2016/TT-BTC, Điều 4).",
        "  Mức thu 8.000 đồng.",
        "  Nhân 2 = 16.000 đồng (copies: 2).",
    ]


def test_evaluations_for_machines_have_the_documented_shape(files: Path) -> None:
    result = evaluation(files, "--json")
    assert result.exit_code == 0
    found = json.loads(result.output)
    documented = Draft202012Validator(json.loads(EVALUATION.read_text(encoding="utf-8")))
    for one in found:
        documented.validate(one)
    values: dict[str, Any] = {one["rule"]: one["value"] for one in found}
    assert values["registration"] == {
        "unknown": {"missing": ["calendar.2026"], "code": "rules.unknown_calendar"}
    }
    assert values["copy_charge"] == {"amount": 16000, "currency": "VND"}


IN_DOLLARS = """language en
rate usd "Tỷ giá" USD to VND on dossier.received_on cites "L"
charge f "Phí" cites "L" pay 10 USD at usd
example "e" given dossier.received_on = 2026-03-09 expect f = 261_050 VND
"""


def test_rates_of_exchange_are_read_from_a_file(files: Path) -> None:
    (files / "dollars.motcua").write_text(IN_DOLLARS, encoding="utf-8")
    (files / "rates.json").write_text(
        '{"usd": [{"on": "2026-03-09", "value": 26105, "version": 2}, {"on": "2026-03-09", "value": 1}]}'
    )
    known = ["--form", files / "form.json"]
    assert "rules.example_unknown" in run("check", files / "dollars.motcua", *known).output
    known += ["--rates", files / "rates.json"]
    assert run("check", files / "dollars.motcua", *known).output == ""
    result = run("evaluate", files / "dollars.motcua", *known, "--facts", files / "facts.json")
    assert result.output.splitlines()[:2] == [
        "f: Phí: 261,050 VND (L).",
        "  10 USD at Tỷ giá of 09/03/2026, 26,105: 261,050 VND.",
    ]


@pytest.mark.parametrize("value", ["0", "-1", '"NaN"', '"x"', "null"])
def test_a_rate_is_a_number_above_zero(files: Path, value: str) -> None:
    (files / "rates.json").write_text(f'{{"usd": [{{"on": "2026-03-09", "value": {value}}}]}}')
    result = run("check", SPEC / "D1.motcua", "--rates", files / "rates.json")
    assert result.exit_code == 2
    assert "rates.json" in result.output


def test_one_rule_can_be_asked_for_alone(files: Path) -> None:
    assert evaluation(files, "--rule", "copy_charge").output.startswith("copy_charge: ")
    assert evaluation(files, "--rule", "none").exit_code == 2


def test_facts_of_the_wrong_kind_are_told(files: Path) -> None:
    (files / "facts.json").write_text('{"answers": {"copies": "two"}, "dossier": {}}')
    result = evaluation(files)
    assert result.exit_code == 1
    assert result.output.startswith("copies: error[rules.wrong_fact]")
    assert json.loads(evaluation(files, "--json").output)[0]["where"] == "copies"


def test_rules_with_findings_are_not_evaluated(files: Path) -> None:
    result = run(
        "evaluate", files / "wrong.motcua", "--form", files / "form.json", "--facts", files / "facts.json"
    )
    assert result.exit_code == 1
    assert "rules.dots_in_number" in result.output


def test_format_translates_and_lays_out() -> None:
    result = run("format", SPEC / "R1.motcua", "--language", "vi")
    assert result.exit_code == 0
    assert result.output.splitlines()[:4] == [
        "ngôn_ngữ vi",
        "",
        'phí copy_charge "Phí chứng thực bản sao từ bản chính" tiếng_anh "Charge for certified copies"',
        '  căn_cứ "Thông tư 226/2016/TT-BTC, Điều 4"',
    ]
    assert (
        json.loads(run("format", SPEC / "R1.motcua", "--json").output)["text"]
        == run("format", SPEC / "R1.motcua").output
    )


@pytest.mark.parametrize("broken", ["{", "[]", '{"key": 1}', "\xff"])
def test_a_file_that_cannot_be_read_is_wrong_usage(files: Path, broken: str) -> None:
    (files / "calendar.json").write_bytes(broken.encode("latin-1"))
    result = run("check", SPEC / "D1.motcua", "--calendar", files / "calendar.json")
    assert result.exit_code == 2
    assert "calendar.json" in result.output


def test_a_file_that_is_not_there_is_wrong_usage() -> None:
    assert run("check", "nowhere.motcua").exit_code == 2
    assert run("prove").exit_code == 2
