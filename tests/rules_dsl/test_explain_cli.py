"""`motcua rules explain`: what a notice and a slip say, a term day by day."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from rules_dsl.cli import rules
from tests.rules_dsl.tables import SPEC
from tests.rules_dsl.world import CALENDAR

FACTS: dict[str, Any] = {
    "answers": {"verification": False},
    "dossier": {"received_at": "2026-09-04T15:30:00+07:00", "channel": "counter"},
    "ledger": [
        {"kind": "resumed", "at": "2026-09-10T10:00:00+07:00"},
        {"kind": "suspended", "at": "2026-09-08T10:00:00+07:00"},
    ],
}


def explained(folder: Path, facts: Any = FACTS, *more: str, table: str = "D6") -> Result:
    (folder / "facts.json").write_text(json.dumps(facts), encoding="utf-8")
    files = [str(SPEC / f"{table}.motcua"), "--form", str(SPEC / f"{table}.form.json")]
    return CliRunner().invoke(rules, ["explain", *files, "--facts", str(folder / "facts.json"), *more])


def test_a_term_is_told_day_by_day(tmp_path: Path) -> None:
    result = explained(tmp_path, FACTS, "--calendar", str(CALENDAR), "--language", "en")
    assert result.exit_code == 0
    assert result.output.splitlines() == [
        (
            "linked_birth: Đăng ký khai sinh, cư trú và cấp thẻ bảo hiểm y tế: 3 working days"
            " (Nghị định 301/2026/NĐ-CP)."
        ),
        "  This term applies.",
        "  Fri 04/09/2026: received, this day does not count",
        "  Sat 05/09/2026: not a working day",
        "  Sun 06/09/2026: not a working day",
        "  Mon 07/09/2026: received after the cut-off, counts as received on this day",
        "  Tue 08/09/2026: day 1 of 3",
        "  Tue 08/09/2026: supplement requested, clock stopped",
        "  Wed 09/09/2026: clock stopped, supplement awaited",
        "  Thu 10/09/2026: supplement received, the count goes on the day after",
        "  Fri 11/09/2026: day 2 of 3",
        "  Sat 12/09/2026: not a working day",
        "  Sun 13/09/2026: not a working day",
        "  Mon 14/09/2026: day 3 of 3",
        "  Due: 14/09/2026.",
    ]


def test_a_term_that_stands_still_is_told_until_then(tmp_path: Path) -> None:
    waiting = {**FACTS, "ledger": FACTS["ledger"][1:]}
    told = explained(tmp_path, waiting, "--calendar", str(CALENDAR)).output.splitlines()
    assert told[-3:] == [
        "  Thứ Ba 08/09/2026: ngày thứ 1 trong 3 ngày",
        "  Thứ Ba 08/09/2026: yêu cầu bổ sung hồ sơ, tạm dừng tính thời hạn",
        "  Thời hạn đang tạm dừng chờ bổ sung hồ sơ.",
    ]


def test_a_date_that_cannot_be_told_says_why(tmp_path: Path) -> None:
    no_calendar = explained(tmp_path)
    assert no_calendar.exit_code == 0
    assert no_calendar.output.splitlines()[-1] == "  Chưa nạp lịch làm việc năm 2026."
    not_received = explained(tmp_path, {"answers": {}, "dossier": {}}, table="D10")
    assert not_received.output.splitlines()[-1] == (
        "  Thời hạn chưa bắt đầu tính, còn chờ: Thời điểm tiếp nhận."
    )


def test_for_machines_each_day_comes_with_its_sentence(tmp_path: Path) -> None:
    (told,) = json.loads(explained(tmp_path, FACTS, "--calendar", str(CALENDAR), "--json").output)
    assert told["deadline"]["due_on"] == "2026-09-14"
    assert len(told["days"]) == len(told["deadline"]["days"]) + 1
    (waiting,) = json.loads(explained(tmp_path, FACTS, "--json").output)
    assert waiting["deadline"] == {
        "unknown": {"missing": ["calendar.2026"], "code": "rules.unknown_calendar"}
    }


def test_an_amount_is_told_with_its_law_and_without_days(tmp_path: Path) -> None:
    facts = {"answers": {"contract": {"value": 1_500_000_000}}, "dossier": {}}
    result = explained(tmp_path, facts, "--rule", "notarisation", "--language", "vi", table="R3")
    assert result.exit_code == 0
    assert result.output.startswith("notarisation: ")
    assert "1.300.000 đồng" in result.output
    assert "Thông tư 257/2016/TT-BTC" in result.output
    (told,) = json.loads(explained(tmp_path, facts, "--json", table="R3").output)
    assert "deadline" not in told


@pytest.mark.parametrize(
    "ledger",
    [
        {},
        [3],
        [{"kind": "paused", "at": "2026-09-08T10:00:00+07:00"}],
        [{"kind": "suspended", "at": "2026-09-08T10:00:00"}],
        [{"kind": "suspended", "at": "soon"}],
        [{"kind": "extended", "at": "2026-09-08T10:00:00+07:00", "amount": "2"}],
    ],
)
def test_a_ledger_that_cannot_be_read_is_wrong_usage(tmp_path: Path, ledger: Any) -> None:
    assert explained(tmp_path, {**FACTS, "ledger": ledger}).exit_code == 2


def test_an_unknown_rule_is_wrong_usage_and_facts_of_the_wrong_kind_are_told(tmp_path: Path) -> None:
    assert explained(tmp_path, FACTS, "--rule", "none").exit_code == 2
    wrong = explained(tmp_path, {"answers": {"verification": 3}, "dossier": {}})
    assert (wrong.exit_code, wrong.output[:35]) == (1, "verification: error[rules.wrong_fac")


def test_rules_with_findings_are_not_explained(tmp_path: Path) -> None:
    facts = {"answers": {"contract": {"price": 1}}, "dossier": {}}
    result = explained(tmp_path, facts, table="R4b")
    assert result.exit_code == 1
    assert "rules.bracket_gap" in result.output
